-- A document table in Marten's own shape, so that Marten finds nothing to change in it.
CREATE TABLE IF NOT EXISTS lofte.mt_doc_noticeoverview (
    id               varchar     NOT NULL,
    data             jsonb       NOT NULL,
    mt_last_modified timestamptz NULL     DEFAULT (transaction_timestamp()),
    mt_version       uuid        NOT NULL DEFAULT (md5(random()::text || clock_timestamp()::text)::uuid),
    mt_dotnet_type   varchar     NULL,
    CONSTRAINT pkey_mt_doc_noticeoverview_id PRIMARY KEY (id)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON lofte.mt_doc_noticeoverview TO lofte_app;
GRANT SELECT ON lofte.mt_doc_noticeoverview TO lofte_auditor;
