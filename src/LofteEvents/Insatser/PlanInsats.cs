using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Insatser.InsatsEvent>;

namespace LofteEvents.Insatser;

/// <summary>
/// An insats is planned once; a plan that changes is cancelled and made anew, so that what slipped can be seen.
/// </summary>
internal static class PlanInsats
{
    public static Decision<InsatsEvent> Decide(Insats state, InsatsPlanned said, DecisionContext context) => state switch
    {
        Insats.Unknown => InsatsCheck.Plan(said, context) is { Count: > 0 } faults ? Refuse(faults) : Accept(said),
        Insats.Planned planned when SameFacts.Are(planned.Plan, said) => Nothing,
        Insats.CarriedOut { Plan: { } plan } when SameFacts.Are(plan, said) => Nothing,
        Insats.Cancelled cancelled when SameFacts.Are(cancelled.Plan, said) => Nothing,
        Insats.Planned => Refuse(
            "insats.already-planned",
            "This insats is already planned, with other facts; "
                + "cancel it with insats.cancelled.v1 and plan the new one under an id of its own."),
        Insats.CarriedOut => Refuse(
            "insats.already-carried-out",
            "This insats is already carried out, so it cannot be planned; plan the next one under an id of its own."),
        Insats.Cancelled => InsatsRefusals.Cancelled,
        Insats.Voided => InsatsRefusals.Voided,
        _ => throw new UnreachableException(),
    };
}
