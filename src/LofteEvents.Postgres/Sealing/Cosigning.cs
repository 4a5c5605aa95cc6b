using LofteEvents.Log;
using Npgsql;

namespace LofteEvents.Postgres.Sealing;

/// <summary>What is shown to witnesses of the published log, and what they answer.</summary>
public sealed class Cosigning(NpgsqlDataSource dataSource)
{
    /// <summary>The newest checkpoint, read; null before the first.</summary>
    public async Task<PublishedCheckpoint?> NewestAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var published = await LogTables.PublishedAsync(connection, cancellationToken);
        return SignedNote.TryParse(published.Note, out var note, out _)
            && Checkpoint.TryParse(note.Text, out var checkpoint, out _)
                ? new PublishedCheckpoint(published.Incarnation, note, checkpoint)
                : null;
    }

    /// <summary>That the tree of one size continues that of another; from nothing there is nothing to prove.</summary>
    /// <returns>Null where the published tiles do not have it.</returns>
    public async Task<IReadOnlyList<Digest>?> ProveGrowthAsync(ulong from, ulong to, CancellationToken cancellationToken)
    {
        if (from == 0)
        {
            return [];
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var needs = ConsistencyProof.Needs(from, to);
        return await TreeReads.HashesAsync(connection, needs, to, cancellationToken) is { } hashOf
            ? ConsistencyProof.Of(from, to, hashOf)
            : null;
    }

    /// <summary>Adds a signature to a published checkpoint.</summary>
    /// <returns>False where it was not there any more.</returns>
    public async Task<bool> CosignAsync(
        PublishedCheckpoint published, NoteSignature signature, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var read = new NpgsqlCommand(
            "SELECT note FROM lofte.log_checkpoint WHERE incarnation = $1 AND size = $2 FOR UPDATE", connection)
        {
            Parameters = { new() { Value = published.Incarnation }, new() { Value = (long)published.Checkpoint.Size } },
        };
        if (await read.ExecuteScalarAsync(cancellationToken) is not byte[] bytes
            || !SignedNote.TryParse(bytes, out var note, out _) || note.Text != published.Note.Text)
        {
            return false;
        }

        await using var write = new NpgsqlCommand(
            "UPDATE lofte.log_checkpoint SET note = $3 WHERE incarnation = $1 AND size = $2", connection)
        {
            Parameters =
            {
                new() { Value = published.Incarnation },
                new() { Value = (long)published.Checkpoint.Size },
                new() { Value = note.With(signature).ToBytes() },
            },
        };
        await write.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}

/// <summary>A checkpoint as it is published, its signatures not checked.</summary>
public sealed record PublishedCheckpoint(int Incarnation, SignedNote Note, Checkpoint Checkpoint);
