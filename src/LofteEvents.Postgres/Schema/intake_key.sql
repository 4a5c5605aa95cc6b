-- Idempotency keys: the id of an event that came from outside, taken in the commit that stored it, with a digest of what was
-- said.
CREATE TABLE IF NOT EXISTS lofte.intake_key (
    id          uuid    NOT NULL,
    fingerprint bytea   NOT NULL,
    stream      varchar NOT NULL,
    version     bigint  NOT NULL,
    position    bigint  NOT NULL,
    CONSTRAINT intake_key_pkey PRIMARY KEY (id),
    CONSTRAINT intake_key_fingerprint_is_sha256 CHECK (octet_length(fingerprint) = 32)
);

GRANT SELECT, INSERT ON lofte.intake_key TO lofte_app;
GRANT SELECT ON lofte.intake_key TO lofte_auditor;
