-- ENABLE ALWAYS: they fire for every role and also in a session that plays a replica.
CREATE OR REPLACE TRIGGER events_are_never_changed
    BEFORE UPDATE OR DELETE ON lofte.mt_events
    FOR EACH ROW EXECUTE FUNCTION lofte.refuse_change();

CREATE OR REPLACE TRIGGER events_are_never_truncated
    BEFORE TRUNCATE ON lofte.mt_events
    FOR EACH STATEMENT EXECUTE FUNCTION lofte.refuse_change();

ALTER TABLE lofte.mt_events ENABLE ALWAYS TRIGGER events_are_never_changed;
ALTER TABLE lofte.mt_events ENABLE ALWAYS TRIGGER events_are_never_truncated;
