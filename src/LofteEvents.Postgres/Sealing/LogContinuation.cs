using System.Security.Cryptography;
using System.Text;
using LofteEvents.Log;
using Npgsql;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// What an authority does openly when the sealer cannot go on: sealed events were lost, or its memory was. The log gets the next
/// incarnation's name, the loss is an event of the log, and everything that is still there is sealed anew under that name. And
/// the rotation of its key, which needs no new name.
/// </summary>
/// <param name="owner">May empty the tables in which the log is published.</param>
public sealed class LogContinuation(NpgsqlDataSource owner, IEventStore store, LogFolder folder)
{
    private const string Stream = "log";

    /// <summary>What continuing would do.</summary>
    /// <returns>The plan, or why there is none.</returns>
    public async Task<(ContinuationPlan? Plan, string? Refusal)> PlanAsync(CancellationToken cancellationToken)
    {
        await using var held = await SealerLock.TryTakeAsync(owner, cancellationToken);
        return held is null ? (null, Busy) : await PlanAsync(held.Connection, cancellationToken);
    }

    /// <summary>Continues the log. Safe to repeat when it broke off: the event is recorded once.</summary>
    /// <param name="reason">Recorded for ever: it must name no private person.</param>
    public async Task<(ContinuationPlan? Plan, string? Refusal)> RunAsync(string reason, CancellationToken cancellationToken)
    {
        await using var held = await SealerLock.TryTakeAsync(owner, cancellationToken);
        if (held is null)
        {
            return (null, Busy);
        }

        var (plan, refusal) = await PlanAsync(held.Connection, cancellationToken);
        if (plan is null)
        {
            return (null, refusal);
        }

        await RecordAsync(plan, reason, cancellationToken);
        await using (var empty = new NpgsqlCommand("TRUNCATE lofte.log_leaf, lofte.log_tile", held.Connection))
        {
            await empty.ExecuteNonQueryAsync(cancellationToken);
        }

        folder.Make();
        if (!File.Exists(folder.KeyFile))
        {
            (await LogKeyFile.MakeAsync(folder.KeyFile, cancellationToken)).Dispose();
        }

        await SealerState.New(plan.Origin).WriteAsync(folder, cancellationToken);
        File.Delete(folder.AlarmFile);
        return (plan, null);
    }

    /// <summary>
    /// Makes a new key. Until the old one is taken away by hand, checkpoints are signed by both, so that whoever has only the old
    /// line can follow.
    /// </summary>
    /// <returns>Where the old key lies until then; null with a refusal.</returns>
    public async Task<(string? Before, string? Refusal)> RotateKeyAsync(CancellationToken cancellationToken)
    {
        await using var held = await SealerLock.TryTakeAsync(owner, cancellationToken);
        if (held is null)
        {
            return (null, Busy);
        }

        if (await SealerState.ReadAsync(folder, cancellationToken) is null)
        {
            return (null, $"There is no log at {folder.Root} whose key could be rotated.");
        }

        if (File.Exists(folder.KeyFile))
        {
            if (File.Exists(folder.KeyBeforeFile))
            {
                return (null, $"A rotation is under way: take {folder.KeyBeforeFile} away when auditors have the new line.");
            }

            File.Move(folder.KeyFile, folder.KeyBeforeFile);
        }

        (await LogKeyFile.MakeAsync(folder.KeyFile, cancellationToken)).Dispose();
        return (folder.KeyBeforeFile, null);
    }

    private const string Busy = "A sealer is at work on this database: stop the server first.";

    private async Task<(ContinuationPlan?, string?)> PlanAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var published = await LogTables.PublishedAsync(connection, cancellationToken);
        var state = await StateAsync(cancellationToken);
        var newest = SignedNote.TryParse(published.Note, out var note, out _)
            && Checkpoint.TryParse(note.Text, out var read, out _) ? read : null;
        var before = newest is null || (state is not null && IsLater(state, published)) ? state?.Checkpoint : newest;
        if (before is null || !LogOrigin.TryParse(before.Origin, out var origin))
        {
            return (null, "There is no sealed log here that could be continued: the server begins one by itself.");
        }

        await using var command = new NpgsqlCommand(
            "SELECT count(*), coalesce(max(seq_id), 0) FROM lofte.mt_events WHERE type <> 'log.continued.v1'", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (new ContinuationPlan(origin.Next, before, reader.GetInt64(0), reader.GetInt64(1)), null);
    }

    private static bool IsLater(SealerState state, Published published) =>
        (state.Origin.Incarnation, state.Size).CompareTo((published.Incarnation, published.Size)) >= 0;

    private async Task<SealerState?> StateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SealerState.ReadAsync(folder, cancellationToken);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private async Task RecordAsync(ContinuationPlan plan, string reason, CancellationToken cancellationToken)
    {
        var said = new LogContinued(
            plan.Origin.ToString(),
            plan.Before.Origin,
            (long)plan.Before.Size,
            plan.Before.Root.ToBase64(),
            plan.Kept,
            plan.Position,
            reason);
        var origin = Encoding.UTF8.GetBytes(said.Origin);
        var request = new AppendRequest(
        [
            new StreamAppend(
                Stream,
                null,
                [
                    new NewEvent(
                        EventId.From("urn:lofte:log", said.Origin),
                        "log.continued.v1",
                        EventCatalogue.Of(said).Encode(said),
                        new EventHeaders("urn:lofte:log", said.Origin, null, null).ToJson(),
                        Fingerprint: SHA256.HashData(origin)),
                ]),
        ]);
        await store.AppendAsync(request, cancellationToken);
    }
}

/// <param name="Origin">The new name.</param>
/// <param name="Before">The newest known checkpoint of the old one.</param>
/// <param name="Kept">How many events are still there.</param>
/// <param name="Position">The last of them.</param>
public sealed record ContinuationPlan(LogOrigin Origin, Checkpoint Before, long Kept, long Position);
