-- Reads the log and nothing else. With row_security off, a policy that hides rows makes a query fail instead of answer less. A setting
-- holds for the role that signs in and is not inherited, so an auditor's login role must carry it too.
DO $do$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'lofte_auditor') THEN
        CREATE ROLE lofte_auditor NOLOGIN;
    END IF;
    IF NOT EXISTS (
        SELECT 1
        FROM pg_db_role_setting AS s
        JOIN pg_roles AS r ON r.oid = s.setrole
        JOIN pg_database AS d ON d.oid = s.setdatabase
        WHERE r.rolname = 'lofte_auditor'
          AND d.datname = current_database()
          AND 'row_security=off' = ANY (s.setconfig))
    THEN
        EXECUTE format('ALTER ROLE lofte_auditor IN DATABASE %I SET row_security = off', current_database());
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN
        NULL;
END
$do$;

GRANT USAGE ON SCHEMA lofte TO lofte_auditor;
