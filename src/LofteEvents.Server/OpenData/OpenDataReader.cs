using LofteEvents.Evaluations;
using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Evaluations;
using LofteEvents.Server.Loften;

namespace LofteEvents.Server.OpenData;

/// <summary>Reads many promises at once, each as it stands today.</summary>
internal sealed class OpenDataReader(
    LofteReads loften,
    StatusReader statuses,
    EvaluationReader evaluations,
    ProjectionPositions positions,
    IEventStore store,
    TimeProvider clock)
{
    /// <summary>Promises of one answer: beyond it the oldest terms are left out.</summary>
    private const int MostLoften = 1_000;

    /// <summary>Evaluations are worked out one by one.</summary>
    private const int MostEvaluations = 100;

    private const int MostNews = 50;

    /// <summary>Of the newest promises: how many of each one's evaluations the feed looks for.</summary>
    private const int MostEvaluationsOfLofte = 10;

    private const int PageLoften = 100;

    private static readonly PositionAsked s_live = new((long?)null);

    /// <summary>The newest term first.</summary>
    public async Task<IReadOnlyList<LofteOverview>> LoftenAsync(CancellationToken cancellationToken)
    {
        var found = new List<LofteOverview>();
        while (found.Count < MostLoften)
        {
            var (page, _) = await loften.ListAsync(PageLoften, found.Count, cancellationToken);
            found.AddRange(page);
            if (page.Count < PageLoften)
            {
                break;
            }
        }

        return found;
    }

    public async Task<IReadOnlyList<StatusAnswer>> StatusAsync(int year, CancellationToken cancellationToken)
    {
        var answers = new List<StatusAnswer>();
        foreach (var lofte in await OfYearAsync(year, cancellationToken))
        {
            if (await statuses.ReadAsync(lofte.Id, s_live, Today, cancellationToken) is { } status)
            {
                answers.Add(status.Answer);
            }
        }

        return answers;
    }

    public async Task<IReadOnlyList<PublishedEvaluation>> EvaluationsAsync(int year, CancellationToken cancellationToken)
    {
        var position = positions.Current(ProjectionNames.LofteStatus);
        var at = new EvaluationPoint(position, await loften.RecordedAtAsync(position, cancellationToken), Today);
        var found = new List<PublishedEvaluation>();
        foreach (var lofte in (await OfYearAsync(year, cancellationToken)).Take(MostEvaluations))
        {
            if (await evaluations.ReadAsync(lofte.Id, at, cancellationToken) is { } evaluation)
            {
                found.Add(evaluation);
            }
        }

        return found;
    }

    /// <summary>What is new about the newest promises, the newest first.</summary>
    public async Task<IReadOnlyList<News>> NewsAsync(CancellationToken cancellationToken)
    {
        var (newest, _) = await loften.ListAsync(MostNews, 0, cancellationToken);
        var streams = newest
            .SelectMany(lofte => Enumerable.Range(1, MostEvaluationsOfLofte)
                .Select(number => (Lofte: lofte, Stream: EvaluationId.Stream(lofte.Id, number))))
            .ToList();
        var stored = await store.LoadAsync([], [.. streams.Select(one => one.Stream)], cancellationToken);
        var evaluated =
            from one in streams
            from happened in stored.Streams[one.Stream]
            select new News(
                $"urn:uuid:{happened.Id}",
                one.Lofte,
                happened.Type == "evaluation.finalized.v1" ? NewsWhat.Finalized : NewsWhat.Opened,
                happened.RecordedAt);
        return
        [
            .. newest.Select(lofte => new News($"urn:lofte:given:{lofte.Id}", lofte, NewsWhat.Given, lofte.GivenAt))
                .Concat(evaluated)
                .OrderByDescending(news => news.At)
                .ThenBy(news => news.Id, StringComparer.Ordinal)
                .Take(MostNews),
        ];
    }

    private DateOnly Today => Stockholm.DayOf(clock.GetUtcNow());

    private async Task<IEnumerable<LofteOverview>> OfYearAsync(int year, CancellationToken cancellationToken) =>
        (await LoftenAsync(cancellationToken))
            .Where(lofte => lofte.Term.From.Year == year)
            .OrderBy(lofte => lofte.Id, StringComparer.Ordinal);
}

/// <param name="Id">A URI that stays the same.</param>
internal sealed record News(string Id, LofteOverview Lofte, NewsWhat What, DateTimeOffset At);

internal enum NewsWhat
{
    Given,
    Opened,
    Finalized,
}
