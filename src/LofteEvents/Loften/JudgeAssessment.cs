namespace LofteEvents.Loften;

/// <summary>
/// A named person's newest assessment decides. During the term a wanting one is at risk, and without one the evidence says whether there is enough
/// to judge by; after the term nothing but an assessment can close it.
/// </summary>
internal static class JudgeAssessment
{
    public static Outcome Judge(CommitmentStatus commitment, Term term, DateOnly on)
    {
        var evidence = JudgeCount.Judge(commitment, term, on, version => (version.Rule as AssessmentRule)?.CountedEvidence);
        var assessment = commitment.Assessments.LastOrDefault(assessment => assessment.On <= on);
        var verdict = JudgeLofte.PhaseOf(term, on) is Phase.After
            ? After(assessment?.Outcome)
            : During(assessment?.Outcome, evidence.Verdict);
        return evidence with { Verdict = verdict, Assessment = assessment };
    }

    private static Verdict After(Assessment? assessed) => assessed switch
    {
        Assessment.Fulfilled => Verdict.Fulfilled,
        Assessment.Partly => Verdict.Partly,
        Assessment.NotFulfilled => Verdict.NotFulfilled,
        _ => Verdict.CannotBeAssessed,
    };

    private static Verdict During(Assessment? assessed, Verdict evidence) => (assessed, evidence) switch
    {
        (Assessment.Fulfilled, _) => Verdict.Fulfilled,
        (Assessment.Partly or Assessment.NotFulfilled, _) => Verdict.AtRisk,
        (_, Verdict.AtRisk or Verdict.CanNoLongerBeMet) => Verdict.AtRisk,
        _ => Verdict.OnTrack,
    };
}
