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

    /// <param name="history">What to fold; null for the log of the database. One that ends before the projections do is compared
    /// with what is answered of its end.</param>
    /// <param name="asOf">Compares what is answered of this position; null for the live documents.</param>
    /// <param name="folded">Told now and then how many events have been folded.</param>
    /// <exception cref="ReplayBeyondException">A projection, or the history, has not come to the position that is asked
    /// for.</exception>
    /// <exception cref="UnknownEventTypeException">A newer version of the program wrote an event.</exception>
    public async Task<ReplayResult> RunAsync(
        ReplayHistory? history, long? asOf, IProgress<long>? folded, CancellationToken cancellationToken)
    {
        history ??= StoredHistory.Of(dataSource);
        var live = await LiveDocuments.ReadAsync(dataSource, cancellationToken);
        if (history.EndAsync is { } endAsync && await endAsync(cancellationToken) is var end)
        {
            ReplayBeyondException.ThrowIf("The history that is folded", asOf, end);
            asOf ??= end < Math.Max(Math.Max(live.StatusPosition, live.OverviewPosition), live.NoticePosition) ? end : null;
        }

        ReplayBeyondException.ThrowIf(ProjectionNames.LofteStatus, asOf, live.StatusPosition);
        ReplayBeyondException.ThrowIf(ProjectionNames.LofteOverview, asOf, live.OverviewPosition);
        var at = asOf is { } position
            ? new ReplayPositions(position, position, null)
            : new ReplayPositions(live.StatusPosition, live.OverviewPosition, live.NoticePosition);
        var tally = new ReplayTally(folded);
        var loften = new FoldedLoften(at.LofteStatus, at.LofteOverview);
        await foreach (var stored in history.OfLoften(Math.Max(at.LofteStatus, at.LofteOverview), cancellationToken))
        {
            loften.Add(stored);
            tally.FoldedOne();
        }

        loften.BeginCounting();
        var notices = new FoldedNotices(dataSource, at.NoticeOverview ?? 0, tally);
        await FoldOthersAsync(history, at, loften, notices, tally, cancellationToken);
        await LookForForeignAsync(at, notices, tally, cancellationToken);
        if (asOf is { } past)
        {
            live = await live.AsOfAsync(past, new LofteReads(dataSource, store), loften.Statuses.Keys, cancellationToken);
        }

        tally.Compare(ProjectionNames.LofteStatus, loften.Statuses, live.Statuses, LofteJson.Default.LofteStatus);
        tally.Compare(ProjectionNames.LofteOverview, loften.Overviews, live.Overviews, LofteJson.Default.LofteOverview);
        return tally.Result(at, loften.Statuses.Count, loften.Overviews.Count, notices.Count);
    }

    private async Task FoldOthersAsync(
        ReplayHistory history,
        ReplayPositions at,
        FoldedLoften loften,
        FoldedNotices notices,
        ReplayTally tally,
        CancellationToken cancellationToken)
    {
        var open = new Dictionary<string, FoldedFacts>(StringComparer.Ordinal);
        var waiting = 0;
        string? current = null;
        var upTo = Math.Max(at.LofteStatus, at.NoticeOverview ?? 0);
        await foreach (var stored in history.OfOthers(upTo, cancellationToken))
        {
            tally.FoldedOne();
            if (history.StreamByStream && waiting >= FactsAtATime && stored.Stream != current)
            {
                await CloseAsync(open, at.LofteStatus, loften, tally, cancellationToken);
                await notices.CloseAsync(cancellationToken);
                waiting = 0;
            }

            current = stored.Stream;
            waiting++;
            if (FoldedNotices.IsOf(stored))
            {
                notices.Add(stored);
            }
            else if (stored.Position <= at.LofteStatus && !EventRows.IsTombstone(stored))
            {
                var facts = open.TryGetValue(stored.Stream, out var known)
                    ? known
                    : open[stored.Stream] = new FoldedFacts(stored.Stream, areas);
                facts.Add(stored);
            }
        }

        await CloseAsync(open, at.LofteStatus, loften, tally, cancellationToken);
        await notices.CloseAsync(cancellationToken);
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
    private async Task LookForForeignAsync(
        ReplayPositions at, FoldedNotices notices, ReplayTally tally, CancellationToken cancellationToken)
    {
        var rows = await _liveFacts.CountAsync(at.LofteStatus, cancellationToken);
        if (rows != tally.RowsSeen)
        {
            foreach (var (key, row) in await _liveFacts.WithoutEventAsync(at.LofteStatus, cancellationToken))
            {
                tally.OnlyLive(key, row);
            }

            if (rows != tally.RowsSeen)
            {
                tally.OtherNumberOfFacts(rows);
            }
        }

        if (at.NoticeOverview is not null)
        {
            await notices.LookForForeignAsync(cancellationToken);
        }
    }
}

/// <summary>What is asked for lies beyond what a projection, or the history, has come to.</summary>
public sealed class ReplayBeyondException(string what, long asked, long reached)
    : Exception($"{what} goes up to position {reached} and not up to {asked}: replay an earlier position, or wait.")
{
    internal static void ThrowIf(string what, long? asked, long reached)
    {
        if (asked > reached)
        {
            throw new ReplayBeyondException(what, asked.Value, reached);
        }
    }
}
