using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Insatser.InsatsEvent>;

namespace LofteEvents.Insatser;

/// <summary>
/// A young person is reported once, as soon as the insats is planned: those who must be told cannot wait for its report.
/// </summary>
internal static class EncounterYouth
{
    public static Decision<InsatsEvent> Decide(Insats state, YouthEncountered said, DecisionContext context) => state switch
    {
        Insats.Planned planned => Among(planned.Young, said, context),
        Insats.CarriedOut carriedOut => Among(carriedOut.Young, said, context),
        Insats.Unknown => Refuse(
            "insats.unknown",
            "This insats is neither planned nor carried out, so nobody can have been met in it; "
                + "say insats.planned.v1 or insats.carried-out.v1 first, or check the subject's id."),
        Insats.Cancelled => InsatsRefusals.Cancelled,
        Insats.Voided => InsatsRefusals.Voided,
        _ => throw new UnreachableException(),
    };

    private static Decision<InsatsEvent> Among(YoungPeople young, YouthEncountered said, DecisionContext context)
    {
        if (!young.Knows(said.Person, out var known))
            return Accept(said);

        var isSame = SameFacts.Are(known.First, said) || SameFacts.Are(known.InForce, said);
        return isSame && !context.SealedIsNew ? Nothing : Refuse(
            "insats.youth-already-recorded",
            "This person is already recorded in this insats, with other facts; say what is right with insats.youth-corrected.v1.",
            "/person");
    }
}
