-- Marten's table of projection positions: the row of a projection is named <Name>:All.
CREATE TABLE IF NOT EXISTS lofte.mt_event_progression (
    name                      varchar      NOT NULL,
    last_seq_id               bigint       NULL,
    last_updated              timestamptz  NULL DEFAULT transaction_timestamp(),
    mode                      varchar      NULL DEFAULT 'none',
    rebuild_threshold         integer      NULL DEFAULT 0,
    assigned_node             integer      NULL DEFAULT 0,
    heartbeat                 timestamptz  NULL,
    agent_status              varchar(20)  NULL,
    pause_reason              text         NULL,
    running_on_node           integer      NULL,
    warning_behind_threshold  bigint       NULL,
    critical_behind_threshold bigint       NULL,
    failure_category          varchar(50)  NULL,
    failure_event_sequence    bigint       NULL,
    failure_event_type        varchar(500) NULL,
    failure_event_tenant_id   varchar(500) NULL,
    CONSTRAINT pk_mt_event_progression PRIMARY KEY (name)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON lofte.mt_event_progression TO lofte_app;
GRANT SELECT ON lofte.mt_event_progression TO lofte_auditor;
