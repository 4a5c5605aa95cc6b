-- Makes empty copies of a projection's tables in schema lofte_rebuild, with the keys, indexes and names of the live ones, and
-- throws away what an unfinished rebuild left. It runs as the tables' owner: the server itself may not make tables.
CREATE OR REPLACE FUNCTION lofte.projection_rebuild_begin(projection varchar)
RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    tables varchar[] := lofte.projection_tables(projection);
    name   varchar;
    found  record;
BEGIN
    IF tables IS NULL THEN
        RAISE EXCEPTION 'there is no projection named %', projection USING ERRCODE = 'LP002';
    END IF;
    FOREACH name IN ARRAY tables LOOP
        EXECUTE format('DROP TABLE IF EXISTS lofte_rebuild.%I', name);
        EXECUTE format('CREATE TABLE lofte_rebuild.%1$I (LIKE lofte.%1$I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
        FOR found IN
            SELECT pg_get_indexdef(i.indexrelid) AS definition, c.relname AS index_name, k.conname AS key_name
            FROM pg_index AS i
            JOIN pg_class AS c ON c.oid = i.indexrelid
            LEFT JOIN pg_constraint AS k ON k.conindid = i.indexrelid AND k.contype = 'p'
            WHERE i.indrelid = format('lofte.%I', name)::regclass
            ORDER BY c.relname
        LOOP
            EXECUTE regexp_replace(found.definition, ' ON lofte\.', ' ON lofte_rebuild.');
            IF found.key_name IS NOT NULL THEN
                EXECUTE format(
                    'ALTER TABLE lofte_rebuild.%I ADD CONSTRAINT %I PRIMARY KEY USING INDEX %I',
                    name, found.key_name, found.index_name);
            END IF;
        END LOOP;
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON lofte_rebuild.%I TO lofte_app', name);
        EXECUTE format('GRANT SELECT ON lofte_rebuild.%I TO lofte_auditor', name);
    END LOOP;
    DELETE FROM lofte_rebuild.mt_event_progression AS p WHERE p.name = projection || ':All';
    DELETE FROM lofte_rebuild.projection_stop AS s WHERE s.name = projection;
    UPDATE lofte.projection_rebuild AS r SET started_at = clock_timestamp() WHERE r.name = projection;
END
$function$;

REVOKE ALL ON FUNCTION lofte.projection_rebuild_begin(varchar) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lofte.projection_rebuild_begin(varchar) TO lofte_app;
