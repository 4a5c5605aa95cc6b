-- Puts the rebuilt tables in the place of the live ones and moves the position, all in the caller's transaction. A table that
-- changes its schema keeps the names of its keys and indexes. Readers wait for the moment it takes; whoever cannot be waited
-- for makes it fail and be tried again.
CREATE OR REPLACE FUNCTION lofte.projection_rebuild_swap(projection varchar, live_position bigint, rebuilt_position bigint)
RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s'
AS $function$
DECLARE
    name varchar;
BEGIN
    UPDATE lofte.mt_event_progression AS p
    SET last_seq_id = rebuilt_position,
        last_updated = transaction_timestamp()
    WHERE p.name = projection || ':All'
      AND p.last_seq_id = live_position
      AND rebuilt_position >= live_position;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'projection % is no longer at position %: another process has moved it', projection, live_position
            USING ERRCODE = 'LP001';
    END IF;
    FOREACH name IN ARRAY lofte.projection_tables(projection) LOOP
        EXECUTE format('DROP TABLE lofte.%I', name);
        EXECUTE format('ALTER TABLE lofte_rebuild.%I SET SCHEMA lofte', name);
    END LOOP;
    DELETE FROM lofte_rebuild.mt_event_progression AS p WHERE p.name = projection || ':All';
    DELETE FROM lofte.projection_stop AS s WHERE s.name = projection;
    DELETE FROM lofte.projection_rebuild AS r WHERE r.name = projection;
END
$function$;

REVOKE ALL ON FUNCTION lofte.projection_rebuild_swap(varchar, bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lofte.projection_rebuild_swap(varchar, bigint, bigint) TO lofte_app;
