-- What the running server may be: a group role, granted to the login role that the server signs in with. It reads and adds;
-- events it can neither change nor remove. Roles belong to the whole cluster, so another database may be making the same one
-- at this moment.
DO $do$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'lofte_app') THEN
        CREATE ROLE lofte_app NOLOGIN;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN
        NULL;
END
$do$;

GRANT USAGE ON SCHEMA lofte TO lofte_app;
