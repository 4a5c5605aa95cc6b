-- Appends a group of requests in one statement of the writer's transaction, which already holds the writer's lock: a refused
-- request refuses itself alone, the others go in whole. A part is one stream of one request. A stream may have several parts
-- only where each after the first expects no version, so that whether a part is refused never hangs on another part. Parts and
-- events come in the order of the group.
CREATE OR REPLACE FUNCTION lofte.append_events(
    IN  part_request      integer[],     -- which request of the group the part belongs to, from 1
    IN  part_stream       varchar[],
    IN  part_slot         integer[],     -- which distinct stream of the group; null where every part has a stream of its own
    IN  part_expected     bigint[],      -- the version the decision was made on, or null for any
    IN  part_events       integer[],     -- how many events it has
    IN  event_part        integer[],     -- which part the event belongs to, from 1
    IN  event_offset      integer[],     -- its place in the part, from 1
    IN  event_id          uuid[],
    IN  event_type        varchar[],
    IN  event_data        jsonb[],
    IN  event_headers     jsonb[],
    IN  event_correlation varchar[],
    IN  event_causation   varchar[],
    IN  event_fingerprint bytea[],       -- null where the id is no idempotency key; the array is null where none is
    IN  event_given       timestamptz[], -- recorded time of imported history; the array is null where no event has one
    OUT part_actual       bigint[],      -- each part's version before this group
    OUT part_base         bigint[],      -- the version that its events follow, or -1 where its request is refused
    OUT positions         bigint[],      -- of the accepted events, in order; null where there are none
    OUT recorded_at       timestamptz,
    OUT last_recorded     timestamptz,   -- before this group
    OUT taken_event       integer[],     -- events whose idempotency key was taken before, from 1, and by what
    OUT taken_fingerprint bytea[],
    OUT taken_stream      varchar[],
    OUT taken_version     bigint[],
    OUT taken_position    bigint[],
    OUT refused_given     timestamptz    -- the first imported time that lies in the future or before the last recorded one
)
LANGUAGE plpgsql
AS $function$
DECLARE
    refused         integer[];
    written_stream  varchar[] := part_stream;
    written_before  bigint[];
    written_version bigint[];
