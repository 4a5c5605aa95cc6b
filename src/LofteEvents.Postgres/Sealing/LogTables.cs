using LofteEvents.Log;
using Npgsql;

namespace LofteEvents.Postgres.Sealing;

/// <summary>The tables in which the log is published, over one connection and in its transaction.</summary>
internal static class LogTables
{
    // What hides rows from a reader without changing them: a view in the table's place, a policy, a child table.
    private const string PublishedQuery =
        """
        SELECT coalesce((SELECT max(leaf_index) + 1 FROM lofte.log_leaf), 0),
               coalesce((SELECT position FROM lofte.log_leaf ORDER BY leaf_index DESC LIMIT 1), 0),
               c.incarnation, c.size, c.note,
               (SELECT r.relkind = 'r' AND NOT r.relrowsecurity AND NOT r.relhassubclass AND NOT r.relhasrules
                FROM pg_catalog.pg_class AS r
                WHERE r.oid = 'lofte.mt_events'::pg_catalog.regclass)
        FROM (SELECT 1) AS one
        LEFT JOIN (
            SELECT incarnation, size, note
            FROM lofte.log_checkpoint
            ORDER BY incarnation DESC, size DESC
            LIMIT 1) AS c ON true
        """;

    public static async Task<Published> PublishedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PublishedQuery, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new Published(
            (ulong)reader.GetInt64(0),
            reader.GetInt64(1),
            await reader.IsDBNullAsync(2, cancellationToken) ? 0 : reader.GetInt32(2),
            await reader.IsDBNullAsync(3, cancellationToken) ? 0 : (ulong)reader.GetInt64(3),
            await reader.IsDBNullAsync(4, cancellationToken) ? [] : reader.GetFieldValue<byte[]>(4),
            reader.GetBoolean(5));
    }

    /// <summary>The last tile of each level above the leaves, of a tree of that size.</summary>
    public static async Task<Dictionary<int, byte[]>> EdgeAsync(
        NpgsqlConnection connection, ulong size, CancellationToken cancellationToken)
    {
        var levels = GrowingTree.OpenLevels(size).Select(open => (short)open.Level).ToArray();
        var tiles = new Dictionary<int, byte[]>();
        await using var command = new NpgsqlCommand(
            """
            SELECT t.level, t.hashes
            FROM unnest($1, $2) AS w (level, place)
            JOIN lofte.log_tile AS t ON t.level = w.level AND t.tile_index = w.place
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = levels },
                new() { Value = levels.Select(level => (long)GrowingTree.TileAt(size, level)).ToArray() },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            tiles[reader.GetInt16(0)] = reader.GetFieldValue<byte[]>(1);
        }

        return tiles;
    }

    /// <summary>Published leaves with an index in [begin, end).</summary>
    public static async Task<List<SealedLeaf>> LeavesAsync(
        NpgsqlConnection connection, ulong begin, ulong end, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT position, leaf FROM lofte.log_leaf WHERE leaf_index >= $1 AND leaf_index < $2 ORDER BY leaf_index",
            connection)
        {
            Parameters = { new() { Value = (long)begin }, new() { Value = (long)end } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var leaves = new List<SealedLeaf>();
        while (await reader.ReadAsync(cancellationToken))
        {
            leaves.Add(new SealedLeaf(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        }

        return leaves;
    }

    /// <summary>Publishes the leaves of a tree from an index on.</summary>
    public static async Task PublishAsync(
        NpgsqlConnection connection,
        GrowingTree tree,
        ulong first,
        int incarnation,
        byte[] note,
        CancellationToken cancellationToken)
    {
        var leaves = tree.Leaves.Skip((int)(first - tree.Start.Size)).ToList();
        var tiles = tree.Tiles().ToList();
        await using var command = new NpgsqlCommand(
            "SELECT lofte.log_publish($1, $2, $3, $4, $5, $6, $7, $8, $9)", connection)
        {
            Parameters =
            {
                new() { Value = (long)first },
                new() { Value = leaves.Select(leaf => leaf.Position).ToArray() },
                new() { Value = leaves.Select(leaf => leaf.Bytes).ToArray() },
                new() { Value = tiles.Select(tile => (short)tile.Level).ToArray() },
                new() { Value = tiles.Select(tile => (long)tile.Index).ToArray() },
                new() { Value = tiles.Select(tile => tile.Hashes).ToArray() },
                new() { Value = incarnation },
                new() { Value = (long)tree.Size },
                new() { Value = note },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task KeyAsync(NpgsqlConnection connection, LogKey key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO lofte.log_key (key) VALUES ($1) ON CONFLICT ON CONSTRAINT pkey_log_key DO NOTHING", connection)
        {
            Parameters = { new() { Value = key.ToString() } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <param name="Leaves">How many are published.</param>
/// <param name="Position">Of the last of them.</param>
/// <param name="Incarnation">Of the newest checkpoint; 0 where there is none.</param>
/// <param name="Size">Of that checkpoint.</param>
/// <param name="Note">That checkpoint, signed.</param>
/// <param name="ShowsEveryRow">False where something stands between a reader and the events' table.</param>
internal sealed record Published(ulong Leaves, long Position, int Incarnation, ulong Size, byte[] Note, bool ShowsEveryRow);
