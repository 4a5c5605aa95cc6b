using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>An evaluation that was opened before, and what has changed since it was finalised.</summary>
/// <param name="Stream"><c>evaluation/{lofte}-{n}</c>.</param>
/// <param name="Finalized">Null while nobody has finalised it.</param>
/// <param name="ClosesTerm">True where it judged a day after the term: its verdicts are no longer preliminary.</param>
public sealed record EarlierEvaluation(
    string Stream,
    int Number,
    EvaluationOccasion Occasion,
    DateOnly On,
    DateOnly OpenedOn,
    long OpenedPosition,
    FinalVerdicts? Finalized,
    bool ClosesTerm);

/// <summary>What an evaluator answers for.</summary>
/// <param name="RestsOn">The position up to which the history was known.</param>
/// <param name="Digest">Of the report that the evaluator saw.</param>
/// <param name="DigestHolds">Whether the report that the log gives for that position and day has this digest.</param>
/// <param name="Tree">The tree that the evaluator named.</param>
/// <param name="Reviewer">The named person who answers for it, with office.</param>
/// <param name="ReviewerAlsoReported">Whether the account that finalised it had also reported what counted; null where that is
/// not known.</param>
/// <param name="Differences">What reads otherwise by what was recorded since, for the same judged day.</param>
public sealed record FinalVerdicts(
    DateTimeOffset RecordedAt,
    long Position,
    long RestsOn,
    string Digest,
    bool DigestHolds,
    EvaluationTree? Tree,
    string Reviewer,
    bool? ReviewerAlsoReported,
    string? Summary,
    IReadOnlyList<FinalVerdict> Verdicts,
    IReadOnlyList<EvaluationDifference> Differences);

/// <param name="Verdict">As the evaluator set it.</param>
/// <param name="Computed">As the counting rule gave it for the same history; null where the promise had no such
/// commitment.</param>
public sealed record FinalVerdict(string Commitment, Verdict Verdict, Verdict? Computed, IReadOnlyList<string> Reasons);

/// <param name="Then">As the finalised report had it, as data.</param>
/// <param name="Now">As the log has it now.</param>
/// <param name="Corrections">The corrections behind it, recorded since.</param>
/// <param name="ReportedLate">Positions of what counts and was reported for the first time since.</param>
public sealed record EvaluationDifference(
    string Commitment,
    DifferenceWhat What,
    string Then,
    string Now,
    IReadOnlyList<EvaluatedCorrection> Corrections,
    IReadOnlyList<long> ReportedLate);

/// <summary>In JSON in kebab-case.</summary>
public enum DifferenceWhat
{
    Verdict,
    Target,
    Done,
    Events,
    Hours,
}
