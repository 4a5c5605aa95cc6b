using LofteEvents.Log;
using Npgsql;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// Reads of the published log, for whoever asks over HTTP. Every read is one that the asker can prove against a checkpoint.
/// </summary>
public sealed class PublishedLog(NpgsqlDataSource dataSource)
{
    private const string NewestCheckpoint =
        "SELECT note FROM lofte.log_checkpoint ORDER BY incarnation DESC, size DESC LIMIT 1";

    /// <summary>The keys' lines, the newest first.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT key FROM lofte.log_key ORDER BY since DESC, key LIMIT 100");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }

    /// <summary>The newest checkpoint as a signed note; null before the first.</summary>
    public async Task<byte[]?> CheckpointAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(NewestCheckpoint);
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    /// <summary>A tile's hashes or a bundle's leaves; null where the tree does not have as many.</summary>
    public async Task<byte[]?> TileAsync(TilePath path, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (path.Index > (ulong)(long.MaxValue / TilePath.FullWidth) - 1)
        {
            return null;
        }

        if (path.HoldsEntries)
        {
            var first = path.Index * TilePath.FullWidth;
            var leaves = await LogTables.LeavesAsync(connection, first, first + (ulong)path.Width, cancellationToken);
            return leaves.Count == path.Width
                ? EntryBundle.Encode([.. leaves.Select(leaf => (ReadOnlyMemory<byte>)leaf.Bytes)])
                : null;
        }

        await using var command = new NpgsqlCommand(
            "SELECT substring(hashes FROM 1 FOR $3) FROM lofte.log_tile WHERE level = $1 AND tile_index = $2", connection)
        {
            Parameters =
            {
                new() { Value = (short)path.Level },
                new() { Value = (long)path.Index },
                new() { Value = path.Width * Digest.Size },
            },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] hashes && hashes.Length == path.Width * Digest.Size
            ? hashes
            : null;
    }

    /// <summary>That the event at a position is in the newest checkpoint's tree.</summary>
    public async Task<ProofAnswer> ProveAsync(long position, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (await FindAsync(connection, position, cancellationToken) is not { } found)
        {
            return new ProofAnswer(await IsRecordedAsync(connection, position, cancellationToken), null);
        }

        var (index, leaf, note, checkpoint) = found;
        if (index >= checkpoint.Size)
        {
            return new ProofAnswer(true, null);
        }

        var hashOf = await TreeReads.HashesAsync(
            connection, InclusionProof.Needs(index, checkpoint.Size), checkpoint.Size, cancellationToken);
        return hashOf is null
            ? new ProofAnswer(true, null)
            : new ProofAnswer(
                true,
                new EventProof(
                    position, index, checkpoint.Size, leaf, InclusionProof.Of(index, checkpoint.Size, hashOf), note));
    }

    /// <summary>
    /// That the leaves of the events with a position in (after, upTo] are these and no others. The range is one leaf wider on
    /// either side where there is one, which shows that none of the period is left out.
    /// </summary>
    /// <returns>Null where nothing is sealed, or nothing of that range.</returns>
    public async Task<EventRangeProof?> ProveRangeAsync(
        long after, long upTo, int mostLeaves, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (await CheckpointAsync(cancellationToken) is not { } note || Read(note) is not { Size: > 0 } checkpoint)
        {
            return null;
        }

        var begin = await LeavesUpToAsync(connection, after, cancellationToken);
        var end = Math.Min(await LeavesUpToAsync(connection, upTo, cancellationToken), checkpoint.Size);
        var (first, behind) = (begin == 0 ? 0 : begin - 1, Math.Min(end + 1, checkpoint.Size));
        if (begin >= end)
        {
            return null;
        }

        var hashOf = await TreeReads.HashesAsync(
            connection, RangeProof.Needs(first, behind, checkpoint.Size), checkpoint.Size, cancellationToken);
        var leaves = behind - first <= (ulong)mostLeaves
            ? await LogTables.LeavesAsync(connection, first, behind, cancellationToken)
            : null;
        return hashOf is null
            ? null
            : new EventRangeProof(
                begin,
                end,
                first,
                behind,
                checkpoint.Size,
                leaves?.Select(leaf => leaf.Bytes).ToList(),
                RangeProof.Of(first, behind, checkpoint.Size, hashOf),
                note);
    }

    private static async Task<(ulong Index, byte[] Leaf, byte[] Note, Checkpoint Checkpoint)?> FindAsync(
        NpgsqlConnection connection, long position, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT l.leaf_index, l.leaf, c.note
            FROM lofte.log_leaf AS l
            CROSS JOIN (
                SELECT note
                FROM lofte.log_checkpoint
                ORDER BY incarnation DESC, size DESC
                LIMIT 1) AS c
            WHERE l.position = $1
            """,
            connection)
        {
            Parameters = { new() { Value = position } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var note = reader.GetFieldValue<byte[]>(2);
        return Read(note) is { } checkpoint
            ? ((ulong)reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), note, checkpoint)
            : null;
    }

    private static async Task<bool> IsRecordedAsync(
        NpgsqlConnection connection, long position, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM lofte.mt_events WHERE seq_id = $1)", connection)
        {
            Parameters = { new() { Value = position } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static async Task<ulong> LeavesUpToAsync(
        NpgsqlConnection connection, long position, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT leaf_index + 1 FROM lofte.log_leaf WHERE position <= $1 ORDER BY position DESC LIMIT 1", connection)
        {
            Parameters = { new() { Value = position } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is long leaves ? (ulong)leaves : 0;
    }

    private static Checkpoint? Read(byte[] note) =>
        SignedNote.TryParse(note, out var signed, out _) && Checkpoint.TryParse(signed.Text, out var checkpoint, out _)
            ? checkpoint
            : null;
}

/// <param name="IsRecorded">Whether there is such an event.</param>
/// <param name="Proof">Null where it is not sealed yet.</param>
public sealed record ProofAnswer(bool IsRecorded, EventProof? Proof);

/// <param name="Checkpoint">As a signed note.</param>
public sealed record EventProof(
    long Position, ulong LeafIndex, ulong TreeSize, byte[] Leaf, IReadOnlyList<Digest> Path, byte[] Checkpoint);

/// <param name="Begin">The first leaf of the period.</param>
/// <param name="End">The first leaf behind the period.</param>
/// <param name="First">The first leaf that is proved.</param>
/// <param name="Behind">The first leaf that is no longer proved.</param>
/// <param name="Leaves">From <paramref name="First"/> on; null where they are too many and are fetched as bundles.</param>
/// <param name="Path">Of <see cref="RangeProof"/>.</param>
public sealed record EventRangeProof(
    ulong Begin,
    ulong End,
    ulong First,
    ulong Behind,
    ulong TreeSize,
    IReadOnlyList<byte[]>? Leaves,
    IReadOnlyList<Digest> Path,
    byte[] Checkpoint);
