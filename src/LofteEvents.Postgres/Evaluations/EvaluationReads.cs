using System.Runtime.CompilerServices;
using LofteEvents.Evaluations;
using LofteEvents.Forums;
using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;
using Npgsql;

namespace LofteEvents.Postgres.Evaluations;

/// <summary>
/// Reads what an evaluation rests on, up to its position, and folds it. Facts are read as a stream and none is kept, so what it
/// takes does not grow with the number of events.
/// </summary>
public sealed class EvaluationReads(NpgsqlDataSource dataSource, IEventStore store, Areas areas)
{
    /// <summary>Events of one forum, or of one evaluation: thousands mean that something else is wrong.</summary>
    private const int MostEventsOfStream = 10_000;

    private readonly LofteReads _loften = new(dataSource, store);
    private readonly EvidenceReads _evidence = new(dataSource);

    /// <summary>The evaluation of a promise as the history up to a position gives it.</summary>
    /// <param name="at">A position that the projection of counted facts has reached.</param>
    /// <returns>Null where the promise was not given up to that position.</returns>
    public Task<PublishedEvaluation?> ReadAsync(string lofte, EvaluationPoint at, CancellationToken cancellationToken) =>
        PublishAsync(lofte, at, new ReportedFactRows(dataSource).ReadAsync, cancellationToken);

    /// <summary>
    /// The same out of the log itself, for where the projection has not come so far. It keeps every fact that is in force.
    /// </summary>
    public Task<PublishedEvaluation?> ReplayAsync(string lofte, EvaluationPoint at, CancellationToken cancellationToken) =>
        PublishAsync(lofte, at, ReplayedAsync, cancellationToken);

    /// <summary>A draft of the next promise out of the same history.</summary>
    /// <param name="year">In which the next term begins.</param>
    /// <param name="replays">Out of the log itself, as <see cref="ReplayAsync"/> does.</param>
    /// <returns>Null where the promise was not given up to that position.</returns>
    public async Task<PromiseDraft?> DraftAsync(
        string lofte, EvaluationPoint at, int year, bool replays, CancellationToken cancellationToken)
    {
        FactSource facts = replays ? ReplayedAsync : new ReportedFactRows(dataSource).ReadAsync;
        return await ReportAsync(lofte, at, facts, cancellationToken) is { } told
            ? DraftPromise.From(told.Definition, told.Report, year)
            : null;
    }

    private async Task<PublishedEvaluation?> PublishAsync(
        string lofte, EvaluationPoint at, FactSource facts, CancellationToken cancellationToken)
    {
        if (await ReportAsync(lofte, at, facts, cancellationToken) is not { } told)
        {
            return null;
        }

        var earlier = new EarlierEvaluations(store, _loften, (then, cancelled) => ReportAsync(lofte, then, facts, cancelled));
        return PublishedEvaluation.Of(
            told.Report,
            await earlier.ReadAsync(told, cancellationToken),
            await CoveringCheckpoint.FindAsync(dataSource, at.Position, cancellationToken));
    }

    private async Task<ToldReport?> ReportAsync(
        string lofte, EvaluationPoint at, FactSource facts, CancellationToken cancellationToken)
    {
        var ofLofte = await _loften.EventsAsync(lofte, at.Position, cancellationToken);
        if (EvaluationFold.Begin(ofLofte, at) is not { } fold)
        {
            return null;
        }

        await foreach (var version in facts(fold.Needs, at.Position, cancellationToken))
        {
            fold.Add(version);
        }

        var forums = new Dictionary<string, IReadOnlyList<Recorded<DomainEvent>>>(StringComparer.Ordinal);
        foreach (var forum in fold.Forums)
        {
            forums[forum] = await StreamAsync(forum, at.Position, cancellationToken);
        }

        var notices = new NoticeFold(fold, areas);
        await foreach (var ofCase in new NoticeCaseRows(dataSource).ReadAsync(at.Position, cancellationToken))
        {
            notices.Add(ofCase);
        }

        var shown = await ShownAsync(fold.Shown, cancellationToken);
        return new ToldReport(fold.Report(forums, shown, areas, notices.Told()), fold.Reporters, fold.Definition);
    }

    private async Task<IReadOnlyList<Recorded<DomainEvent>>> StreamAsync(
        string stream, long position, CancellationToken cancellationToken)
    {
        var events = new List<Recorded<DomainEvent>>();
        await foreach (var stored in store.ReadStreamAsync(stream, 0, MostEventsOfStream, cancellationToken))
        {
            if (stored.Position > position)
            {
                break;
            }

            events.Add(EventCatalogue.ToRecorded(stored));
        }

        return events;
    }

    private async Task<IReadOnlyDictionary<long, ShownSaying>> ShownAsync(
        IReadOnlySet<long> positions, CancellationToken cancellationToken)
    {
        var events = await _evidence.EventsAsync(positions, cancellationToken);
        return events.ToDictionary(one => one.Key, one => new ShownSaying(
            one.Value.Decode(),
            (Decoded("forum.established.v1", one.Value.Forum) as ForumEstablished)?.Name,
            (Decoded("forum.activity-agreed.v1", one.Value.Agreed) as ActivityAgreed)?.What));
    }

    private static DomainEvent? Decoded(string type, ReadOnlyMemory<byte>? data) =>
        data is { } payload ? EvidenceEvent.Decode(type, payload) : null;

    /// <summary>The whole log, one event after the other: what no filter asks for is passed over.</summary>
    private async IAsyncEnumerable<ReportedFact> ReplayedAsync(
        IReadOnlyList<FactFilter> needs, long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var history = new List<(Recorded<DomainEvent>, string?)>();
        await foreach (var stored in store.ReadAllAsync(0, position, cancellationToken))
        {
            if (stored.Position > position)
            {
                break;
            }

            if (EventCatalogue.ToRecorded(stored) is var happened && Facts.Items(happened.Event).Count > 0)
            {
                history.Add((happened, EventHeaders.FromJson(stored.Headers.Span).Actor));
            }
        }

        foreach (var version in ReportedFacts.Of(history, areas))
        {
            if (needs.Any(need => need.Matches(version.Fact)))
            {
                yield return version;
            }
        }
    }

    private delegate IAsyncEnumerable<ReportedFact> FactSource(
        IReadOnlyList<FactFilter> needs, long position, CancellationToken cancellationToken);
}
