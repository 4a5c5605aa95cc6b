-- Where a projection is built anew beside the live one. Its position and its stop lie in tables of the same names as the live
-- ones, so that the same code writes them; the tables that it fills are made when a rebuild begins and moved into schema lofte
-- when it is done.
CREATE SCHEMA IF NOT EXISTS lofte_rebuild;

CREATE TABLE IF NOT EXISTS lofte_rebuild.mt_event_progression (
    name         varchar     NOT NULL,
    last_seq_id  bigint      NULL,
    last_updated timestamptz NULL DEFAULT transaction_timestamp(),
    CONSTRAINT pk_mt_event_progression PRIMARY KEY (name)
);

CREATE TABLE IF NOT EXISTS lofte_rebuild.projection_stop (
    name     varchar     NOT NULL,
    position bigint      NOT NULL,
    event_id uuid        NOT NULL,
    type     varchar     NOT NULL,
    reason   varchar     NOT NULL,
    at       timestamptz NOT NULL,
    CONSTRAINT pkey_projection_stop PRIMARY KEY (name)
);

GRANT USAGE ON SCHEMA lofte_rebuild TO lofte_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON lofte_rebuild.mt_event_progression, lofte_rebuild.projection_stop TO lofte_app;
