-- What can be counted, by version: a row is one report of one thing, superseded_by the position of the event that replaced or
-- removed it.
-- What was known at position P: position <= P, and superseded_by is null or above P.
CREATE TABLE IF NOT EXISTS lofte.counted_fact (
    stream        varchar   NOT NULL,
    item          varchar   NOT NULL,
    position      bigint    NOT NULL,
    superseded_by bigint    NULL,
    type          varchar   NOT NULL,
    kind          varchar   NULL,
    areas         varchar[] NOT NULL,
    day           date      NOT NULL,
    fact          jsonb     NOT NULL,
    CONSTRAINT pkey_counted_fact PRIMARY KEY (stream, item, position)
);

CREATE INDEX IF NOT EXISTS idx_counted_fact_type_kind_day ON lofte.counted_fact USING btree (type, kind, day);
CREATE INDEX IF NOT EXISTS idx_counted_fact_areas ON lofte.counted_fact USING gin (areas);

GRANT SELECT, INSERT, UPDATE, DELETE ON lofte.counted_fact TO lofte_app;
GRANT SELECT ON lofte.counted_fact TO lofte_auditor;
