-- Stores, in the writer's transaction, what comes with an event beside its payload: the person's new key, the sealed part and
-- its fingerprint. Bytes are base64 in the JSON; none of it is clear text.
CREATE OR REPLACE FUNCTION lofte.store_sealed(
    event_sealed   jsonb,
    event_id       uuid,
    event_position bigint
)
RETURNS void
LANGUAGE plpgsql
AS $function$
BEGIN
    IF event_sealed ? 'wrapped' THEN
        INSERT INTO lofte.subject_key (key_id, person, epoch, wrapped)
        VALUES
            ((event_sealed ->> 'keyId')::uuid, (event_sealed ->> 'person')::uuid, (event_sealed ->> 'epoch')::integer,
             decode(event_sealed ->> 'wrapped', 'base64'));
    END IF;

    IF event_sealed ? 'ciphertext' THEN
        INSERT INTO lofte.sealed_part (position, path, event_id, key_id, origin, ciphertext)
        VALUES
            (event_position, event_sealed ->> 'path', event_id, (event_sealed ->> 'keyId')::uuid, event_sealed ->> 'origin',
             decode(event_sealed ->> 'ciphertext', 'base64'));
        INSERT INTO lofte.sealed_mac (event_id, key_id, mac)
        VALUES (event_id, (event_sealed ->> 'keyId')::uuid, decode(event_sealed ->> 'fingerprint', 'base64'));
    END IF;
END
$function$;

GRANT EXECUTE ON FUNCTION lofte.store_sealed TO lofte_app;
