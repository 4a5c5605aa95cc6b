-- Personal data taken out of events at intake, encrypted under its person's key: written in the commit that stores the event,
-- never changed or removed. Forgetting destroys the key; the ciphertext stays, so that every digest of the log can still be
-- recomputed.
CREATE TABLE IF NOT EXISTS lofte.sealed_part (
    position   bigint  NOT NULL,
    path       varchar NOT NULL,
    event_id   uuid    NOT NULL,
    key_id     uuid    NOT NULL,
    origin     varchar NOT NULL, -- of the log at the time: part of what the ciphertext is bound to
    ciphertext bytea   NOT NULL, -- nonce (12 bytes), ciphertext, tag (16 bytes)
    CONSTRAINT pkey_sealed_part PRIMARY KEY (position, path),
    CONSTRAINT sealed_part_has_nonce_and_tag CHECK (octet_length(ciphertext) > 28)
);

CREATE UNIQUE INDEX IF NOT EXISTS idx_sealed_part_event_id_path ON lofte.sealed_part USING btree (event_id, path);
CREATE INDEX IF NOT EXISTS idx_sealed_part_key_id ON lofte.sealed_part USING btree (key_id, position);

GRANT SELECT, INSERT ON lofte.sealed_part TO lofte_app;
GRANT SELECT ON lofte.sealed_part TO lofte_auditor;
