using System.Text.Json;

namespace LofteEvents.Cli.Http;

/// <summary>What the command line reads of a notice; members that are not named here are passed over.</summary>
internal sealed record NoticeLineAnswer(
    string Id,
    string State,
    bool Overdue,
    long MinutesOverdue,
    string About,
    string Insats,
    string? Person,
    string To,
    string Recipient,
    string? RecipientName,
    bool FellBack,
    IReadOnlyList<NoticeGroundAnswer> Grounds,
    DateTimeOffset Deadline,
    string? Channel,
    DateTimeOffset? PostponedUntil,
    string? Closed);

internal sealed record NoticeGroundAnswer(string Law, bool Verified);

internal sealed record NoticeAnswer(
    NoticeLineAnswer Notice,
    IReadOnlyList<string>? PostponeGrounds,
    IReadOnlyList<string>? WaiveGrounds,
    IReadOnlyList<NoticeHappeningAnswer>? History);

internal sealed record NoticeHappeningAnswer(
    string Type, long Position, DateTimeOffset RecordedAt, Dictionary<string, JsonElement> Data);

internal sealed record NoticeContentAnswer(string Notice);

/// <summary>What an officer says; absent members are left out.</summary>
internal sealed record NoticeWords
{
    public string? Action { get; init; }

    public string? Ground { get; init; }

    public DateTimeOffset? Until { get; init; }

    public string? Reason { get; init; }

    public string? Channel { get; init; }

    public string? Outcome { get; init; }

    public string? Note { get; init; }
}
