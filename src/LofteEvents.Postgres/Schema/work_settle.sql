-- Writes what became of leased work. A lease that ran out and was taken by another changes nothing here: the attempt's number
-- tells the two apart.
CREATE OR REPLACE FUNCTION lofte.work_settle(
    worker       uuid,
    work_id      bigint[],
    work_attempt integer[],
    outcome      varchar[],  -- done, dead, pending, or given-back: pending, and the attempt does not count
    delay        interval[], -- until it may be taken again
    work_reason  varchar[]
)
RETURNS bigint -- how much of it was still this worker's
LANGUAGE plpgsql
AS $function$
DECLARE
    now_at  timestamptz := clock_timestamp();
    settled bigint;
BEGIN
    UPDATE lofte.work AS w
    SET state = CASE s.outcome WHEN 'given-back' THEN 'pending' ELSE s.outcome END,
        attempts = CASE s.outcome WHEN 'given-back' THEN w.attempts - 1 ELSE w.attempts END,
        reason = s.reason,
        leased_by = NULL,
        due_at = now_at + s.delay,
        changed_at = now_at
    FROM unnest(work_id, work_attempt, outcome, delay, work_reason) AS s (id, attempt, outcome, delay, reason)
    WHERE w.id = s.id
      AND w.attempts = s.attempt
      AND w.leased_by = worker
      AND w.state = 'leased';
    GET DIAGNOSTICS settled = ROW_COUNT;
    RETURN settled;
END
$function$;

GRANT EXECUTE ON FUNCTION lofte.work_settle(uuid, bigint[], integer[], varchar[], interval[], varchar[]) TO lofte_app;
