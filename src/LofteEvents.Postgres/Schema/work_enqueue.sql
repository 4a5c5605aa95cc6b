-- Puts work in line, in the caller's transaction: what is written with it is committed with it or not at all. Work whose key is
-- known is passed over, whatever became of it.
CREATE OR REPLACE FUNCTION lofte.work_enqueue(
    work_key        varchar[],
    work_kind       varchar[],
    work_lane       varchar[],
    work_data       jsonb[],
    work_position   bigint[],
    work_not_before timestamptz[] -- null to begin at once
)
RETURNS bigint -- how much was new
LANGUAGE plpgsql
AS $function$
DECLARE
    now_at timestamptz := clock_timestamp();
    added  bigint;
BEGIN
    INSERT INTO lofte.work (key, kind, lane, data, position, state, due_at)
    SELECT w.key, w.kind, w.lane, w.data, w.position,
           CASE WHEN w.not_before > now_at THEN 'scheduled' ELSE 'pending' END,
           coalesce(w.not_before, now_at)
    FROM unnest(work_key, work_kind, work_lane, work_data, work_position, work_not_before)
        WITH ORDINALITY AS w (key, kind, lane, data, position, not_before, ordinal)
    ORDER BY w.ordinal
    ON CONFLICT (key) DO NOTHING;
    GET DIAGNOSTICS added = ROW_COUNT;
    IF added > 0 THEN
        PERFORM pg_notify('lofte_work', '');
    END IF;
    RETURN added;
END
$function$;

GRANT EXECUTE ON FUNCTION lofte.work_enqueue(varchar[], varchar[], varchar[], jsonb[], bigint[], timestamptz[]) TO lofte_app;