BEGIN
    -- The subselect keeps the order of the parts, and its lookup goes by index whatever the planner thinks of joins.
    SELECT array_agg(p.actual),
           array_agg(p.actual + p.events),
           array_agg(p.request) FILTER (WHERE p.expected <> p.actual),
           (SELECT e.timestamp FROM lofte.mt_events AS e ORDER BY e.seq_id DESC LIMIT 1)
    INTO part_actual, written_version, refused, last_recorded
    FROM (
        SELECT u.request, u.expected, u.events,
               coalesce((SELECT s.version FROM lofte.mt_streams AS s WHERE s.id = u.stream), 0) AS actual
        FROM unnest(part_request, part_stream, part_expected, part_events) AS u (request, stream, expected, events)
        OFFSET 0
    ) AS p;
    recorded_at := greatest(clock_timestamp(), last_recorded);
    part_base := part_actual;
    written_before := part_actual;

    IF event_fingerprint IS NOT NULL THEN
        SELECT array_agg(e.ordinal ORDER BY e.ordinal),
               array_agg(k.fingerprint ORDER BY e.ordinal),
               array_agg(k.stream ORDER BY e.ordinal),
               array_agg(k.version ORDER BY e.ordinal),
               array_agg(k.position ORDER BY e.ordinal),
               refused || array_agg(part_request[e.part])
        INTO taken_event, taken_fingerprint, taken_stream, taken_version, taken_position, refused
        FROM unnest(event_part, event_id, event_fingerprint) WITH ORDINALITY AS e (part, id, fingerprint, ordinal)
        JOIN lofte.intake_key AS k ON k.id = e.id
        WHERE e.fingerprint IS NOT NULL;
    END IF;

    -- Only a request that is alone in its group carries times of its own, so one refused time refuses all there is.
    IF event_given IS NOT NULL THEN
        SELECT g.given
        INTO refused_given
        FROM (
            SELECT e.given, e.ordinal,
                   max(coalesce(e.given, recorded_at))
                       OVER (ORDER BY e.ordinal ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW) AS before
            FROM unnest(event_given) WITH ORDINALITY AS e (given, ordinal)
        ) AS g
        WHERE g.given > clock_timestamp() OR g.given < last_recorded OR g.given < g.before
        ORDER BY g.ordinal
        LIMIT 1;
        IF refused_given IS NOT NULL THEN
            refused := part_request;
        END IF;
    END IF;

    -- A part's events follow its stream's version and those of the stream's accepted parts before it.
    IF refused IS NOT NULL OR part_slot IS NOT NULL THEN
        refused := coalesce(refused, '{}');
        SELECT array_agg(b.base ORDER BY b.ordinal)
        INTO part_base
        FROM (
            SELECT p.ordinal,
                   CASE WHEN p.request = ANY (refused) THEN -1
                        ELSE p.actual + coalesce(
                            sum(p.events) FILTER (WHERE p.request <> ALL (refused))
                                OVER (
                                    PARTITION BY coalesce(p.slot, p.ordinal)
                                    ORDER BY p.ordinal ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW),
                            0)
                   END AS base
            FROM unnest(part_request, part_slot, part_actual, part_events) WITH ORDINALITY
                AS p (request, slot, actual, events, ordinal)
        ) AS b;

        SELECT array_agg(w.stream), array_agg(w.before), array_agg(w.version)
        INTO written_stream, written_before, written_version
        FROM (
            SELECT p.stream, min(p.actual) AS before, max(p.base + p.events) AS version
            FROM unnest(part_stream, part_actual, part_base, part_events) AS p (stream, actual, base, events)
            WHERE p.base >= 0
            GROUP BY p.stream
        ) AS w;
        IF written_stream IS NULL THEN
            RETURN;
        END IF;
    END IF;

    -- Rows come out of unnest in the order of the group and are numbered as they come.
    WITH numbered AS MATERIALIZED (
        SELECT nextval('lofte.mt_events_sequence') AS position, part_stream[e.part] AS stream,
               part_base[e.part] + e.place AS version, coalesce(e.given, recorded_at) AS recorded,
               e.id, e.type, e.data, e.headers, e.correlation, e.causation, e.fingerprint
        FROM unnest(
            event_part, event_offset, event_given, event_id, event_type, event_data, event_headers, event_correlation,
            event_causation, event_fingerprint)
            AS e (part, place, given, id, type, data, headers, correlation, causation, fingerprint)
        WHERE part_base[e.part] >= 0
    ),
    new_stream AS (
        INSERT INTO lofte.mt_streams (id, version, timestamp, created)
        SELECT w.stream, w.version, recorded_at, recorded_at
        FROM unnest(written_stream, written_before, written_version) AS w (stream, before, version)
        WHERE w.before = 0
    ),
    known_stream AS (
        UPDATE lofte.mt_streams AS s
        SET version = w.version, timestamp = recorded_at
        FROM unnest(written_stream, written_before, written_version) AS w (stream, before, version)
        WHERE s.id = w.stream AND w.before > 0
    ),
    event AS (
        INSERT INTO lofte.mt_events
            (seq_id, id, stream_id, version, data, type, timestamp, correlation_id, causation_id, headers)
        SELECT n.position, n.id, n.stream, n.version, n.data, n.type, n.recorded, n.correlation, n.causation, n.headers
        FROM numbered AS n
    ),
    key AS (
        INSERT INTO lofte.intake_key (id, fingerprint, stream, version, position)
        SELECT n.id, n.fingerprint, n.stream, n.version, n.position
        FROM numbered AS n
        WHERE n.fingerprint IS NOT NULL
    )
    SELECT array_agg(n.position), pg_notify('lofte_events', max(n.position)::text)
    INTO positions
    FROM numbered AS n;
END
$function$;

GRANT EXECUTE ON FUNCTION lofte.append_events TO lofte_app;
