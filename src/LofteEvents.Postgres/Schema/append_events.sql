-- Appends a group of requests in one statement of the writer's transaction, which already holds the writer's lock: a refused
-- request refuses itself alone, the others go in whole. A part is one stream of one request; a stream may have several parts
-- only where each after the first expects no version, so that whether a part is refused never hangs on another part. Parts
-- and events come in the order of the group.
CREATE OR REPLACE FUNCTION lofte.append_events(
    IN  part_request      integer[],     -- which request of the group the part belongs to, from 1
    IN  part_stream       varchar[],
    IN  part_slot         integer[],     -- which distinct stream of the group, from 1
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
    OUT event_version     bigint[],      -- 0 for the events of refused requests
    OUT event_position    bigint[],      -- 0 for the events of refused requests
    OUT recorded_at       timestamptz,
    OUT last_recorded     timestamptz,   -- before this group
    OUT part_actual       bigint[],      -- each part's version before this group
    OUT taken_event       integer[],     -- events whose idempotency key was taken before, and by what
    OUT taken_fingerprint bytea[],
    OUT taken_stream      varchar[],
    OUT taken_version     bigint[],
    OUT taken_position    bigint[],
    OUT refused_given     timestamptz    -- the first imported time that lies in the future or before the last recorded one
)
LANGUAGE plpgsql
AS $function$
DECLARE
    refused    integer[] := '{}';
    conflicted integer[];
    any_new    boolean;
    any_old    boolean;
    part_base  bigint[];
    newest     bigint;
    has_keys   boolean := event_fingerprint IS NOT NULL;
    has_given  boolean := event_given IS NOT NULL;
BEGIN
    SELECT e.timestamp
    INTO last_recorded
    FROM lofte.mt_events AS e
    ORDER BY e.seq_id DESC
    LIMIT 1;
    recorded_at := greatest(clock_timestamp(), last_recorded);

    SELECT array_agg(coalesce(s.version, 0) ORDER BY p.ordinal),
           array_agg(DISTINCT p.request) FILTER (WHERE p.expected <> coalesce(s.version, 0)),
           bool_or(s.id IS NULL),
           bool_or(s.id IS NOT NULL)
    INTO part_actual, conflicted, any_new, any_old
    FROM unnest(part_request, part_stream, part_expected) WITH ORDINALITY AS p (request, stream, expected, ordinal)
    LEFT JOIN lofte.mt_streams AS s ON s.id = p.stream;
    refused := coalesce(conflicted, refused);

    IF has_keys THEN
        SELECT array_agg(e.ordinal ORDER BY e.ordinal),
               array_agg(k.fingerprint ORDER BY e.ordinal),
               array_agg(k.stream ORDER BY e.ordinal),
               array_agg(k.version ORDER BY e.ordinal),
               array_agg(k.position ORDER BY e.ordinal),
               refused || coalesce(array_agg(part_request[e.part]), '{}')
        INTO taken_event, taken_fingerprint, taken_stream, taken_version, taken_position, refused
        FROM unnest(event_part, event_id, event_fingerprint) WITH ORDINALITY AS e (part, id, fingerprint, ordinal)
        JOIN lofte.intake_key AS k ON k.id = e.id
        WHERE e.fingerprint IS NOT NULL;
    END IF;

    -- Only a request that is alone in its group carries times of its own, so one refused time refuses all there is.
    IF has_given THEN
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
    SELECT array_agg(b.base ORDER BY b.ordinal)
    INTO part_base
    FROM (
        SELECT p.ordinal,
               CASE WHEN p.request = ANY (refused) THEN NULL
                    ELSE p.actual + coalesce(
                        sum(p.events) FILTER (WHERE p.request <> ALL (refused))
                            OVER (PARTITION BY p.slot ORDER BY p.ordinal ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW),
                        0)
               END AS base
        FROM unnest(part_request, part_slot, part_actual, part_events) WITH ORDINALITY
            AS p (request, slot, actual, events, ordinal)
    ) AS b;

    SELECT array_agg(n.version), array_agg(n.position), max(n.position)
    INTO event_version, event_position, newest
    FROM (
        SELECT coalesce(part_base[e.part] + e.place, 0) AS version,
               CASE WHEN part_base[e.part] IS NULL THEN 0 ELSE nextval('lofte.mt_events_sequence') END AS position
        FROM unnest(event_part, event_offset) AS e (part, place)
    ) AS n;

    IF any_new THEN
        INSERT INTO lofte.mt_streams (id, version, timestamp, created)
        SELECT p.stream, max(p.base + p.events), recorded_at, recorded_at
        FROM unnest(part_stream, part_base, part_events, part_actual) AS p (stream, base, events, actual)
        WHERE p.base IS NOT NULL AND p.actual = 0
        GROUP BY p.stream;
    END IF;

    IF any_old THEN
        UPDATE lofte.mt_streams AS s
        SET version = p.version, timestamp = recorded_at
        FROM (
            SELECT stream, max(base + events) AS version
            FROM unnest(part_stream, part_base, part_events, part_actual) AS p (stream, base, events, actual)
            WHERE p.base IS NOT NULL AND p.actual > 0
            GROUP BY p.stream
        ) AS p
        WHERE s.id = p.stream;
    END IF;

    INSERT INTO lofte.mt_events
        (seq_id, id, stream_id, version, data, type, timestamp, correlation_id, causation_id, headers)
    SELECT e.position, e.id, part_stream[e.part], e.version, e.data, e.type, coalesce(e.given, recorded_at),
           e.correlation, e.causation, e.headers
    FROM unnest(
        event_position, event_id, event_part, event_version, event_data, event_type, event_given,
        event_correlation, event_causation, event_headers)
        AS e (position, id, part, version, data, type, given, correlation, causation, headers)
    WHERE e.position > 0;

    IF has_keys THEN
        INSERT INTO lofte.intake_key (id, fingerprint, stream, version, position)
        SELECT e.id, e.fingerprint, part_stream[e.part], e.version, e.position
        FROM unnest(event_id, event_fingerprint, event_part, event_version, event_position)
            AS e (id, fingerprint, part, version, position)
        WHERE e.fingerprint IS NOT NULL AND e.position > 0;
    END IF;

    IF newest > 0 THEN
        PERFORM pg_notify('lofte_events', newest::text);
    END IF;
END
$function$;

GRANT EXECUTE ON FUNCTION lofte.append_events TO lofte_app;
