using static LofteEvents.Decision<LofteEvents.Loften.LofteEvent>;

namespace LofteEvents.Loften;

/// <summary>What was said to be there and was not is taken back; it can be completed later.</summary>
internal static class VoidDeliverable
{
    public static Decision<LofteEvent> Decide(Lofte.Given lofte, DeliverableVoided said)
    {
        if (!lofte.Commitments.TryGetValue(said.Commitment, out var commitment))
            return LofteRefusals.CommitmentUnknown(lofte, said.Commitment);
        if (commitment.Deliverable is null)
            return LofteRefusals.NoDeliverable(said.Commitment);
        if (commitment.Completed is not null)
            return Accept(said);

        return commitment.Voided == said
            ? Nothing
            : Refuse(
                "deliverable.not-completed",
                $"The deliverable of '{said.Commitment}' is not recorded as there, so there is nothing to take back; check "
                + "the commitment.",
                "/commitment");
    }
}
