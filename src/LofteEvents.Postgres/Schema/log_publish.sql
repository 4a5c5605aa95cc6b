-- Publishes what the sealer has sealed, in its transaction: new leaves, the tiles that grew, and the checkpoint over them.
CREATE OR REPLACE FUNCTION lofte.log_publish(
    first_leaf       bigint,
    leaf_position    bigint[],
    leaf_bytes       bytea[],
    tile_level       smallint[],
    tile_place       bigint[],
    tile_hashes      bytea[],
    note_incarnation integer,
    note_size        bigint,
    signed_note      bytea)
RETURNS void
LANGUAGE plpgsql
AS $function$
BEGIN
    INSERT INTO lofte.log_leaf (leaf_index, position, leaf)
    SELECT first_leaf + n.ordinal - 1, n.position, n.leaf
    FROM unnest(leaf_position, leaf_bytes) WITH ORDINALITY AS n (position, leaf, ordinal);

    INSERT INTO lofte.log_tile (level, tile_index, hashes)
    SELECT n.level, n.place, n.hashes
    FROM unnest(tile_level, tile_place, tile_hashes) AS n (level, place, hashes)
    ON CONFLICT ON CONSTRAINT pkey_log_tile DO UPDATE SET hashes = EXCLUDED.hashes;

    INSERT INTO lofte.log_checkpoint (incarnation, size, note)
    VALUES (note_incarnation, note_size, signed_note);
END
$function$;

GRANT EXECUTE ON FUNCTION lofte.log_publish TO lofte_app;
