-- Appends requests one after the other: each is judged by what is stored when its turn comes, what those before it have just
-- written included. A refused request refuses itself alone, the others go in whole. See append_at_once for the order of the
-- arrays and for why the lock stands in here.
CREATE OR REPLACE FUNCTION lofte.append_in_turn(
    IN  writer_lock       bigint,
    IN  request_parts     integer[],     -- how many parts each request has
    IN  part_stream       varchar[],
    IN  part_expected     bigint[],      -- the version that the decision was made on, or null for any
    IN  part_events       integer[],     -- how many events each part has
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
    IN  event_sealed      jsonb[],       -- what store_sealed takes with the event; the array is null where there is none
    OUT recorded_at       timestamptz,   -- of every event that brings no time
    OUT part_base         bigint[],      -- the version that each part's events follow; -1 where its request is refused
    OUT event_position    bigint[],      -- 0 where its request is refused
    OUT conflict_part     integer[],     -- parts, from 1, whose stream was at another version than expected
    OUT conflict_actual   bigint[],      -- and at which
    OUT taken_event       integer[],     -- events, from 1, whose idempotency key was taken before, and by what
    OUT taken_fingerprint bytea[],
    OUT taken_stream      varchar[],
    OUT taken_version     bigint[],
    OUT taken_position    bigint[],
    OUT refused_event     integer[],     -- events, from 1, whose time lies in the future or before the last recorded one
    OUT refused_last      timestamptz[]  -- and that last one
)
LANGUAGE plpgsql
AS $function$
DECLARE
    last_recorded timestamptz;
    recorded      timestamptz;
    newest        bigint;
    actual        bigint;
    taken         lofte.intake_key;
    is_refused    boolean;
    first_part    integer := 1;
    last_part     integer := 0;
    first_event   integer := 1;
    last_event    integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(writer_lock);
    SELECT e.timestamp INTO last_recorded FROM lofte.mt_events AS e ORDER BY e.seq_id DESC LIMIT 1;
    recorded_at := greatest(clock_timestamp(), last_recorded);

    FOR request IN 1 .. cardinality(request_parts) LOOP
        last_part := last_part + request_parts[request];
        FOR part IN first_part .. last_part LOOP
            last_event := last_event + part_events[part];
            part_base[part] := -1;
        END LOOP;
        is_refused := false;

        -- A taken key goes before all else, so that a repeat is told from a conflict.
        FOR event IN first_event .. last_event LOOP
            event_position[event] := 0;
            CONTINUE WHEN event_fingerprint[event] IS NULL;
            SELECT k.* INTO taken FROM lofte.intake_key AS k WHERE k.id = event_id[event];
            CONTINUE WHEN taken.id IS NULL;
            is_refused := true;
            taken_event := taken_event || event;
            taken_fingerprint := taken_fingerprint || taken.fingerprint;
            taken_stream := taken_stream || taken.stream;
            taken_version := taken_version || taken.version;
            taken_position := taken_position || taken.position;
        END LOOP;

        FOR part IN first_part .. last_part LOOP
            EXIT WHEN is_refused;
            CONTINUE WHEN part_expected[part] IS NULL;
            SELECT s.version INTO actual FROM lofte.mt_streams AS s WHERE s.id = part_stream[part];
            IF part_expected[part] <> coalesce(actual, 0) THEN
                is_refused := true;
                conflict_part := conflict_part || part;
                conflict_actual := conflict_actual || coalesce(actual, 0);
            END IF;
        END LOOP;

        IF event_given IS NOT NULL THEN
            recorded := last_recorded;
            FOR event IN first_event .. last_event LOOP
                EXIT WHEN is_refused;
                IF event_given[event] > clock_timestamp() OR event_given[event] < recorded THEN
                    is_refused := true;
                    refused_event := refused_event || event;
                    refused_last := refused_last || recorded;
                END IF;
                recorded := coalesce(event_given[event], recorded_at);
            END LOOP;
        END IF;

        FOR part IN first_part .. last_part LOOP
            EXIT WHEN is_refused;
            actual := part_expected[part];
            IF actual IS NULL THEN
                SELECT s.version INTO actual FROM lofte.mt_streams AS s WHERE s.id = part_stream[part];
            END IF;
            IF coalesce(actual, 0) = 0 THEN
                INSERT INTO lofte.mt_streams (id, version, timestamp, created)
                VALUES (part_stream[part], part_events[part], recorded_at, recorded_at);
            ELSIF part_events[part] > 0 THEN
                UPDATE lofte.mt_streams
                SET version = actual + part_events[part], timestamp = recorded_at
                WHERE id = part_stream[part];
            END IF;
            part_base[part] := coalesce(actual, 0);
        END LOOP;

        FOR event IN first_event .. last_event LOOP
            EXIT WHEN is_refused;
            last_recorded := coalesce(event_given[event], recorded_at);
            INSERT INTO lofte.mt_events
                (seq_id, id, stream_id, version, data, type, timestamp, correlation_id, causation_id, headers)
            VALUES
                (nextval('lofte.mt_events_sequence'), event_id[event], part_stream[event_part[event]],
                 part_base[event_part[event]] + event_offset[event], event_data[event], event_type[event], last_recorded,
                 event_correlation[event], event_causation[event], event_headers[event])
            RETURNING seq_id INTO newest;
            event_position[event] := newest;
            IF event_fingerprint[event] IS NOT NULL THEN
                INSERT INTO lofte.intake_key (id, fingerprint, stream, version, position)
                VALUES
                    (event_id[event], event_fingerprint[event], part_stream[event_part[event]],
                     part_base[event_part[event]] + event_offset[event], newest);
            END IF;
            IF event_sealed[event] IS NOT NULL THEN
                PERFORM lofte.store_sealed(event_sealed[event], event_id[event], newest);
            END IF;
        END LOOP;

        first_part := last_part + 1;
        first_event := last_event + 1;
    END LOOP;

    IF newest IS NOT NULL THEN
        PERFORM pg_notify('lofte_events', newest::text);
    END IF;
END
$function$;

GRANT EXECUTE ON FUNCTION lofte.append_in_turn TO lofte_app;
