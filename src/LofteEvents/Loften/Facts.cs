using LofteEvents.Forums;
using LofteEvents.Indicators;
using LofteEvents.Insatser;
using LofteEvents.Requests;

namespace LofteEvents.Loften;

/// <summary>What an event changes among the facts: a version is superseded, another takes its place, or both.</summary>
/// <param name="Superseded">The version that no longer holds from this event on; null where there was none.</param>
/// <param name="Established">The version that holds from this event on; null where the thing no longer counts.</param>
public sealed record FactChange(CountedFact? Superseded, CountedFact? Established);

/// <summary>Folds the events of a stream to the facts that can be counted.</summary>
public static class Facts
{
    /// <summary>
    /// The items of the event's stream that <see cref="Changes"/> must be given, where they exist. Empty for an event that says
    /// nothing countable.
    /// </summary>
    public static IReadOnlyList<string> Items(DomainEvent happened) => happened switch
    {
        InsatsEvent => [InsatsFact.Item, InsatsFact.Plan],
        ForumEstablished => [ForumFact.Item],
        MeetingReport meeting => [ForumFact.Item, ForumFact.Meeting(meeting.Meeting)],
        MeetingVoided voided => [ForumFact.Meeting(voided.Meeting)],
        ActivityAgreed agreed => [ForumFact.Item, ForumFact.Activity(agreed.Activity)],
        ActivityCompleted completed => [ForumFact.Activity(completed.Activity)],
        RequestEvent => [RequestFact.Item],
        IndicatorMeasured measured => [MeasurementFact.Item(measured.Measurement)],
        IndicatorVoided voided => [MeasurementFact.Item(voided.Measurement)],
        _ => [],
    };

    /// <param name="current">The facts now in force of the event's stream, at least those that <see cref="Items"/> names.</param>
    /// <returns>At most one change per item; what was superseded before what was established by the same event.</returns>
    public static IReadOnlyList<FactChange> Changes(
        IReadOnlyList<CountedFact> current, Recorded<DomainEvent> happened, Areas areas) => happened.Event switch
    {
        InsatsEvent => InsatsFact.Changes(current, happened, areas),
        ForumEvent => ForumFact.Changes(current, happened, areas),
        RequestEvent => RequestFact.Changes(current, happened, areas),
        IndicatorEvent => MeasurementFact.Changes(current, happened, areas),
        _ => [],
    };

    /// <summary>The facts in force after a whole history, of one stream or of many, in order of position.</summary>
    public static IReadOnlyList<CountedFact> Of(IEnumerable<Recorded<DomainEvent>> history, Areas areas)
    {
        var inForce = new Dictionary<(string Stream, string Item), CountedFact>();
        foreach (var happened in history)
        {
            var current = Items(happened.Event)
                .Select(item => inForce.GetValueOrDefault((happened.Stream, item)))
                .OfType<CountedFact>()
                .ToList();
            foreach (var change in Changes(current, happened, areas))
            {
                if (change.Superseded is { } superseded)
                    inForce.Remove((superseded.Stream, superseded.Item));
                if (change.Established is { } established)
                    inForce[(established.Stream, established.Item)] = established;
            }
        }

        return [.. inForce.Values.OrderBy(fact => fact.Position).ThenBy(fact => fact.Item, StringComparer.Ordinal)];
    }

    internal static CountedFact? Find(this IReadOnlyList<CountedFact> current, string item) =>
        current.FirstOrDefault(fact => fact.Item == item);

    internal static IReadOnlyList<FactChange> Replaced(CountedFact? superseded, CountedFact? established) =>
        superseded is null && established is null ? [] : [new FactChange(superseded, established)];
}
