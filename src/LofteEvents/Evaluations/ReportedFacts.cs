using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>Folds a history to every version of every fact, as the table of counted facts holds them.</summary>
public static class ReportedFacts
{
    /// <param name="history">Events of any streams in order of position.</param>
    /// <returns>A version when it has ended, and those in force last.</returns>
    public static IEnumerable<ReportedFact> Of(IEnumerable<(Recorded<DomainEvent> Happened, string? Actor)> history, Areas areas)
    {
        var inForce = new Dictionary<(string Stream, string Item), ReportedFact>();
        foreach (var (happened, actor) in history)
        {
            var current = Facts.Items(happened.Event)
                .Select(item => inForce.GetValueOrDefault((happened.Stream, item))?.Fact)
                .OfType<CountedFact>()
                .ToList();
            foreach (var change in Facts.Changes(current, happened, areas))
            {
                var cause = Cause(happened, actor);
                if (change.Superseded is { } gone && inForce.Remove((gone.Stream, gone.Item), out var ended))
                    yield return ended with { Ended = cause };
                if (change.Established is { } fact)
                    inForce[(fact.Stream, fact.Item)] = new ReportedFact(fact, cause, null);
            }
        }

        foreach (var version in inForce.Values)
            yield return version;
    }

    private static FactCause Cause(Recorded<DomainEvent> happened, string? actor) =>
        new(happened.Position, EventCatalogue.Of(happened.Event).Name, happened.RecordedAt, ReasonOf(happened.Event), actor);

    private static string? ReasonOf(DomainEvent happened) => happened switch
    {
        Insatser.InsatsCorrected corrected => corrected.Reason,
        Insatser.InsatsVoided voided => voided.Reason,
        Insatser.InsatsCancelled cancelled => cancelled.Reason,
        Forums.MeetingCorrected corrected => corrected.Reason,
        Forums.MeetingVoided voided => voided.Reason,
        Requests.RequestVoided voided => voided.Reason,
        Indicators.IndicatorVoided voided => voided.Reason,
        _ => null,
    };
}
