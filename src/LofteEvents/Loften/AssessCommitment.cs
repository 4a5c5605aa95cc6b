using static LofteEvents.Decision<LofteEvents.Loften.LofteEvent>;

namespace LofteEvents.Loften;

/// <summary>What cannot be counted is judged by a named person; a new judgement takes the earlier one's place.</summary>
internal static class AssessCommitment
{
    public static Decision<LofteEvent> Decide(Lofte.Given lofte, CommitmentAssessed said, DecisionContext context)
    {
        if (!lofte.Commitments.TryGetValue(said.Commitment, out var commitment))
            return LofteRefusals.CommitmentUnknown(lofte, said.Commitment);
        if (commitment.Assessed is { } earlier && AreSame(earlier, said))
            return Nothing;
        if (!commitment.Rule.Simple.OfType<AssessmentRule>().Any())
        {
            return Refuse(
                "commitment.not-assessed",
                $"The commitment '{said.Commitment}' is judged by what is reported, not by a person; "
                    + "publish the events that it is about.",
                "/commitment");
        }

        return context.IsAhead(said.On) ? LofteRefusals.InTheFuture("commitment.in-the-future", said.On) : Accept(said);
    }

    private static bool AreSame(CommitmentAssessed one, CommitmentAssessed other) =>
        (one.On, one.Outcome, one.AssessedBy) == (other.On, other.Outcome, other.AssessedBy)
        && SameItems.InOrder(one.Reasons, other.Reasons)
        && SameItems.InAnyOrder(one.Evidence, other.Evidence);
}
