-- A stream's version must rise with its events, so its row may be updated; removing it would remove its events by the foreign
-- key.
CREATE OR REPLACE TRIGGER streams_are_never_deleted
    BEFORE DELETE ON lofte.mt_streams
    FOR EACH ROW EXECUTE FUNCTION lofte.refuse_change();

CREATE OR REPLACE TRIGGER streams_are_never_truncated
    BEFORE TRUNCATE ON lofte.mt_streams
    FOR EACH STATEMENT EXECUTE FUNCTION lofte.refuse_change();

ALTER TABLE lofte.mt_streams ENABLE ALWAYS TRIGGER streams_are_never_deleted;
ALTER TABLE lofte.mt_streams ENABLE ALWAYS TRIGGER streams_are_never_truncated;
