using System.Text.Json;
using LofteEvents.Log;
using LofteEvents.Subjects;

namespace LofteEvents.Postgres.Auditing;

/// <summary>
/// Proves a log: signatures, root, every older checkpoint, every tile, and every row against its leaf. Reads everything once and
/// in constant memory; needs no network, no database of its own and no secret.
/// </summary>
public sealed class LogAudit(IAuditedLog log, AuditTrust trust)
{
    /// <summary>A log of more leaves is remembered on the disk.</summary>
    private const ulong MostInMemory = 100_000;

    private const ulong LeavesBetweenWords = 1000;

    /// <param name="progress">Told of the leaves read so far.</param>
    public async Task<AuditReport> RunAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (await log.ObstacleAsync(cancellationToken) is { } obstacle)
        {
            return new AuditReport(null, null, 0, 0, [obstacle]);
        }

        if (await log.CheckpointAsync(cancellationToken) is not { } note)
        {
            return AuditReport.Without("There is no checkpoint: nothing says how many leaves there are, or what their root is.");
        }

        var signed = Signed(note, out var checkpoint);
        if (checkpoint is null)
        {
            return new AuditReport(null, null, 0, 0, [signed]);
        }

        var (pinned, pinnedSigned) = Pinned();
        using var onDisk = checkpoint.Size > MostInMemory ? new SeenLeavesOnDisk() : null;
        var tiles = new TileChecks(log);
        var verifier = new LogVerifier(checkpoint, pinned, hasRows: true, DestroyedKey, onDisk, tiles.Completed);
        await using var older = new OlderCheckpoints(log, trust, checkpoint, cancellationToken);
        await ReadAsync(verifier, tiles, older, progress, cancellationToken);

        await tiles.EndAsync(cancellationToken);
        await older.EndAsync(cancellationToken);
        var report = verifier.Report();
        var place = await log.PlaceAsync(cancellationToken);
        return new AuditReport(
            checkpoint.Origin,
            checkpoint,
            report.Leaves,
            report.UnsealedRows,
            [.. place, signed, pinnedSigned, .. report.Checks, older.Result, tiles.Result]);
    }

    private async Task ReadAsync(
        LogVerifier verifier,
        TileChecks tiles,
        OlderCheckpoints older,
        IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        await older.ReachAsync(0, verifier.Root, cancellationToken);
        await using var rows = log.RowsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await foreach (var leaf in log.LeavesAsync(cancellationToken))
        {
            verifier.Leaf(leaf.Span);
            while (verifier.AwaitsRow)
            {
                if (await rows.MoveNextAsync())
                {
                    verifier.Row(rows.Current);
                }
                else
                {
                    verifier.EndOfRows();
                }
            }

            if (tiles.HasFull)
            {
                await tiles.CompareAsync(cancellationToken);
            }

            await older.ReachAsync(verifier.Size, verifier.Root, cancellationToken);
            if (verifier.Size % LeavesBetweenWords == 0)
            {
                progress?.Report((long)verifier.Size);
            }
        }

        while (await rows.MoveNextAsync())
        {
            verifier.Row(rows.Current);
        }
    }

    /// <summary>
    /// Whether a trusted key signed the checkpoint. One that none signed is read all the same, so that the report can say what
    /// else is wrong.
    /// </summary>
    private LogCheck Signed(byte[] note, out Checkpoint? checkpoint)
    {
        if (SignedCheckpoint.TryOpen(note, trust.Keys, trust.Witnesses, trust.Quorum, out var opened, out var refusal))
        {
            checkpoint = opened.Checkpoint;
            return new LogCheck(AuditCheckNames.Signature, 1, 0, null);
        }

        checkpoint = SignedNote.TryParse(note, out var unsigned, out _)
            && Checkpoint.TryParse(unsigned.Text, out var read, out _) ? read : null;
        return new LogCheck(AuditCheckNames.Signature, 1, 1, Finding(refusal));
    }

    private (IReadOnlyList<Checkpoint> Checkpoints, LogCheck Signatures) Pinned()
    {
        var opened = new List<Checkpoint>();
        LogFinding? first = null;
        var failures = 0UL;
        foreach (var note in trust.Pinned)
        {
            if (SignedCheckpoint.TryOpen(note, trust.Keys, [], 0, out var pinned, out var refusal))
            {
                opened.Add(pinned.Checkpoint);
                continue;
            }

            failures++;
            first ??= Finding(refusal);
        }

        return (opened, new LogCheck(AuditCheckNames.PinnedSignature, (ulong)trust.Pinned.Count, failures, first));
    }

    private static LogFinding Finding(Refusal refusal) => new(null, null, $"{refusal.Code}: {refusal.Sentence}");

    private static Guid? DestroyedKey(StoredEvent stored)
    {
        try
        {
            return EventCatalogue.TryFind(stored.Type, out var type) && type.ClrType == typeof(SubjectKeyDestroyed)
                ? (type.Decode(stored.Data.Span) as SubjectKeyDestroyed)?.KeyId
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What an auditor goes by; none of it may come from the log that he looks at.</summary>
/// <param name="Keys">The log's keys.</param>
/// <param name="Witnesses">The witnesses whose cosignatures count.</param>
/// <param name="Quorum">How many of them must have cosigned the newest checkpoint.</param>
/// <param name="Pinned">Checkpoints that he kept, as signed notes.</param>
public sealed record AuditTrust(
    IReadOnlyList<LogKey> Keys, IReadOnlyList<WitnessKey> Witnesses, int Quorum, IReadOnlyList<byte[]> Pinned);

/// <param name="Checkpoint">The newest, whether or not its signature is good; null where there is none.</param>
/// <param name="Unsealed">Events behind the last leaf, of which nothing is proved.</param>
public sealed record AuditReport(
    string? Origin, Checkpoint? Checkpoint, ulong Leaves, ulong Unsealed, IReadOnlyList<LogCheck> Checks)
{
    public bool IsWhole => Checks.All(check => check.First is null);

    internal static AuditReport Without(string sentence) =>
        new(null, null, 0, 0, [new LogCheck(AuditCheckNames.Signature, 1, 1, new LogFinding(null, null, sentence))]);
}

/// <summary>The checks beside those of <see cref="LogCheckNames"/>.</summary>
internal static class AuditCheckNames
{
    /// <summary>A trusted key, and enough trusted witnesses, signed the newest checkpoint.</summary>
    public const string Signature = "checkpoint.signature";

    /// <summary>A trusted key signed every checkpoint that was kept.</summary>
    public const string PinnedSignature = "pinned.signature";

    /// <summary>Every older checkpoint that lies beside the log is signed, and has its root at its size.</summary>
    public const string Older = "checkpoint.older";

    /// <summary>Every tile holds the hashes that the leaves give.</summary>
    public const string Tile = "tile";
}
