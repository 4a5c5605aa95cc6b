-- Marten writes now() AT TIME ZONE 'utc' into columns with a time zone, so a session's time zone must be UTC for its times to
-- be right.
DO $do$
BEGIN
    IF NOT EXISTS (
        SELECT 1
        FROM pg_db_role_setting AS s
        JOIN pg_database AS d ON d.oid = s.setdatabase
        WHERE d.datname = current_database()
          AND s.setrole = 0
          AND 'TimeZone=UTC' = ANY (s.setconfig))
    THEN
        EXECUTE format('ALTER DATABASE %I SET TimeZone = ''UTC''', current_database());
    END IF;
END
$do$;
