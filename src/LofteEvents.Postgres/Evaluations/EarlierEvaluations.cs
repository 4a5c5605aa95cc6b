using LofteEvents.Evaluations;
using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;

namespace LofteEvents.Postgres.Evaluations;

/// <summary>Reads the evaluations of a promise that somebody opened, and holds the finalised ones against the log.</summary>
/// <param name="report">Tells the report of the promise for a position and a day; null where there is none.</param>
internal sealed class EarlierEvaluations(
    IEventStore store, LofteReads loften, Func<EvaluationPoint, CancellationToken, Task<ToldReport?>> report)
{
    public async Task<IReadOnlyList<EarlierEvaluation>> ReadAsync(ToldReport now, CancellationToken cancellationToken)
    {
        var lofte = now.Report.Lofte.Id;
        var streams = Enumerable.Range(1, EvaluationId.Most).Select(number => EvaluationId.Stream(lofte, number)).ToList();
        var stored = await store.LoadAsync([], streams, cancellationToken);
        var earlier = new List<EarlierEvaluation>();
        for (var i = 0; i < streams.Count; i++)
        {
            var events = stored.Streams[streams[i]].Where(one => one.Position <= now.Report.At.Position).ToList();
            if (events.Count > 0)
            {
                earlier.Add(await OneAsync(i + 1, events, now, cancellationToken));
            }
        }

        return earlier;
    }

    private async Task<EarlierEvaluation> OneAsync(
        int number, List<StoredEvent> events, ToldReport now, CancellationToken cancellationToken)
    {
        var opened = EventCatalogue.ToRecorded(events[0]);
        var said = (EvaluationOpened)opened.Event;
        var evaluation = CompareEvaluations.Opened(number, opened, said, now.Report.Lofte.Term);
        return events.Count == 1
            ? evaluation
            : evaluation with { Finalized = await FinalAsync(events[1], said.On, now, cancellationToken) };
    }

    private async Task<FinalVerdicts> FinalAsync(
        StoredEvent stored, DateOnly on, ToldReport now, CancellationToken cancellationToken)
    {
        var finalized = EventCatalogue.ToRecorded(stored);
        var said = (EvaluationFinalized)finalized.Event;
        var at = now.Report.At;
        var then = said.Position <= at.Position
            ? await report(
                new(said.Position, await loften.RecordedAtAsync(said.Position, cancellationToken), on), cancellationToken)
            : null;
        var sameDay = on == at.On ? now : await report(at with { On = on }, cancellationToken);
        return CompareEvaluations.Finalized(
            finalized,
            said,
            then?.Report,
            (sameDay ?? now).Report,
            EventHeaders.FromJson(stored.Headers.Span).Actor is { } actor && then is not null
                ? then.Reporters.Contains(actor)
                : null);
    }
}

/// <summary>A report, who published what counted in it, and the definition that it was judged by.</summary>
internal sealed record ToldReport(EvaluationReport Report, IReadOnlySet<string> Reporters, LofteDefinition Definition);
