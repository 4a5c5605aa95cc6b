using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Insatser.InsatsEvent>;

namespace LofteEvents.Insatser;

/// <summary>What was reported and was no insats is voided, once and for good.</summary>
internal static class VoidInsats
{
    public static Decision<InsatsEvent> Decide(Insats state, InsatsVoided said) => state switch
    {
        Insats.CarriedOut => Accept(said),
        Insats.Voided voided when voided.Reason == said.Reason => Nothing,
        Insats.Unknown or Insats.Planned => InsatsRefusals.NotCarriedOut,
        Insats.Cancelled => InsatsRefusals.Cancelled,
        Insats.Voided => InsatsRefusals.Voided,
        _ => throw new UnreachableException(),
    };
}
