-- Takes the first piece of work of up to so many lanes, for so long. Only the first that is not done can be taken, so a lane's
-- work is done one after the other, by whichever worker. The walk over the lanes begins behind the one that is given, so that
-- each has its turn, and goes by index from lane to lane, at most 10 000 of them.
CREATE OR REPLACE FUNCTION lofte.work_lease(worker uuid, wanted integer, lease interval, behind_lane varchar)
RETURNS SETOF lofte.work
LANGUAGE plpgsql
AS $function$
DECLARE
    now_at     timestamptz := clock_timestamp();
    start_lane varchar := behind_lane;
    end_lane   varchar := NULL;
    heads      bigint[] := '{}';
BEGIN
    UPDATE lofte.work AS w
    SET state = 'pending',
        changed_at = now_at
    WHERE w.id IN (
        SELECT s.id
        FROM lofte.work AS s
        WHERE s.state = 'scheduled' AND s.due_at <= now_at
        ORDER BY s.due_at
        LIMIT 1000
        FOR UPDATE SKIP LOCKED);

    LOOP
        heads := heads || ARRAY(
            WITH RECURSIVE head AS (
                (
                    SELECT w.lane, w.id, w.due_at, 1 AS walked
                    FROM lofte.work AS w
                    WHERE w.state IN ('pending', 'leased') AND w.lane > start_lane
                    ORDER BY w.lane, w.id
                    LIMIT 1
                )
                UNION ALL
                SELECT following.lane, following.id, following.due_at, head.walked + 1
                FROM head
                CROSS JOIN LATERAL (
                    SELECT w.lane, w.id, w.due_at
                    FROM lofte.work AS w
                    WHERE w.state IN ('pending', 'leased') AND w.lane > head.lane
                    ORDER BY w.lane, w.id
                    LIMIT 1
                ) AS following
                WHERE head.walked < 10000 AND (end_lane IS NULL OR following.lane <= end_lane)
            )
            SELECT head.id
            FROM head
            WHERE head.due_at <= now_at AND (end_lane IS NULL OR head.lane <= end_lane)
            LIMIT wanted - cardinality(heads));
        EXIT WHEN start_lane = '' OR cardinality(heads) >= wanted;
        end_lane := start_lane;
        start_lane := '';
    END LOOP;

    -- Another worker may have taken one meanwhile, or done it: the row is looked at again when it is locked.
    RETURN QUERY
    UPDATE lofte.work AS w
    SET state = 'leased',
        attempts = w.attempts + 1,
        leased_by = worker,
        due_at = now_at + lease,
        changed_at = now_at
    WHERE w.id IN (
        SELECT h.id
        FROM lofte.work AS h
        WHERE h.id = ANY (heads) AND h.state IN ('pending', 'leased') AND h.due_at <= now_at
        FOR UPDATE SKIP LOCKED)
    RETURNING w.*;
END
$function$;

GRANT EXECUTE ON FUNCTION lofte.work_lease(uuid, integer, interval, varchar) TO lofte_app;
