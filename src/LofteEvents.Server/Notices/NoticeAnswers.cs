using System.Text.Json.Nodes;
using LofteEvents.Notices;

namespace LofteEvents.Server.Notices;

/// <summary>A notice in a list.</summary>
/// <param name="MinutesOverdue">Whole minutes beyond the deadline; 0 where it is not overdue.</param>
/// <param name="FellBack">The home was unknown or nobody receives there, so the place decided.</param>
/// <param name="Channel">The way that is tried, or is next.</param>
/// <param name="IsCorrection">It tells that what was told before does not hold.</param>
/// <param name="PostponedUntil">When a postponement lapses.</param>
internal sealed record NoticeLine(
    string Id,
    NoticeStage State,
    bool Overdue,
    long MinutesOverdue,
    NoticeAbout About,
    string Insats,
    Guid? Person,
    NoticeTo To,
    string Recipient,
    string? RecipientName,
    bool FellBack,
    string Area,
    IReadOnlyList<NoticeGround> Grounds,
    int Minutes,
    DateTimeOffset OpenedAt,
    DateTimeOffset Deadline,
    DateTimeOffset ChangedAt,
    string? Channel,
    bool IsCorrection,
    NoticeAction? Decision,
    string? DecidedBy,
    DateTimeOffset? PostponedUntil,
    CloseReason? Closed)
{
    public static NoticeLine Of(NoticeOverview notice, Recipients recipients, DateTimeOffset now) => new(
        notice.Id,
        notice.State,
        notice.IsOverdue(now),
        notice.MinutesOverdue(now),
        notice.Terms.About,
        notice.Terms.Insats,
        notice.Terms.Person,
        notice.Terms.To,
        notice.Terms.Recipient,
        recipients.Find(notice.Terms.Recipient)?.Name,
        notice.Terms.FellBack ?? false,
        notice.Terms.Area,
        notice.Terms.Grounds,
        notice.Terms.Minutes,
        notice.OpenedAt,
        notice.Deadline,
        notice.ChangedAt,
        notice.Channel,
        notice.IsCorrection,
        notice.Decision?.Action,
        notice.Decision?.By,
        notice.State == NoticeStage.Postponed ? notice.Decision?.Until : null,
        notice.Closed);
}

/// <summary>A notice by itself.</summary>
/// <param name="PostponeGrounds">By which the law lets it wait; for officers and auditors.</param>
/// <param name="WaiveGrounds">By which the law lets it be; for officers and auditors.</param>
/// <param name="History">Everything that happened to it; for officers and auditors.</param>
internal sealed record NoticeAnswer(
    NoticeLine Notice,
    IReadOnlyList<string>? PostponeGrounds,
    IReadOnlyList<string>? WaiveGrounds,
    IReadOnlyList<NoticeHappening>? History);

/// <param name="Type">Stored name.</param>
/// <param name="Data">The event as it is stored.</param>
internal sealed record NoticeHappening(string Type, long Position, long Version, DateTimeOffset RecordedAt, JsonNode? Data)
{
    public static NoticeHappening Of(Recorded<DomainEvent> happened)
    {
        var type = EventCatalogue.Of(happened.Event);
        return new NoticeHappening(
            type.Name, happened.Position, happened.Version, happened.RecordedAt, JsonNode.Parse(type.Encode(happened.Event)));
    }
}
