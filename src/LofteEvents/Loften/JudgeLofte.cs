using System.Diagnostics;

namespace LofteEvents.Loften;

/// <summary>
/// A verdict is a function of a document and a day, so a day that passes needs no event. Only what happened on the judged day or
/// before counts.
/// </summary>
public static class JudgeLofte
{
    public static JudgedLofte Judge(LofteStatus status, DateOnly on) => new(
        status.Id,
        on,
        PhaseOf(status.Term, on),
        [.. status.Commitments.Select(commitment => Judge(status, commitment, on))],
        JudgeFeedback.Judge(status, on));

    internal static Phase PhaseOf(Term term, DateOnly on) =>
        on < term.From ? Phase.Before
        : on <= term.To ? Phase.During
        : Phase.After;

    /// <summary>What the shape of the rule says, without what is said of every commitment alike.</summary>
    internal static Outcome Judge(Judging judging) => judging.Current.Rule switch
    {
        CountingRule => JudgeCount.Judge(judging),
        DisjointRule rule => JudgeDisjoint.Judge(judging, rule),
        CompositeRule rule => JudgeComposite.Judge(judging, rule),
        CombinedRule rule => JudgeCombined.Judge(judging, rule),
        ResponseRule rule => JudgeResponse.Judge(judging, rule),
        DeliverableRule rule => JudgeDeliverable.Judge(judging, rule),
        AssessmentRule => JudgeAssessment.Judge(judging),
        _ => throw new UnreachableException(),
    };

    internal static JudgedCommitment Judge(LofteStatus status, CommitmentStatus commitment, DateOnly on)
    {
        var judging = Judging.Of(status, commitment, on);
        var outcome = Judge(judging);
        var hindrance = commitment.Hindrances.LastOrDefault(hindrance => hindrance.On <= on);
        return outcome.ToJudged(commitment.Id, commitment.Text, Worded(judging.Phase, outcome.Verdict, hindrance)) with
        {
            Preliminary = PhaseOf(status.Term, on) is Phase.During,
            RuleFrom = judging.Current.From,
            Hindrance = hindrance,
            Pace = judging.Phase is Phase.During && outcome.Verdict is Verdict.OnTrack or Verdict.AtRisk ? outcome.Pace : null,
            Follows = commitment.Follows.Count == 0 ? null : JudgeIndicators.Judge(status, commitment, on),
        };
    }

    internal static Verdict Worded(Phase phase, Verdict verdict, Hindrance? hindrance) => phase switch
    {
        Phase.Before => Verdict.Upcoming,
        Phase.During => verdict,
        _ when hindrance is not null && verdict is not (Verdict.Fulfilled or Verdict.NotTriggered) => Verdict.Hindered,
        _ => verdict,
    };
}
