using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Insatser.InsatsEvent>;

namespace LofteEvents.Insatser;

/// <summary>A correction replaces every fact of a report; one that changes no fact is nothing.</summary>
internal static class CorrectInsats
{
    public static Decision<InsatsEvent> Decide(Insats state, InsatsCorrected said, DecisionContext context) => state switch
    {
        Insats.CarriedOut earlier when SameFacts.Are(earlier.InForce, said) => Nothing,
        Insats.CarriedOut => InsatsCheck.Report(said, context) is { Count: > 0 } faults ? Refuse(faults) : Accept(said),
        Insats.Unknown or Insats.Planned => InsatsRefusals.NotCarriedOut,
        Insats.Cancelled => InsatsRefusals.Cancelled,
        Insats.Voided => InsatsRefusals.Voided,
        _ => throw new UnreachableException(),
    };
}
