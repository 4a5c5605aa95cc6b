using System.Text.Json.Serialization;

namespace LofteEvents.Loften;

/// <summary>
/// How a promise stands, as facts and counts and never as verdicts: what it says about a day is <see cref="JudgeLofte"/>'s to
/// work out. Stored as <c>mt_doc_loftestatus</c>; the same events give the same document, however they were folded.
/// </summary>
public sealed record LofteStatus
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Area { get; init; }

    public required IReadOnlyList<string> Owners { get; init; }

    /// <summary>The term as it now stands, prolonged or cut short by an end.</summary>
    public required Term Term { get; init; }

    /// <summary>The term that was signed.</summary>
    public required Term SignedTerm { get; init; }

    public required IReadOnlyList<CommitmentStatus> Commitments { get; init; }

    /// <summary>How the promise was changed since it was given, in order.</summary>
    public IReadOnlyList<LofteChange> Changes { get; init; } = [];

    public EvaluationWindow? Evaluation { get; init; }

    public IReadOnlyList<FeedbackPromise> FeedbackPromised { get; init; } = [];

    public IReadOnlyList<GivenFeedback> FeedbackGiven { get; init; } = [];

    /// <summary>Measurements of the indicators that are followed, of whatever day, by indicator, day and id.</summary>
    public IReadOnlyList<FollowedMeasurement> Measurements { get; init; } = [];
}

public sealed record CommitmentStatus
{
    public required string Id { get; init; }

    public required string Text { get; init; }

    /// <summary>The rules in the order in which they were decided; the last whose first day has come is in force.</summary>
    public required IReadOnlyList<RuleVersion> Versions { get; init; }

    public IReadOnlyList<string> SharesEventsWith { get; init; } = [];

    public IReadOnlyList<FollowedIndicator> Follows { get; init; } = [];

    /// <summary>What named persons judged, in order of recording.</summary>
    public IReadOnlyList<GivenAssessment> Assessments { get; init; } = [];

    /// <summary>Why it could not be kept, in order of recording.</summary>
    public IReadOnlyList<Hindrance> Hindrances { get; init; } = [];

    /// <summary>New deadlines of a deliverable, in order of recording; the original stays in the rule.</summary>
    public IReadOnlyList<Postponement> Postponements { get; init; } = [];

    /// <summary>That the deliverable is there.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>The rule in force on a day; null before the commitment was made.</summary>
    internal RuleVersion? InForce(DateOnly day) => Versions.LastOrDefault(version => version.From is null || version.From <= day);
}

/// <param name="From">The first day that the rule is in force; null for a rule that was signed with the promise.</param>
/// <param name="Tally">What counts, selected by the rule in force when it happened, divided as this rule divides.</param>
public sealed record RuleVersion(Rule Rule, Tally Tally, DateOnly? From = null);

/// <param name="On">The day that it takes effect: for a prolongation the new last day.</param>
/// <param name="Retroactive">True where it was recorded after the day from which it takes effect.</param>
public sealed record LofteChange(
    LofteChangeKind What, DateOnly On, string Reason, long Position, DateTimeOffset RecordedAt, bool Retroactive);

public enum LofteChangeKind
{
    Amended,
    Prolonged,
    Ended,
}

public sealed record GivenAssessment(
    DateOnly On,
    Assessment Outcome,
    IReadOnlyList<string> Reasons,
    string AssessedBy,
    IReadOnlyList<string> Evidence,
    long Position);

public sealed record Hindrance(DateOnly On, string Reason, string DecidedBy, long Position);

public sealed record Postponement(DateOnly To, string Reason, long Position, DateTimeOffset RecordedAt);

public sealed record Delivery(DateOnly On, long Position, string? Outcome = null);

public sealed record GivenFeedback(
    DateOnly On, FeedbackAudience To, string Channel, string What, long Position, string? Link = null);

/// <param name="Measurement">Id within the indicator.</param>
public sealed record FollowedMeasurement(
    string Indicator,
    string Measurement,
    DateOnly Day,
    [property: JsonConverter(typeof(ExactNumber))] decimal Value,
    string Unit,
    string Source);
