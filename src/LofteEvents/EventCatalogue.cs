using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using LofteEvents.Schemas;
using LofteEvents.Subjects;

namespace LofteEvents;

/// <summary>
/// Every event that this version knows. The stored names are pinned here and in the golden files: renaming a class changes no
/// stored byte. An old version of an event, should there be one, is brought up to the new shape in <see cref="Decode"/>, and
/// nowhere else.
/// </summary>
public static class EventCatalogue
{
    private const string Publisher = "publisher";
    private const string Coordinator = "coordinator";
    private const string Evaluator = "evaluator";

    /// <summary>In the order of the interface's table; what nothing decides yet is not in it.</summary>
    public static IReadOnlyList<EventType> All { get; } =
    [
        new("lofte.given.v1", "lofte", Coordinator, EventsJson.Default.LofteGiven),
        new("lofte.amended.v1", "lofte", Coordinator, EventsJson.Default.LofteAmended),
        new("lofte.prolonged.v1", "lofte", Coordinator, EventsJson.Default.LofteProlonged),
        new("lofte.ended.v1", "lofte", Coordinator, EventsJson.Default.LofteEnded),
        new("commitment.hindered.v1", "lofte", Coordinator, EventsJson.Default.CommitmentHindered),
        new("commitment.assessed.v1", "lofte", Evaluator, EventsJson.Default.CommitmentAssessed),
        new("deliverable.completed.v1", "lofte", Publisher, EventsJson.Default.DeliverableCompleted),
        new("deliverable.postponed.v1", "lofte", Publisher, EventsJson.Default.DeliverablePostponed),
        new("deliverable.voided.v1", "lofte", Publisher, EventsJson.Default.DeliverableVoided),
        new("feedback.given.v1", "lofte", Coordinator, EventsJson.Default.FeedbackGiven),
        new("insats.planned.v1", "insats", Publisher, EventsJson.Default.InsatsPlanned),
        new("insats.carried-out.v1", "insats", Publisher, EventsJson.Default.InsatsCarriedOut),
        new("insats.cancelled.v1", "insats", Publisher, EventsJson.Default.InsatsCancelled),
        new("insats.corrected.v1", "insats", Publisher, EventsJson.Default.InsatsCorrected),
        new("insats.voided.v1", "insats", Publisher, EventsJson.Default.InsatsVoided),
        new("insats.youth-encountered.v1", "insats", Publisher, EventsJson.Default.YouthEncountered, mayBeSealed: true),
        new("insats.youth-corrected.v1", "insats", Publisher, EventsJson.Default.YouthCorrected, mayBeSealed: true),
        new("forum.established.v1", "forum", Publisher, EventsJson.Default.ForumEstablished),
        new("forum.meeting-held.v1", "forum", Publisher, EventsJson.Default.MeetingHeld),
        new("forum.meeting-corrected.v1", "forum", Publisher, EventsJson.Default.MeetingCorrected),
        new("forum.meeting-voided.v1", "forum", Publisher, EventsJson.Default.MeetingVoided),
        new("forum.activity-agreed.v1", "forum", Publisher, EventsJson.Default.ActivityAgreed),
        new("forum.activity-completed.v1", "forum", Publisher, EventsJson.Default.ActivityCompleted),
        new("request.received.v1", "request", Publisher, EventsJson.Default.RequestReceived),
        new("request.answered.v1", "request", Publisher, EventsJson.Default.RequestAnswered),
        new("request.voided.v1", "request", Publisher, EventsJson.Default.RequestVoided),
        new("indicator.measured.v1", "indicator", Publisher, EventsJson.Default.IndicatorMeasured),
        new("indicator.voided.v1", "indicator", Publisher, EventsJson.Default.IndicatorVoided),
        new("evaluation.opened.v1", "evaluation", Evaluator, EventsJson.Default.EvaluationOpened),
        new("evaluation.finalized.v1", "evaluation", Evaluator, EventsJson.Default.EvaluationFinalized),
        new("notice.opened.v1", "notice", null, EventsJson.Default.NoticeOpened),
        new("notice.decided.v1", "notice", null, EventsJson.Default.NoticeDecided),
        new("notice.attempted.v1", "notice", null, EventsJson.Default.NoticeAttempted),
        new("notice.delivered.v1", "notice", null, EventsJson.Default.NoticeDelivered),
        new("notice.failed.v1", "notice", null, EventsJson.Default.NoticeFailed),
        new("notice.acknowledged.v1", "notice", null, EventsJson.Default.NoticeAcknowledged),
        new("notice.reopened.v1", "notice", null, EventsJson.Default.NoticeReopened),
        new("notice.closed.v1", "notice", null, EventsJson.Default.NoticeClosed),
        new("subject.key-created.v1", Subject.StreamPrefix, null, EventsJson.Default.SubjectKeyCreated),
        new("subject.key-destroyed.v1", Subject.StreamPrefix, null, EventsJson.Default.SubjectKeyDestroyed),
        new("access.read.v1", Subject.StreamPrefix, null, EventsJson.Default.AccessRead),
        new("log.continued.v1", "log", null, EventsJson.Default.LogContinued),
    ];

    private static readonly FrozenDictionary<string, EventType> ByName =
        All.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, EventType> ByClrType = All.ToFrozenDictionary(type => type.ClrType);

    public static bool TryFind(string storedName, [NotNullWhen(true)] out EventType? type) =>
        ByName.TryGetValue(storedName, out type);

    /// <summary>The type whose name is spelt most like a word; null where none is near it.</summary>
    public static EventType? Nearest(string word)
    {
        var nearest = All.MinBy(type => Spelling.Steps(word, type.Name));
        return nearest is not null && Spelling.Steps(word, nearest.Name) <= Math.Max(3, word.Length / 3) ? nearest : null;
    }

    /// <summary>The stored kind of an event at hand.</summary>
    public static EventType Of(DomainEvent said) => ByClrType[said.GetType()];

    /// <exception cref="UnknownEventTypeException">A newer version of the program wrote it.</exception>
    public static DomainEvent Decode(StoredEvent stored) =>
        ByName.TryGetValue(stored.Type, out var type)
            ? type.Decode(stored.Data.Span)
            : throw new UnknownEventTypeException(stored.Type, stored.Position);

    /// <summary>A stored row with its payload read and its two times.</summary>
    public static Recorded<DomainEvent> ToRecorded(StoredEvent stored)
    {
        var headers = EventHeaders.FromJson(stored.Headers.Span);
        return new(
            stored.Position, stored.Id, stored.Stream, stored.Version, Decode(stored), headers.Time ?? stored.RecordedAt,
            stored.RecordedAt, headers.Imported ?? false);
    }
}

/// <summary>The log holds an event that this version does not know; nothing that needs it can go on.</summary>
public sealed class UnknownEventTypeException(string storedName, long position)
    : Exception($"Event {position} is a {storedName}, which this version does not know: "
        + "run the version that wrote it, or a newer one.")
{
    public string StoredName { get; } = storedName;

    public long Position { get; } = position;
}
