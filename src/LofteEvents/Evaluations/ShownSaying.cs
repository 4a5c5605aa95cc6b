using LofteEvents.Forums;
using LofteEvents.Insatser;

namespace LofteEvents.Evaluations;

/// <summary>What an event that a report shows says of itself, with what only the events before it know.</summary>
/// <param name="Forum">The forum's name, where it is a forum's event.</param>
/// <param name="Activity">What was agreed on, where it completes an activity.</param>
public sealed record ShownSaying(DomainEvent Said, string? Forum = null, string? Activity = null)
{
    internal string? Title => Said switch
    {
        InsatsFacts facts => facts.Title,
        MeetingReport => Forum,
        ActivityAgreed agreed => agreed.What,
        ActivityCompleted => Activity,
        _ => null,
    };

    internal ShownNumber? Minors => Said is InsatsReport { MinorsEncountered: { } minors } ? new ShownNumber(minors) : null;

    internal IReadOnlyList<ShownResult> Results =>
    [
        .. ((Said as InsatsReport)?.Results ?? new Dictionary<string, long>())
            .OrderBy(result => result.Key, StringComparer.Ordinal)
            .Select(result => new ShownResult(result.Key, new ShownNumber(result.Value))),
    ];

    internal bool IsCorrection => Said is InsatsCorrected or MeetingCorrected;
}
