-- What an event's sealed part was, for recognising a repeat: HMAC-SHA256 under the person's key, gone with it.
CREATE TABLE IF NOT EXISTS lofte.sealed_mac (
    event_id uuid  NOT NULL,
    key_id   uuid  NOT NULL,
    mac      bytea NOT NULL,
    CONSTRAINT pkey_sealed_mac PRIMARY KEY (event_id),
    CONSTRAINT fkey_sealed_mac_key_id FOREIGN KEY (key_id) REFERENCES lofte.subject_key (key_id) ON DELETE CASCADE,
    CONSTRAINT sealed_mac_is_sha256 CHECK (octet_length(mac) = 32)
);

CREATE INDEX IF NOT EXISTS idx_sealed_mac_key_id ON lofte.sealed_mac USING btree (key_id);

GRANT SELECT, INSERT ON lofte.sealed_mac TO lofte_app;
