-- Rebuilds that are asked for and not yet done: any process may ask, the one that runs the projection does it.
CREATE TABLE IF NOT EXISTS lofte.projection_rebuild (
    name         varchar     NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    requested_by varchar     NOT NULL,
    started_at   timestamptz NULL,
    CONSTRAINT pkey_projection_rebuild PRIMARY KEY (name)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON lofte.projection_rebuild TO lofte_app;
GRANT SELECT ON lofte.projection_rebuild TO lofte_auditor;
