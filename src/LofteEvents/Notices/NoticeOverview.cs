using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LofteEvents.Notices;

/// <summary>
/// A case's line in the list of notices, and what an officer sees of it. Whether it is overdue is not in it: that is a function
/// of <see cref="Deadline"/> and the time at which it is asked. Stored as <c>mt_doc_noticeoverview</c>.
/// </summary>
/// <param name="State">See <see cref="NoticeStage"/>.</param>
/// <param name="Deadline">From when it is overdue; a lapsed postponement and a correction have one of their own.</param>
/// <param name="OpenedAt">When it was opened, first.</param>
/// <param name="ChangedAt">When anything last happened to it.</param>
/// <param name="WasTold">True where somebody was told something that has not been corrected since.</param>
/// <param name="IsCorrection">True where what is sent says that what was told before does not hold.</param>
/// <param name="Round">Rises with every reopening.</param>
/// <param name="ChannelIndex">Which of the terms' channels is tried.</param>
public sealed record NoticeOverview(
    string Id,
    NoticeStage State,
    NoticeTerms Terms,
    DateTimeOffset Deadline,
    DateTimeOffset FallbackAt,
    DateTimeOffset OpenedAt,
    DateTimeOffset ChangedAt,
    bool WasTold,
    bool IsCorrection,
    int Round,
    int ChannelIndex,
    long Cause,
    NoticeDecided? Decision = null,
    DateTimeOffset? DecidedAt = null,
    CloseReason? Closed = null,
    NoticeAttempted? LastAttempt = null,
    DateTimeOffset? LastAttemptAt = null)
{
    /// <summary>The channel that is tried; null where none is left.</summary>
    [JsonIgnore]
    public string? Channel => ChannelIndex < Terms.Channels.Count ? Terms.Channels[ChannelIndex] : null;

    /// <summary>Nobody has been told, nobody decided that nobody is to be, and the time is gone.</summary>
    public bool IsOverdue(DateTimeOffset at) =>
        State is NoticeStage.ToDecide or NoticeStage.Sending or NoticeStage.Unreachable && at > Deadline;

    /// <summary>Whole minutes beyond the deadline; 0 where it is not overdue.</summary>
    public long MinutesOverdue(DateTimeOffset at) => IsOverdue(at) ? (long)(at - Deadline).TotalMinutes : 0;

    /// <summary>True once it was released to its recipient: before, nobody but officers and auditors may know of it.</summary>
    [JsonIgnore]
    public bool IsReleased =>
        State is NoticeStage.Sending or NoticeStage.Unreachable or NoticeStage.Delivered
        || Closed is CloseReason.Told or CloseReason.Acknowledged or CloseReason.CorrectionTold;
}

/// <summary>Folds a case's own events to its <see cref="NoticeOverview"/>, as its decisions fold them.</summary>
public static class NoticeOverviewProjection
{
    /// <summary>
    /// The document after an event of stream <c>notice/{id}</c>; null while nothing was opened.
    /// </summary>
    public static NoticeOverview? Project(NoticeOverview? overview, Recorded<DomainEvent> happened)
    {
        var id = happened.Stream["notice/".Length..];
        var after = (overview is null ? NoticeCase.Initial(id) : Case(overview)).After(happened);
        if (after.Terms is null)
            return null;

        return new NoticeOverview(
            id,
            after.Stage,
            after.Terms,
            after.Deadline.ToUniversalTime(),
            after.FallbackAt.ToUniversalTime(),
            overview?.OpenedAt ?? happened.RecordedAt,
            happened.RecordedAt,
            after.WasTold,
            after.IsCorrection,
            after.Round,
            after.ChannelIndex,
            after.Cause,
            after.Decision,
            happened.Event is NoticeDecided ? happened.RecordedAt : after.Decision is null ? null : overview?.DecidedAt,
            after.Closed,
            after.LastByPerson?.Said,
            after.LastByPerson?.At);
    }

    /// <summary>What was tried by machines matters to decisions alone, and is not in the document.</summary>
    private static NoticeCase Case(NoticeOverview overview) => new(
        overview.Id,
        overview.State,
        overview.Terms,
        overview.Round,
        overview.ChannelIndex,
        overview.WasTold,
        overview.IsCorrection,
        overview.FallbackAt,
        overview.Deadline,
        overview.Decision,
        overview.Closed,
        overview.Cause,
        ImmutableDictionary<Guid, TriedOnce>.Empty,
        overview is { LastAttempt: { } said, LastAttemptAt: { } at } ? (at, said) : null);
}

/// <summary>JSON of the document: camelCase, enums in kebab-case, absent members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters =
    [
        typeof(KebabCase<NoticeStage>),
        typeof(KebabCase<NoticeAbout>),
        typeof(KebabCase<NoticeTo>),
        typeof(KebabCase<NoticeAction>),
        typeof(KebabCase<AttemptOutcome>),
        typeof(KebabCase<CloseReason>),
    ])]
[JsonSerializable(typeof(NoticeOverview))]
public sealed partial class NoticeOverviewJson : JsonSerializerContext;
