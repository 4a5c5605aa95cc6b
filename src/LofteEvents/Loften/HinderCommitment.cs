using static LofteEvents.Decision<LofteEvents.Loften.LofteEvent>;

namespace LofteEvents.Loften;

/// <summary>A commitment is hindered by a decision; a new decision about it takes the earlier one's place.</summary>
internal static class HinderCommitment
{
    public static Decision<LofteEvent> Decide(Lofte.Given lofte, CommitmentHindered said, DecisionContext context)
    {
        if (!lofte.Commitments.TryGetValue(said.Commitment, out var commitment))
            return LofteRefusals.CommitmentUnknown(lofte, said.Commitment);
        if (commitment.Hindered == said)
            return Nothing;

        return context.IsAhead(said.On) ? LofteRefusals.InTheFuture("commitment.in-the-future", said.On) : Accept(said);
    }
}
