-- Puts dead work in line again with its attempts counted anew, when exactly as much of it matches as the caller has said.
CREATE OR REPLACE FUNCTION lofte.work_replay(
    work_ids   bigint[], -- null for any
    of_kind    varchar,  -- null for any
    of_lane    varchar,  -- null for any
    containing varchar,  -- in its reason or key; null for any
    expected   bigint
)
RETURNS bigint -- how much matches; other than expected, nothing is changed
LANGUAGE plpgsql
AS $function$
DECLARE
    now_at   timestamptz := clock_timestamp();
    matching bigint[];
BEGIN
    matching := ARRAY(
        SELECT w.id
        FROM lofte.work AS w
        WHERE w.state = 'dead'
          AND (work_ids IS NULL OR w.id = ANY (work_ids))
          AND (of_kind IS NULL OR w.kind = of_kind)
          AND (of_lane IS NULL OR w.lane = of_lane)
          AND (containing IS NULL OR position(lower(containing) IN lower(coalesce(w.reason, '') || ' ' || w.key)) > 0)
        ORDER BY w.id
        FOR UPDATE);
    IF cardinality(matching) = expected AND expected > 0 THEN
        UPDATE lofte.work AS w
        SET state = 'pending',
            attempts = 0,
            due_at = now_at,
            changed_at = now_at
        WHERE w.id = ANY (matching);
        PERFORM pg_notify('lofte_work', '');
    END IF;
    RETURN cardinality(matching);
END
$function$;

GRANT EXECUTE ON FUNCTION lofte.work_replay(bigint[], varchar, varchar, varchar, bigint) TO lofte_app;
