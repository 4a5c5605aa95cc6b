-- Where a projection stands because an event cannot be applied: which one, and why. No row: it is not stopped.
CREATE TABLE IF NOT EXISTS lofte.projection_stop (
    name     varchar     NOT NULL,
    position bigint      NOT NULL,
    event_id uuid        NOT NULL,
    type     varchar     NOT NULL,
    reason   varchar     NOT NULL,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pkey_projection_stop PRIMARY KEY (name)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON lofte.projection_stop TO lofte_app;
GRANT SELECT ON lofte.projection_stop TO lofte_auditor;
