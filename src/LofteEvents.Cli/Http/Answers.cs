using System.Text.Json;
using System.Text.Json.Serialization;

namespace LofteEvents.Cli.Http;

/// <summary>What the command line reads of <c>/loften/{id}/status</c>; members that are not named here are passed over.</summary>
internal sealed record StatusAnswer(
    string Lofte, DateOnly On, DateTimeOffset? AsOf, long Position, IReadOnlyList<CommitmentAnswer> Commitments);

/// <param name="Unit">What is counted: <c>events</c>, or <c>parts</c> of a division.</param>
/// <param name="Counted">Every event that counts, also beyond the target.</param>
internal sealed record CommitmentAnswer(
    string Id,
    string Text,
    string Verdict,
    bool Preliminary,
    string? Unit,
    long Target,
    long Done,
    long Remaining,
    PaceAnswer? Pace,
    long? Counted,
    long? Planned,
    PartsAnswer? Parts,
    [property: JsonPropertyName("of")] IReadOnlyList<PartOfLineAnswer>? Several,
    ResponsesAnswer? Responses,
    DateOnly? RuleFrom);

/// <summary>One of the several things that a line promises.</summary>
internal sealed record PartOfLineAnswer(string Id, string Verdict, long Target, long Done, PartsAnswer? Parts);

/// <param name="Each">What one part is called, such as <c>day</c>.</param>
/// <param name="Listed">The missed ones first, where not all are listed.</param>
internal sealed record PartsAnswer(string Each, int Total, int Missed, int Exceeded, IReadOnlyList<PartAnswer> Listed);

internal sealed record PartAnswer(string Key, string State);

internal sealed record ResponsesAnswer(long Received, long InTime, long Late, long Waived, long Open, long Overdue);

/// <param name="Expected">Events that an even pace expects by now.</param>
/// <param name="NeededPerMonth">Events a month from now on that would meet it.</param>
internal sealed record PaceAnswer(long Expected, long Credited, int DaysLeft, decimal NeededPerMonth);

/// <summary>What the command line reads of <c>/loften/{id}/commitments/{c}</c>: one page of each list.</summary>
internal sealed record CommitmentEventsAnswer(
    string Lofte,
    DateOnly On,
    long Position,
    CommitmentAnswer Commitment,
    Listing<EvidenceAnswer> Counted,
    Listing<NotCountedAnswer> NotCounted,
    bool Truncated,
    DateOnly? LookedBackTo);

/// <param name="Page">From 1.</param>
/// <param name="Total">On all pages.</param>
internal sealed record Listing<T>(IReadOnlyList<T> Items, int Page, int Limit, long Total);

internal sealed record EvidenceAnswer(
    long Position, string Stream, string? Kind, string? Title, DateOnly Day, string? Place, string? Area, bool Corrected);

internal sealed record NotCountedAnswer(EvidenceAnswer Event, IReadOnlyList<UnmetAnswer> Reasons);

/// <param name="Demanded">What the rule demands, or what is missing of it.</param>
/// <param name="Found">What the event says; empty where it says nothing.</param>
internal sealed record UnmetAnswer(string Code, IReadOnlyList<string> Demanded, IReadOnlyList<string> Found);

/// <summary>What the command line reads of <c>/loften/{id}/timeline</c>.</summary>
internal sealed record TimelineAnswer(
    string Lofte, long Position, IReadOnlyList<TimelineEntry> Items, int Page, int Limit, long Total);

/// <param name="Day">The day that it is about.</param>
internal sealed record TimelineEntry(
    long Position,
    string Stream,
    string Type,
    DateTimeOffset RecordedAt,
    DateOnly Day,
    string? Title,
    string? Kind,
    string? Commitment,
    IReadOnlyList<string> CountsFor,
    long? Replaces,
    long? ReplacedBy);

internal sealed record IntakeAnswer(IReadOnlyList<IntakeResult> Results);

internal sealed record IntakeResult(string Id, string Source, string Stream, long Version, long Position, bool Duplicate);

/// <param name="State"><c>current</c>, <c>behind</c> or <c>stopped</c>.</param>
/// <param name="Head">Position of the newest event in the log.</param>
internal sealed record ProjectionAnswer(
    string Name,
    string State,
    long Position,
    long Head,
    long LagEvents,
    double LagSeconds,
    ProjectionStopAnswer? Stop,
    RebuildAnswer? Rebuild);

internal sealed record ProjectionStopAnswer(long Position, string Type, string Reason);

/// <param name="State"><c>requested</c>, <c>running</c> or <c>stopped</c>.</param>
internal sealed record RebuildAnswer(string State, long Position, ProjectionStopAnswer? Stop);

internal sealed record TokenQuestion(IReadOnlyList<string> Roles, IReadOnlyList<string>? Sources);

internal sealed record TokenAnswer(string Token, DateTimeOffset Expires);

internal sealed record HealthAnswer(string Status, IReadOnlyList<HealthAnswerCheck>? Checks);

internal sealed record HealthAnswerCheck(string Name, string Status, string? Detail);

/// <summary>What the command line reads of <c>/dead-letters</c>.</summary>
internal sealed record DeadLetterAnswer(
    long Id, string Key, string Kind, string Lane, string Reason, int Attempts, DateTimeOffset DiedAt);

/// <param name="Expected">How many match that are still owed: with another number nothing is replayed.</param>
/// <param name="Ids">Or a filter, not both.</param>
internal sealed record ReplayQuestion(long Expected, IReadOnlyList<long>? Ids, ReplayFilter? Filter, bool DryRun = false);

internal sealed record ReplayFilter(string? Kind, string? Lane, string? Text);

/// <param name="NoLongerOwed">The ids of those that match and are not replayed.</param>
internal sealed record ReplayAnswer(long Replayed, long Owed, IReadOnlyList<long> NoLongerOwed);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(CommitmentEventsAnswer))]
[JsonSerializable(typeof(TimelineAnswer))]
[JsonSerializable(typeof(IntakeAnswer))]
[JsonSerializable(typeof(Listing<ProjectionAnswer>))]
[JsonSerializable(typeof(Listing<DeadLetterAnswer>))]
[JsonSerializable(typeof(ReplayQuestion))]
[JsonSerializable(typeof(ReplayAnswer))]
[JsonSerializable(typeof(TokenQuestion))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(Listing<NoticeLineAnswer>))]
[JsonSerializable(typeof(NoticeAnswer))]
[JsonSerializable(typeof(NoticeContentAnswer))]
[JsonSerializable(typeof(NoticeWords))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class HttpJson : JsonSerializerContext;
