using static LofteEvents.Decision<LofteEvents.Loften.LofteEvent>;

namespace LofteEvents.Loften;

/// <summary>
/// An amendment says the whole definition anew, from a day of the term on. Each takes effect on a later day than the one before.
/// </summary>
internal static class AmendLofte
{
    public static Decision<LofteEvent> Decide(Lofte.Given lofte, LofteAmended said, DecisionContext context)
    {
        if (SameDefinition.Are(lofte.InForce, said.Definition))
            return Nothing;
        if (lofte.Ended is { } ended)
            return LofteRefusals.Ended(ended);

        var faults = AmendmentCheck.Check(lofte.InForce, lofte.Term, said, context.Areas);
        if (lofte.Amended is { } earlier && said.EffectiveFrom <= earlier.EffectiveFrom)
        {
            faults =
            [
                .. faults,
                new Refusal(
                    "amendment.not-later",
                    $"An amendment from {earlier.EffectiveFrom:O} on is already recorded; name a later day for the new one.",
                    "/effectiveFrom"),
            ];
        }

        return faults.Count > 0 ? Refuse(faults) : Accept(said);
    }
}
