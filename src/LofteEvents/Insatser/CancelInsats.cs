using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Insatser.InsatsEvent>;

namespace LofteEvents.Insatser;

/// <summary>Only what is planned can be cancelled.</summary>
internal static class CancelInsats
{
    public static Decision<InsatsEvent> Decide(Insats state, InsatsCancelled said) => state switch
    {
        Insats.Planned { Young.IsEmpty: true } => Accept(said),
        Insats.Planned => Refuse(
            "insats.youth-met",
            "Young people were met in this insats, so it took place; report it with insats.carried-out.v1, "
                + "and if it was no insats, void it with insats.voided.v1."),
        Insats.Cancelled cancelled when cancelled.Reason == said.Reason => Nothing,
        Insats.Unknown => Refuse(
            "insats.not-planned",
            "This insats was never planned, so there is nothing to cancel; check the subject's id."),
        Insats.CarriedOut => Refuse(
            "insats.already-carried-out",
            "This insats is carried out and can no longer be cancelled; if it was no insats, say so with insats.voided.v1."),
        Insats.Cancelled => InsatsRefusals.Cancelled,
        Insats.Voided => InsatsRefusals.Voided,
        _ => throw new UnreachableException(),
    };
}
