-- Appends a group of requests of which none is refused, in statements over the whole group; answers nulls, and has done nothing,
-- where one must be refused: then append_in_turn sorts them out. A request has parts, one for each stream that it appends to;
-- parts and events come in the order of the group. No stream and no idempotency key may stand in it twice.
--
-- The lock is a statement of its own: every statement of a volatile function has a snapshot of its own under READ COMMITTED, so
-- what is read behind the lock is what its last holder committed. That it stands in here, and not before the call, lets the
-- next group's arguments be received and parsed while this one is committed.
CREATE OR REPLACE FUNCTION lofte.append_at_once(
    IN  writer_lock       bigint,
    IN  part_stream       varchar[],
    IN  part_expected     bigint[],    -- the version that the decision was made on, or null for any
    IN  part_events       integer[],   -- how many events each part has
    IN  event_part        integer[],   -- which part the event belongs to, from 1
    IN  event_offset      integer[],   -- its place in the part, from 1
    IN  event_id          uuid[],
    IN  event_type        varchar[],
    IN  event_data        jsonb[],
    IN  event_headers     jsonb[],
    IN  event_correlation varchar[],
    IN  event_causation   varchar[],
    IN  event_fingerprint bytea[],     -- null where the id is no idempotency key; the array is null where none is
    OUT recorded_at       timestamptz,
    OUT part_base         bigint[],    -- the version that each part's events follow
    OUT event_position    bigint[],
    OUT worked            interval,    -- from the lock to the end
    OUT elapsed           interval     -- from the statement's arrival to the end
)
LANGUAGE plpgsql
AS $function$
DECLARE
    locked_at    timestamptz;
    has_conflict boolean;
    newest       bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(writer_lock);
    locked_at := clock_timestamp();

    -- The subselect keeps the order of the parts.
    SELECT array_agg(p.actual),
           bool_or(part_expected[p.part] <> p.actual),
           greatest(locked_at, (SELECT e.timestamp FROM lofte.mt_events AS e ORDER BY e.seq_id DESC LIMIT 1))
    INTO part_base, has_conflict, recorded_at
    FROM (
        SELECT u.part,
               coalesce((SELECT s.version FROM lofte.mt_streams AS s WHERE s.id = part_stream[u.part]), 0) AS actual
        FROM generate_subscripts(part_stream, 1) AS u (part)
        OFFSET 0
    ) AS p;
    IF has_conflict OR (
        event_fingerprint IS NOT NULL
        AND EXISTS (SELECT FROM unnest(event_id) AS e (id) JOIN lofte.intake_key AS k ON k.id = e.id))
    THEN
        recorded_at := NULL;
        RETURN;
    END IF;

    IF 0 = ANY (part_base) THEN
        INSERT INTO lofte.mt_streams (id, version, timestamp, created)
        SELECT part_stream[p.part], part_events[p.part], recorded_at, recorded_at
        FROM generate_subscripts(part_stream, 1) AS p (part)
        WHERE part_base[p.part] = 0;
    END IF;
    IF 0 < ANY (part_base) THEN
        UPDATE lofte.mt_streams AS s
        SET version = part_base[p.part] + part_events[p.part], timestamp = recorded_at
        FROM generate_subscripts(part_stream, 1) AS p (part)
        WHERE part_base[p.part] > 0 AND s.id = part_stream[p.part];
    END IF;

    -- Subscripts come in the order of the group, and the events are numbered as they come.
    WITH event AS (
        INSERT INTO lofte.mt_events
            (seq_id, id, stream_id, version, data, type, timestamp, correlation_id, causation_id, headers)
        SELECT nextval('lofte.mt_events_sequence'), event_id[e.i], part_stream[event_part[e.i]],
               part_base[event_part[e.i]] + event_offset[e.i], event_data[e.i], event_type[e.i], recorded_at,
               event_correlation[e.i], event_causation[e.i], event_headers[e.i]
        FROM generate_subscripts(event_id, 1) AS e (i)
        RETURNING seq_id
    )
    SELECT array_agg(e.seq_id), max(e.seq_id) INTO event_position, newest FROM event AS e;

    IF event_fingerprint IS NOT NULL THEN
        INSERT INTO lofte.intake_key (id, fingerprint, stream, version, position)
        SELECT event_id[e.i], event_fingerprint[e.i], part_stream[event_part[e.i]],
               part_base[event_part[e.i]] + event_offset[e.i], event_position[e.i]
        FROM generate_subscripts(event_id, 1) AS e (i)
        WHERE event_fingerprint[e.i] IS NOT NULL;
    END IF;

    PERFORM pg_notify('lofte_events', newest::text);
    worked := clock_timestamp() - locked_at;
    elapsed := clock_timestamp() - statement_timestamp();
END
$function$;

GRANT EXECUTE ON FUNCTION lofte.append_at_once TO lofte_app;
