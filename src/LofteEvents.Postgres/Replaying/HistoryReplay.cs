using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;
using Npgsql;

namespace LofteEvents.Postgres.Replaying;

/// <summary>
/// Folds a whole history anew and holds what comes of it against what the projections keep, at the position at which they keep
/// it: the documents <see cref="LofteStatus"/> and <see cref="LofteOverview"/> and every version of every counted fact.
/// </summary>
/// <param name="dataSource">Only read, in short statements, so that the server goes on beside it.</param>
/// <param name="areas">The areas of the deployment, as the projections fold with them.</param>
public sealed class HistoryReplay(NpgsqlDataSource dataSource, IEventStore store, Areas areas)
{
    // So many facts, at least, are compared in one go.
    private const int FactsAtATime = 2_000;

    private readonly LiveFacts _liveFacts = new(dataSource);

    /// <param name="history">What to fold; null for the log of the database.</param>
    /// <param name="asOf">Compares what is answered of this position; null for the live documents.</param>
    /// <param name="folded">Told now and then how many events have been folded.</param>
    /// <exception cref="ReplayBeyondProjectionException">A projection has not come to the position that is asked for.</exception>
    /// <exception cref="UnknownEventTypeException">A newer version of the program wrote an event.</exception>
    public async Task<ReplayResult> RunAsync(
        ReplayHistory? history, long? asOf, IProgress<long>? folded, CancellationToken cancellationToken)
    {
        history ??= StoredHistory.Of(dataSource);
        var live = await LiveDocuments.ReadAsync(dataSource, cancellationToken);
        var (status, overview) = asOf is { } position ? (position, position) : (live.StatusPosition, live.OverviewPosition);
        ReplayBeyondProjectionException.ThrowIf(asOf, live);

        var tally = new ReplayTally(folded);
        var loften = new FoldedLoften(status, overview);
        await foreach (var stored in history.OfLoften(Math.Max(status, overview), cancellationToken))
        {
            loften.Add(stored);
            tally.FoldedOne();
        }

        loften.BeginCounting();
        await FoldFactsAsync(history, status, loften, tally, cancellationToken);
        await LookForForeignFactsAsync(status, tally, cancellationToken);
        if (asOf is { } past)
        {
            live = await live.AsOfAsync(past, new LofteReads(dataSource, store), loften.Statuses.Keys, cancellationToken);
        }

        tally.Compare(ProjectionNames.LofteStatus, loften.Statuses, live.Statuses, LofteJson.Default.LofteStatus);
        tally.Compare(ProjectionNames.LofteOverview, loften.Overviews, live.Overviews, LofteJson.Default.LofteOverview);
        return tally.Result(status, overview, loften.Statuses.Count, loften.Overviews.Count);
    }

    private async Task FoldFactsAsync(
        ReplayHistory history, long upTo, FoldedLoften loften, ReplayTally tally, CancellationToken cancellationToken)
    {
        var open = new Dictionary<string, FoldedFacts>(StringComparer.Ordinal);
        var waiting = 0;
        string? current = null;
        await foreach (var stored in history.OfOthers(upTo, cancellationToken))
        {
            tally.FoldedOne();
            if (history.StreamByStream && waiting >= FactsAtATime && stored.Stream != current)
            {
                await CloseAsync(open, upTo, loften, tally, cancellationToken);
                waiting = 0;
            }

            current = stored.Stream;
            if (EventRows.IsTombstone(stored))
            {
                continue;
            }

            var facts = open.TryGetValue(stored.Stream, out var known)
                ? known
                : open[stored.Stream] = new FoldedFacts(stored.Stream, areas);
            facts.Add(stored);
            waiting++;
        }

        await CloseAsync(open, upTo, loften, tally, cancellationToken);
    }

    /// <summary>Streams whose end has been seen: what is in force is counted, and every version is compared.</summary>
    private async Task CloseAsync(
        Dictionary<string, FoldedFacts> open,
        long upTo,
        FoldedLoften loften,
        ReplayTally tally,
        CancellationToken cancellationToken)
    {
        foreach (var some in open.Values.Chunk(FactsAtATime))
        {
            var rows = await _liveFacts.ReadAsync([.. some.Select(facts => facts.Stream)], upTo, cancellationToken);
            foreach (var version in some.SelectMany(facts => facts.Versions))
            {
                if (version.SupersededBy is null)
                {
                    loften.Count(version.Fact);
                }

                tally.Compare(version, rows);
            }

            foreach (var (key, row) in rows)
            {
                tally.OnlyLive(key, row);
            }
        }

        open.Clear();
    }

    /// <summary>Rows of streams that the history does not have are in no comparison; that they are there shows in the
    /// number.</summary>
    private async Task LookForForeignFactsAsync(long upTo, ReplayTally tally, CancellationToken cancellationToken)
    {
        var rows = await _liveFacts.CountAsync(upTo, cancellationToken);
        if (rows == tally.RowsSeen)
        {
            return;
        }

        var foreign = await _liveFacts.WithoutEventAsync(upTo, cancellationToken);
        foreach (var (key, row) in foreign)
        {
            tally.OnlyLive(key, row);
        }

        if (rows != tally.RowsSeen)
        {
            tally.OtherNumber(rows);
        }
    }
}

/// <summary>A projection has not come as far as a replay is to go.</summary>
public sealed class ReplayBeyondProjectionException(string projection, long asked, long reached)
    : Exception($"{projection} has applied the log up to position {reached} and not up to {asked}: "
        + "replay an earlier position, or wait until it has caught up.")
{
    internal static void ThrowIf(long? asOf, LiveDocuments live)
    {
        if (asOf > live.StatusPosition)
        {
            throw new ReplayBeyondProjectionException(ProjectionNames.LofteStatus, asOf.Value, live.StatusPosition);
        }

        if (asOf > live.OverviewPosition)
        {
            throw new ReplayBeyondProjectionException(ProjectionNames.LofteOverview, asOf.Value, live.OverviewPosition);
        }
    }
}
