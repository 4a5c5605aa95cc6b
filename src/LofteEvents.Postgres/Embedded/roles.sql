-- Who may sign in to the embedded cluster. Run by its superuser at every start, so that an interrupted creation is completed; the
-- passwords come in as settings of this transaction. The two groups get their rights from the schema (lofte_app.sql,
-- lofte_auditor.sql).
DO $do$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'lofte_owner') THEN
        CREATE ROLE lofte_owner LOGIN CREATEROLE;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'lofte_app') THEN
        CREATE ROLE lofte_app NOLOGIN ADMIN lofte_owner;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'lofte_auditor') THEN
        CREATE ROLE lofte_auditor NOLOGIN ADMIN lofte_owner;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'lofte_server') THEN
        CREATE ROLE lofte_server LOGIN IN ROLE lofte_app;
    END IF;
    EXECUTE format('ALTER ROLE lofte_owner PASSWORD %L', current_setting('lofte.owner_password'));
    EXECUTE format('ALTER ROLE lofte_server PASSWORD %L', current_setting('lofte.app_password'));
END
$do$;
