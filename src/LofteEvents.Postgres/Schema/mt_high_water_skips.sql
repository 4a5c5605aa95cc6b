-- Marten's record of sequence gaps that its daemon has passed over. The default engine leaves none and never writes here.
CREATE TABLE IF NOT EXISTS lofte.mt_high_water_skips (
    ending_sequence   bigint      NOT NULL,
    starting_sequence bigint      NOT NULL,
    timestamp         timestamptz NULL DEFAULT transaction_timestamp(),
    CONSTRAINT pkey_mt_high_water_skips_ending_sequence PRIMARY KEY (ending_sequence)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON lofte.mt_high_water_skips TO lofte_app;
GRANT SELECT ON lofte.mt_high_water_skips TO lofte_auditor;
