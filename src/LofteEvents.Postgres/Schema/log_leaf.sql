-- What the log commits to about each event, in the order of the tree, and which event it is. It grows only in the transaction
-- that publishes a checkpoint; where it is short of the sealer's own state, the sealer publishes the rest.
CREATE TABLE IF NOT EXISTS lofte.log_leaf (
    leaf_index bigint NOT NULL,
    position   bigint NOT NULL,
    leaf       bytea  NOT NULL,
    CONSTRAINT pkey_log_leaf PRIMARY KEY (leaf_index),
    CONSTRAINT log_leaf_is_dense_and_short CHECK (leaf_index >= 0 AND octet_length(leaf) <= 65535)
);

CREATE UNIQUE INDEX IF NOT EXISTS idx_log_leaf_position ON lofte.log_leaf USING btree (position);

GRANT SELECT, INSERT ON lofte.log_leaf TO lofte_app;
GRANT SELECT ON lofte.log_leaf TO lofte_auditor;
