-- Marten's table of events. The default of timestamp is the constant that Marten declares, frozen when the table is made:
-- whoever writes an event writes its timestamp.
CREATE TABLE IF NOT EXISTS lofte.mt_events (
    seq_id         bigint       NOT NULL,
    id             uuid         NOT NULL,
    stream_id      varchar      NULL,
    version        bigint       NOT NULL,
    data           jsonb        NOT NULL,
    bdata          bytea        NULL,
    type           varchar(500) NOT NULL,
    timestamp      timestamptz  NOT NULL DEFAULT '(now())',
    tenant_id      varchar      NULL DEFAULT '*DEFAULT*',
    mt_dotnet_type varchar      NULL,
    correlation_id varchar      NULL,
    causation_id   varchar      NULL,
    headers        jsonb        NULL,
    is_archived    boolean      NULL DEFAULT false,
    CONSTRAINT pkey_mt_events_seq_id PRIMARY KEY (seq_id),
    CONSTRAINT fkey_mt_events_stream_id FOREIGN KEY (stream_id) REFERENCES lofte.mt_streams (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX IF NOT EXISTS pk_mt_events_stream_and_version ON lofte.mt_events USING btree (stream_id, version);

GRANT SELECT, INSERT ON lofte.mt_events TO lofte_app;
GRANT SELECT ON lofte.mt_events TO lofte_auditor;
