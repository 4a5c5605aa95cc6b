-- Positions. Whoever writes events holds the writer's lock, so positions rise in commit order and a gap can only come from a
-- rollback.
CREATE SEQUENCE IF NOT EXISTS lofte.mt_events_sequence OWNED BY lofte.mt_events.seq_id;

GRANT USAGE, SELECT ON SEQUENCE lofte.mt_events_sequence TO lofte_app;
GRANT SELECT ON SEQUENCE lofte.mt_events_sequence TO lofte_auditor;
