-- Work that follows from the log: who must be told, what must be asked again and when. A key is put in line once and for all.
--   scheduled  not before due_at; holds nobody up
--   pending    in its lane's line; due_at is ahead only after a failed attempt, and then the whole lane waits
--   leased     a worker is at it; another may take it from due_at on
--   done       kept for a while, so that the same key is known
--   dead       given up, with its reason; an operator may put it in line again
-- Lists of states are compared as text: that is how they read in the catalogue after a dump and a restore too.
CREATE TABLE IF NOT EXISTS lofte.work (
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    key        varchar     NOT NULL,
    kind       varchar     NOT NULL,
    lane       varchar     NOT NULL,
    data       jsonb       NOT NULL,
    position   bigint      NOT NULL,
    state      varchar     NOT NULL,
    due_at     timestamptz NOT NULL,
    attempts   integer     NOT NULL DEFAULT 0,
    leased_by  uuid        NULL,
    reason     varchar     NULL,
    queued_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pkey_work PRIMARY KEY (id),
    CONSTRAINT work_key_is_put_in_line_once UNIQUE (key),
    CONSTRAINT work_lane_has_a_name CHECK (lane <> ''),
    CONSTRAINT work_state_is_known CHECK (state::text IN ('scheduled', 'pending', 'leased', 'done', 'dead'))
);

CREATE INDEX IF NOT EXISTS idx_work_line ON lofte.work USING btree (lane, id) WHERE state::text IN ('pending', 'leased');
CREATE INDEX IF NOT EXISTS idx_work_scheduled ON lofte.work USING btree (due_at) WHERE state = 'scheduled';
CREATE INDEX IF NOT EXISTS idx_work_done ON lofte.work USING btree (changed_at) WHERE state = 'done';
CREATE INDEX IF NOT EXISTS idx_work_dead ON lofte.work USING btree (id) WHERE state = 'dead';

GRANT SELECT, INSERT, UPDATE, DELETE ON lofte.work TO lofte_app;
GRANT SELECT ON lofte.work TO lofte_auditor;
