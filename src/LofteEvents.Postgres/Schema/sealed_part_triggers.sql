CREATE OR REPLACE TRIGGER sealed_parts_are_never_changed
    BEFORE UPDATE OR DELETE ON lofte.sealed_part
    FOR EACH ROW EXECUTE FUNCTION lofte.refuse_change();

CREATE OR REPLACE TRIGGER sealed_parts_are_never_truncated
    BEFORE TRUNCATE ON lofte.sealed_part
    FOR EACH STATEMENT EXECUTE FUNCTION lofte.refuse_change();

ALTER TABLE lofte.sealed_part ENABLE ALWAYS TRIGGER sealed_parts_are_never_changed;
ALTER TABLE lofte.sealed_part ENABLE ALWAYS TRIGGER sealed_parts_are_never_truncated;
