namespace LofteEvents.Loften;

/// <summary>
/// A named person's newest assessment decides. During the term a wanting one is at risk, and without one the evidence says
/// whether there is enough to judge by; after the term nothing but an assessment can close it.
/// </summary>
internal static class JudgeAssessment
{
    public static Outcome Judge(Judging judging)
    {
        var evidence = Evidence(judging);
        var assessment = judging.Commitment.Assessments.LastOrDefault(assessment => assessment.On <= judging.On);
        var verdict = judging.Phase is Phase.After
            ? After(assessment?.Outcome)
            : During(assessment?.Outcome, evidence.Verdict);
        return evidence with { Verdict = verdict, Assessment = assessment };
    }

    private static Outcome Evidence(Judging judging) =>
        ((AssessmentRule)judging.Current.Rule).CountedEvidence is null
        || judging.OfPart(CountedEvidence) is not { } evidence
            ? new() { Verdict = Verdict.OnTrack, Unit = Unit.Assessment, Target = 0, Done = 0, Counted = 0 }
            : JudgeCount.Judge(evidence);

    private static RuleVersion? CountedEvidence(RuleVersion version) =>
        (version.Rule as AssessmentRule)?.CountedEvidence is { } evidence ? version with { Rule = evidence } : null;

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
