using LofteEvents.Log;
using Npgsql;

namespace LofteEvents.Postgres.Sealing;

/// <summary>Hashes of the published tree. Whoever uses them proves them against a signed checkpoint.</summary>
internal static class TreeReads
{
    /// <summary>The hashes of perfect subtrees of a tree of that size.</summary>
    /// <returns>Null where the published tiles do not have them all.</returns>
    public static async Task<Func<Subtree, Digest>?> HashesAsync(
        NpgsqlConnection connection, IReadOnlyList<Subtree> nodes, ulong size, CancellationToken cancellationToken)
    {
        var wanted = nodes.Select(node => TilePath.Holding(node, size)).Distinct().ToList();
        var found = new Dictionary<(int Level, ulong Index), IReadOnlyList<Digest>>();
        await using var command = new NpgsqlCommand(
            """
            SELECT t.level, t.tile_index, t.hashes
            FROM unnest($1, $2) AS w (level, place)
            JOIN lofte.log_tile AS t ON t.level = w.level AND t.tile_index = w.place
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = wanted.Select(tile => (short)tile.Level).ToArray() },
                new() { Value = wanted.Select(tile => (long)tile.Index).ToArray() },
            },
        };
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var bytes = reader.GetFieldValue<byte[]>(2);
                if (HashTile.TryDecode(bytes, bytes.Length / Digest.Size, out var hashes))
                {
                    found[(reader.GetInt16(0), (ulong)reader.GetInt64(1))] = hashes;
                }
            }
        }

        return wanted.All(tile => found.TryGetValue((tile.Level, tile.Index), out var hashes) && hashes.Count >= tile.Width)
            ? node => HashTile.Node(found[(TilePath.Holding(node, size).Level, TilePath.Holding(node, size).Index)], node)
            : null;
    }
}
