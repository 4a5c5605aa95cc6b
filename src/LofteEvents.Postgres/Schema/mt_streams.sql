-- Marten's table of streams: one row per stream with the version of its newest event.
CREATE TABLE IF NOT EXISTS lofte.mt_streams (
    id                varchar     NOT NULL,
    type              varchar     NULL,
    version           bigint      NULL,
    timestamp         timestamptz NOT NULL DEFAULT now(),
    created           timestamptz NOT NULL DEFAULT now(),
    tenant_id         varchar     NULL DEFAULT '*DEFAULT*',
    compacted_version bigint      NOT NULL DEFAULT 0,
    is_archived       boolean     NULL DEFAULT false,
    CONSTRAINT pkey_mt_streams_id PRIMARY KEY (id)
);

GRANT SELECT, INSERT, UPDATE ON lofte.mt_streams TO lofte_app;
GRANT SELECT ON lofte.mt_streams TO lofte_auditor;
