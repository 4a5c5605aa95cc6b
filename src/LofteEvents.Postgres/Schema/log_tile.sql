-- The tree's hashes, 256 consecutive ones of a height that is a multiple of eight to a row; the last row of a level is shorter
-- and grows. Whoever reads them checks them against a signed checkpoint.
CREATE TABLE IF NOT EXISTS lofte.log_tile (
    level      smallint NOT NULL,
    tile_index bigint   NOT NULL,
    hashes     bytea    NOT NULL,
    CONSTRAINT pkey_log_tile PRIMARY KEY (level, tile_index),
    CONSTRAINT log_tile_holds_hashes CHECK (octet_length(hashes) % 32 = 0 AND octet_length(hashes) BETWEEN 32 AND 8192)
);

GRANT SELECT, INSERT, UPDATE ON lofte.log_tile TO lofte_app;
GRANT SELECT ON lofte.log_tile TO lofte_auditor;
