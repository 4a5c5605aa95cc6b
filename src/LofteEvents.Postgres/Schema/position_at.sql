-- Position of the newest event recorded at or before a time, 0 when there is none. Recorded times never fall as positions
-- rise, so the place is found by halving over the primary key: no index of ours may lie on a table of Marten's.
CREATE OR REPLACE FUNCTION lofte.position_at(recorded_at timestamptz)
RETURNS bigint
LANGUAGE plpgsql
STABLE
AS $function$
DECLARE
    low      bigint := 0;
    high     bigint;
    probe    bigint;
    recorded timestamptz;
BEGIN
    SELECT seq_id INTO high FROM lofte.mt_events ORDER BY seq_id DESC LIMIT 1;
    IF high IS NULL THEN
        RETURN 0;
    END IF;
    -- Every event at or below low is recorded at or before the time, every event above high after it.
    WHILE low < high LOOP
        SELECT seq_id, timestamp INTO probe, recorded
        FROM lofte.mt_events
        WHERE seq_id > low + (high - low) / 2
        ORDER BY seq_id
        LIMIT 1;
        IF probe IS NULL OR probe > high OR recorded > recorded_at THEN
            high := low + (high - low) / 2;
        ELSE
            low := probe;
        END IF;
    END LOOP;
    RETURN coalesce((SELECT seq_id FROM lofte.mt_events WHERE seq_id <= low ORDER BY seq_id DESC LIMIT 1), 0);
END
$function$;

GRANT EXECUTE ON FUNCTION lofte.position_at(timestamptz) TO lofte_app, lofte_auditor;
