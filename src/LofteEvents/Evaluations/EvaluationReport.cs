using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>
/// What became of a promise up to a day, as it was known at a position: a pure function of the history up to there, so whoever
/// asks the same again is told the same. It holds values; the words are the renderers'.
/// </summary>
/// <param name="Format">Raised when the same history would be told in another shape: a digest is of one format.</param>
public sealed record EvaluationReport(
    int Format,
    EvaluatedLofte Lofte,
    EvaluationPoint At,
    Phase Phase,
    IReadOnlyList<EvaluatedCommitment> Commitments,
    IReadOnlyList<EvaluatedForum> Forums,
    EvaluatedNotices? Notices,
    IReadOnlyList<JudgedFeedback> FeedbackPromised,
    IReadOnlyList<GivenFeedback> FeedbackGiven,
    IReadOnlyList<LofteChange> Changes,
    IReadOnlyList<MissingData> Missing)
{
    public const int ThisFormat = 1;
}

/// <summary>Which history is told, and of which day.</summary>
/// <param name="Position">Every event up to here is known, and none after it.</param>
/// <param name="RecordedAt">When the event at that position was recorded.</param>
/// <param name="On">The day that is judged, inclusive.</param>
public sealed record EvaluationPoint(long Position, DateTimeOffset? RecordedAt, DateOnly On);

/// <summary>The promise as it read on the judged day.</summary>
/// <param name="Term">As it now stands, prolonged or cut short by an end.</param>
public sealed record EvaluatedLofte(
    string Id,
    string Title,
    string Area,
    string AreaName,
    Term Term,
    Term SignedTerm,
    IReadOnlyList<string> Owners,
    SignedSource? Source,
    IReadOnlyList<string> Problems,
    IReadOnlyList<string> Aims,
    EvaluationWindow? Evaluation,
    string Text);

/// <param name="Judged">The verdict and the figures behind it.</param>
/// <param name="MetOn">The day on which the promised was there, and stayed; null where it is not.</param>
/// <param name="Question">What a named person is to answer, where a person judges.</param>
/// <param name="Assessments">Every judgement up to the judged day, in order of recording; the last is in force.</param>
/// <param name="Hindrances">Every decision that it could not be kept, in order of recording.</param>
/// <param name="Hours">Person-hours of what counted.</param>
/// <param name="Months">The pace through the term; empty where nothing is counted.</param>
/// <param name="Events">How many events counted.</param>
/// <param name="Evidence">The newest of them, in order of day.</param>
/// <param name="CorrectionsTotal">How many corrections and voidings concern what counts or counted.</param>
/// <param name="Corrections">The newest of them, in order of recording.</param>
public sealed record EvaluatedCommitment(
    string Id,
    string Text,
    Verdict Verdict,
    bool Preliminary,
    JudgedCommitment Judged,
    CountedWhat Counts,
    DateOnly? MetOn,
    string? Question,
    IReadOnlyList<GivenAssessment> Assessments,
    IReadOnlyList<Hindrance> Hindrances,
    IReadOnlyList<Postponement> Postponements,
    PlannedAndDelivered Plans,
    ReportedHours Hours,
    IReadOnlyList<PaceMonth> Months,
    long Events,
    IReadOnlyList<EvaluatedEvent> Evidence,
    long CorrectionsTotal,
    IReadOnlyList<EvaluatedCorrection> Corrections);

/// <summary>What the figures of a commitment are numbers of.</summary>
/// <param name="Type">Null where nothing is counted.</param>
/// <param name="Exactly">True where more than the number would be as wrong as fewer.</param>
public sealed record CountedWhat(FactType? Type, bool Exactly);

/// <param name="Planned">Insatser (or activities) that were ever planned and would count.</param>
/// <param name="Delivered">Those of them that were carried out.</param>
/// <param name="Cancelled">Those that were called off or struck, the newest of them with their reasons.</param>
/// <param name="Open">Those that are still to come.</param>
public sealed record PlannedAndDelivered(
    long Planned, long Delivered, long CancelledTotal, long Open, IReadOnlyList<CancelledPlan> Cancelled);

public sealed record CancelledPlan(DateOnly Day, long Position, string? Reason);

/// <param name="Hours">Null where nothing that counted says its hours: missing is not zero.</param>
/// <param name="Without">Events that counted and say no hours.</param>
public sealed record ReportedHours(decimal? Hours, long With, long Without);

/// <param name="Month">Such as <c>2018-03</c>.</param>
/// <param name="To">The last day that is told: of the month, of the term, or the judged one.</param>
/// <param name="Counted">Events that counted in the month.</param>
/// <param name="Done">What was done since the term began, in the unit of the target.</param>
/// <param name="Expected">What an even pace would have given, in the unit of the target.</param>
public sealed record PaceMonth(string Month, DateOnly To, long Counted, long Done, long Expected);

/// <summary>An event that counted, as everyone may see it: no case number, and no small number of persons.</summary>
/// <param name="Position">Of the newest report of it.</param>
public sealed record EvaluatedEvent(
    long Position,
    string Stream,
    FactType Type,
    string? Kind,
    string? Title,
    DateOnly Day,
    string? Place,
    string? Area,
    string? AreaName,
    IReadOnlyList<Party> Parties,
    decimal? Hours,
    ShownNumber? MinorsEncountered,
    IReadOnlyList<ShownResult> Results,
    bool Corrected,
    DateTimeOffset RecordedAt);

/// <param name="Name">As the publisher names it, such as <c>checks</c>.</param>
public sealed record ShownResult(string Name, ShownNumber Number);

/// <param name="Position">Of the correcting event.</param>
/// <param name="Corrects">Position of what it corrected or struck; null where that never counted.</param>
/// <param name="CountedBefore">Whether it counted before.</param>
/// <param name="CountsAfter">Whether it counts since.</param>
public sealed record EvaluatedCorrection(
    long Position,
    string Stream,
    DateOnly Day,
    DateTimeOffset RecordedAt,
    string? Reason,
    long? Corrects,
    bool CountedBefore,
    bool CountsAfter);

/// <summary>Data that the reader would expect and that nobody has reported.</summary>
/// <param name="Commitment">Id of the commitment that it concerns; null for the whole promise.</param>
/// <param name="Number">How many events lack it, where that can be said.</param>
public sealed record MissingData(MissingWhat What, string? Commitment = null, long? Number = null);

/// <summary>In JSON in kebab-case.</summary>
public enum MissingWhat
{
    Problems,
    Aims,
    Effect,
    Notices,
    Assessment,
    Evidence,
    Hours,
    Meetings,
    Outcome,
    Feedback,
    EvaluationWindow,
}
