using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Insatser.InsatsEvent>;

namespace LofteEvents.Insatser;

/// <summary>
/// An insats is carried out once, planned before or not, and with other facts than planned if that is how it went.
/// </summary>
internal static class CarryOutInsats
{
    public static Decision<InsatsEvent> Decide(Insats state, InsatsCarriedOut said, DecisionContext context) => state switch
    {
        Insats.Unknown or Insats.Planned =>
            InsatsCheck.Report(said, context) is { Count: > 0 } faults ? Refuse(faults) : Accept(said),
        Insats.CarriedOut earlier when SameFacts.Are(earlier.InForce, said) || SameFacts.Are(earlier.First, said) => Nothing,
        Insats.CarriedOut => Refuse(
            "insats.already-carried-out",
            "This insats is already recorded as carried out, with other facts; say what is right with insats.corrected.v1."),
        Insats.Cancelled => InsatsRefusals.Cancelled,
        Insats.Voided => InsatsRefusals.Voided,
        _ => throw new UnreachableException(),
    };
}
