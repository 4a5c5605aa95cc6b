-- Reads the log and nothing else. With row_security off, a policy that hides rows makes a query fail instead of answer less.
-- A setting holds for the role that signs in and is not inherited, so an auditor's login role must carry it too.
DO $do$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'lofte_auditor') THEN
        CREATE ROLE lofte_auditor NOLOGIN;
    END IF;
    IF NOT EXISTS (
        SELECT 1
        FROM pg_db_role_setting AS s
        JOIN pg_roles AS r ON r.oid = s.setrole
        WHERE r.rolname = 'lofte_auditor'
          AND s.setdatabase = 0
          AND 'row_security=off' = ANY (s.setconfig))
    THEN
        ALTER ROLE lofte_auditor SET row_security = off;
    END IF;
EXCEPTION
    -- The last is PostgreSQL's 'tuple concurrently updated'.
    WHEN duplicate_object OR unique_violation OR internal_error THEN
        NULL;
END
$do$;

GRANT USAGE ON SCHEMA lofte TO lofte_auditor;
