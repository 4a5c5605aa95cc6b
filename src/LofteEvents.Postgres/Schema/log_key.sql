-- The lines of the keys that checkpoints were signed with: public halves only, for whoever asks. An auditor keeps his own copy.
CREATE TABLE IF NOT EXISTS lofte.log_key (
    key   varchar     NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pkey_log_key PRIMARY KEY (key)
);

GRANT SELECT, INSERT ON lofte.log_key TO lofte_app;
GRANT SELECT ON lofte.log_key TO lofte_auditor;
