using static LofteEvents.Decision<LofteEvents.Loften.LofteEvent>;

namespace LofteEvents.Loften;

/// <summary>A deliverable is completed once; where that was wrong it is voided first.</summary>
internal static class CompleteDeliverable
{
    public static Decision<LofteEvent> Decide(Lofte.Given lofte, DeliverableCompleted said, DecisionContext context)
    {
        if (!lofte.Commitments.TryGetValue(said.Commitment, out var commitment))
            return LofteRefusals.CommitmentUnknown(lofte, said.Commitment);
        if (commitment.Deliverable is null)
            return LofteRefusals.NoDeliverable(said.Commitment);
        if (commitment.Completed == said)
            return Nothing;
        if (commitment.Completed is { } earlier)
        {
            return Refuse(
                "deliverable.already-completed",
                $"It is already recorded as there on {earlier.On:O}; if that was wrong, say so first with deliverable.voided.v1.",
                "/commitment");
        }

        return context.IsAhead(said.On) ? LofteRefusals.InTheFuture("deliverable.in-the-future", said.On) : Accept(said);
    }
}
