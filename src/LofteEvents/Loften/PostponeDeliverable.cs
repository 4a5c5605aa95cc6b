using static LofteEvents.Decision<LofteEvents.Loften.LofteEvent>;

namespace LofteEvents.Loften;

/// <summary>What is not there yet can be postponed, to later and later days; the original deadline stays beside it.</summary>
internal static class PostponeDeliverable
{
    public static Decision<LofteEvent> Decide(Lofte.Given lofte, DeliverablePostponed said)
    {
        if (!lofte.Commitments.TryGetValue(said.Commitment, out var commitment))
            return LofteRefusals.CommitmentUnknown(lofte, said.Commitment);
        if (commitment.Deliverable is not { } rule)
            return LofteRefusals.NoDeliverable(said.Commitment);
        if (commitment.Postponed == said)
            return Nothing;
        if (commitment.Completed is { } completed)
        {
            return Refuse(
                "deliverable.already-completed",
                $"It is recorded as there since {completed.On:O}, so nothing is left to postpone.",
                "/commitment");
        }

        var deadline = commitment.Postponed?.To ?? rule.By ?? lofte.Signed.Term.To;
        return said.To > deadline
            ? Accept(said)
            : Refuse(
                "deliverable.not-later",
                $"The deadline is {deadline:O} already and {said.To:O} is not after it; name a later day.",
                "/to");
    }
}
