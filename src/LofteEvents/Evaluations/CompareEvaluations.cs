using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>Holds what an evaluator answered for against what the log gives now.</summary>
public static class CompareEvaluations
{
    /// <summary>An evaluation that nobody has finalised.</summary>
    public static EarlierEvaluation Opened(
        int number, Recorded<DomainEvent> opened, EvaluationOpened said, Term term) => new(
        opened.Stream,
        number,
        said.Occasion,
        said.On,
        Stockholm.DayOf(opened.RecordedAt),
        opened.Position,
        null,
        said.On > term.To);

    /// <param name="then">The report for the position and the day of the finalised evaluation; null where the log gives
    /// none.</param>
    /// <param name="now">The report for the same day by what is known now.</param>
    /// <param name="alsoReported">Whether the account that finalised it had reported what counted; null where no account is
    /// known.</param>
    public static FinalVerdicts Finalized(
        Recorded<DomainEvent> finalized,
        EvaluationFinalized said,
        EvaluationReport? then,
        EvaluationReport now,
        bool? alsoReported)
    {
        ArgumentNullException.ThrowIfNull(finalized);
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(now);
        return new FinalVerdicts(
            finalized.RecordedAt,
            finalized.Position,
            said.Position,
            said.Digest,
            then is not null && PublishedEvaluation.DigestOf(then) == said.Digest,
            said.Tree,
            said.Reviewer,
            alsoReported,
            said.Summary,
            [
                .. said.Verdicts.Select(verdict => new FinalVerdict(
                    verdict.Commitment,
                    verdict.Verdict,
                    then?.Commitments.FirstOrDefault(one => one.Id == verdict.Commitment)?.Verdict,
                    verdict.Reasons)),
            ],
            then is null ? [] : [.. Differences(then, now)]);
    }

    /// <summary>What reads otherwise in the later of two reports for the same day.</summary>
    internal static IEnumerable<EvaluationDifference> Differences(EvaluationReport then, EvaluationReport now)
    {
        var later = now.Commitments.ToDictionary(commitment => commitment.Id, StringComparer.Ordinal);
        foreach (var one in then.Commitments)
        {
            if (!later.TryGetValue(one.Id, out var other))
                continue;

            var corrections = other.Corrections.Where(correction => correction.Position > then.At.Position).ToList();
            var late = other.Evidence
                .Where(evidence => evidence.Position > then.At.Position && !evidence.Corrected)
                .Select(evidence => evidence.Position)
                .ToList();
            foreach (var (what, before, after) in Figures(one).Zip(Figures(other), (a, b) => (a.What, a.Value, b.Value)))
            {
                if (before != after)
                    yield return new(one.Id, what, before, after, corrections, late);
            }
        }
    }

    private static IEnumerable<(DifferenceWhat What, string Value)> Figures(EvaluatedCommitment commitment) =>
    [
        (DifferenceWhat.Verdict, KebabName.Of(commitment.Verdict)),
        (DifferenceWhat.Target, ReportWords.Number(commitment.Judged.Target)),
        (DifferenceWhat.Done, ReportWords.Number(commitment.Judged.Done)),
        (DifferenceWhat.Events, ReportWords.Number(commitment.Events)),
        (DifferenceWhat.Hours, commitment.Hours.Hours is { } hours ? ReportWords.Number(hours) : ReportWords.NoData),
    ];
}
