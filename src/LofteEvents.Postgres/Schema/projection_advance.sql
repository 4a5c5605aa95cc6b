-- Moves a projection's position, or fails when another process has moved it: then nothing of the page that came with it is
-- written.
-- Names without a schema on purpose: a rebuild runs the same code with a search path that finds its own tables first.
CREATE OR REPLACE FUNCTION lofte.projection_advance(projection varchar, from_position bigint, to_position bigint)
RETURNS void
LANGUAGE plpgsql
AS $function$
BEGIN
    UPDATE mt_event_progression
    SET last_seq_id = to_position,
        last_updated = transaction_timestamp()
    WHERE name = projection
      AND last_seq_id = from_position;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'projection % is no longer at position %: another process has moved it', projection, from_position
            USING ERRCODE = 'LP001';
    END IF;
END
$function$;

GRANT EXECUTE ON FUNCTION lofte.projection_advance(varchar, bigint, bigint) TO lofte_app;
