-- Every checkpoint that was published, as a signed note. Witnesses' cosignatures are added to the note as they come.
CREATE TABLE IF NOT EXISTS lofte.log_checkpoint (
    incarnation integer     NOT NULL,
    size        bigint      NOT NULL,
    note        bytea       NOT NULL,
    sealed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pkey_log_checkpoint PRIMARY KEY (incarnation, size)
);

GRANT SELECT, INSERT, UPDATE ON lofte.log_checkpoint TO lofte_app;
GRANT SELECT ON lofte.log_checkpoint TO lofte_auditor;
