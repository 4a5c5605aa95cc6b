using System.Data;
using LofteEvents.Log;
using Npgsql;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// One round: what is behind the last sealed event is read in one snapshot together with the last sealed leaves, which must
/// still give the sealed root; the new state goes to the disk, then the checkpoint is signed, then it is published.
/// </summary>
/// <remarks>
/// A sealer that dies on the way has either remembered nothing, and the round is done again, or remembered the new state before
/// anything was signed: then the next round reads the same events, finds the same root or stops, and publishes it.
/// </remarks>
/// <param name="passed">Told of each step when it is done.</param>
internal sealed class SealingRound(
    NpgsqlConnection connection,
    LogFolder folder,
    SealerKeys keys,
    SealerOptions options,
    TimeProvider time,
    Action<SealerStep> passed)
{
    public async Task<RoundOutcome> RunAsync(SealerState state, CancellationToken cancellationToken)
    {
        var published = await LogTables.PublishedAsync(connection, cancellationToken);
        if (Contradiction(state, published) is { } contradiction)
        {
            return new RoundOutcome(state, contradiction, 0);
        }

        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await BeginAsync(state, published, cancellationToken) is not { } tree)
        {
            const string Sentence = "The published tiles are not those of the tree that was sealed.";
            return new RoundOutcome(state, Alarm(SealerAlarms.TreeChanged, Sentence, null), 0);
        }

        if (await GrowAsync(tree, state, cancellationToken) is { } stop)
        {
            return new RoundOutcome(state, stop, 0);
        }

        await snapshot.CommitAsync(cancellationToken);
        if (tree.Size == published.Leaves && published.Incarnation == state.Origin.Incarnation)
        {
            return new RoundOutcome(state, null, 0);
        }

        passed(SealerStep.Hashed);
        var next = new SealerState(state.Origin, tree.Size, tree.Root(), tree.Position, tree.Anchor);
        if (next.Size > state.Size)
        {
            await next.WriteAsync(folder, cancellationToken);
        }

        passed(SealerStep.Persisted);
        var note = keys.Sign(next.Checkpoint);
        passed(SealerStep.Signed);
        await PublishAsync(tree, published.Leaves, next, note, cancellationToken);
        passed(SealerStep.Published);
        return new RoundOutcome(next, null, (int)(tree.Size - published.Leaves));
    }

    /// <summary>What the database publishes against what the state remembers.</summary>
    private SealerAlarm? Contradiction(SealerState state, Published published)
    {
        if (!published.ShowsEveryRow)
        {
            const string Hidden = "The table of events is not shown as it is: a view, a rule, row security or a child table "
                + "stands between it and its readers.";
            return Alarm(SealerAlarms.RowsMissing, Hidden, null);
        }

        var ofThis = published.Incarnation == state.Origin.Incarnation ? published.Size : 0;
        if (published.Leaves > state.Size || published.Incarnation > state.Origin.Incarnation || ofThis > state.Size)
        {
            return Alarm(
                SealerAlarms.StateBehind,
                $"The database shows a log of {Math.Max(published.Leaves, published.Size)} leaves, incarnation "
                + $"{published.Incarnation}; this sealer remembers {state.Size}, incarnation {state.Origin.Incarnation}: its "
                + "state was rolled back, or another sealer sealed with another.",
                published.Position);
        }

        if (ofThis > 0 && ofThis == state.Size
            && !(SignedNote.TryParse(published.Note, out var note, out _) && note.Text == state.Checkpoint.ToText()))
        {
            return Alarm(
                SealerAlarms.TreeChanged,
                $"The published checkpoint of {ofThis} leaves is not the one that was sealed.",
                published.Position);
        }

        return null;
    }

    /// <summary>
    /// The tree from where it must be hashed anew: from the state's own anchor, or, where the sealer died before it published,
    /// from the last published bundle, whose hashes are believed only if they lead to the state's root.
    /// </summary>
    private async Task<GrowingTree?> BeginAsync(SealerState state, Published published, CancellationToken cancellationToken)
    {
        if (published.Leaves >= state.Anchor.Size)
        {
            var known = await LogTables.EdgeAsync(connection, state.Anchor.Size, cancellationToken);
            return GrowingTree.From(state.Anchor, known);
        }

        var size = published.Leaves - (published.Leaves % TilePath.FullWidth);
        var last = size == 0 ? [] : await LogTables.LeavesAsync(connection, size - 1, size, cancellationToken);
        var tiles = await LogTables.EdgeAsync(connection, size, cancellationToken);
        return GrowingTree.AnchorFrom(size, last.Count == 0 ? 0 : last[0].Position, tiles) is { } anchor
            ? GrowingTree.From(anchor, tiles)
            : null;
    }

    private async Task<SealerAlarm?> GrowAsync(GrowingTree tree, SealerState state, CancellationToken cancellationToken)
    {
        var rows = (long)(state.Size - tree.Start.Size) + options.BatchLeaves;
        var end = await LogRows.EndAsync(connection, tree.Start.Position, rows, cancellationToken);
        var isProved = state.Size == tree.Size;
        await foreach (var row in LogRows.ReadAsync(connection, tree.Start.Position, end, cancellationToken))
        {
            if (!Leaf.TryFrom(row.Event, tree.Size, row.Parts, out var leaf, out var fault))
            {
                return isProved
                    ? Alarm(SealerAlarms.Unsealable, $"{fault} Nothing behind it can be sealed.", row.Event.Position)
                    : Alarm(SealerAlarms.RowsChanged, $"A sealed event changed: {fault}", row.Event.Position);
            }

            tree.Append(row.Event.Position, leaf.Encode());
            if (tree.Size == state.Size)
            {
                isProved = tree.Root() == state.Root;
                if (!isProved)
                {
                    break;
                }
            }
        }

        // Asked only when the rows are read to their end: the connection is theirs until then.
        return isProved ? null : await DifferenceAsync(tree, state, cancellationToken);
    }

    /// <summary>Where the rows begin to differ from what was published of them.</summary>
    private async Task<SealerAlarm> DifferenceAsync(GrowingTree tree, SealerState state, CancellationToken cancellationToken)
    {
        var logged = await LogTables.LeavesAsync(connection, tree.Start.Size, state.Size, cancellationToken);
        for (var i = 0; i < logged.Count; i++)
        {
            var found = i < tree.Leaves.Count ? tree.Leaves[i] : null;
            if (found is null || found.Position > logged[i].Position)
            {
                return Alarm(
                    SealerAlarms.RowsMissing, $"The sealed event at position {logged[i].Position} is gone.", logged[i].Position);
            }

            if (found.Position < logged[i].Position)
            {
                return Alarm(
                    SealerAlarms.RowsChanged,
                    $"An event stands at position {found.Position} among sealed ones, and was not there when they were sealed.",
                    found.Position);
            }

            if (!found.Bytes.AsSpan().SequenceEqual(logged[i].Bytes))
            {
                return Alarm(
                    SealerAlarms.RowsChanged, $"The sealed event at position {found.Position} changed.", found.Position);
            }
        }

        return tree.Size < state.Size
            ? Alarm(
                SealerAlarms.RowsMissing,
                $"The database shows {tree.Size} events up to position {tree.Position}; {state.Size} up to position "
                + $"{state.Position} were sealed.",
                tree.Position)
            : Alarm(
                SealerAlarms.TreeChanged,
                $"The events behind position {tree.Start.Position} do not have the root that was sealed.",
                tree.Start.Position);
    }

    private async Task PublishAsync(
        GrowingTree tree, ulong first, SealerState next, byte[] note, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LogTables.PublishAsync(connection, tree, first, next.Origin.Incarnation, note, cancellationToken);
        passed(SealerStep.Written);
        await transaction.CommitAsync(cancellationToken);
    }

    private SealerAlarm Alarm(string code, string sentence, long? position) => new(code, sentence, position, time.GetUtcNow());
}

/// <param name="State">What is sealed now.</param>
/// <param name="Alarm">Why nothing more may be; null where all is well.</param>
/// <param name="Leaves">How many leaves were published.</param>
internal sealed record RoundOutcome(SealerState State, SealerAlarm? Alarm, int Leaves);
