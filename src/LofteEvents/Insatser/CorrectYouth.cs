using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Insatser.InsatsEvent>;

namespace LofteEvents.Insatser;

/// <summary>
/// A correction replaces every fact of a young person, and where it says so who it is; one that changes no fact, and no sealed
/// one either, is nothing.
/// </summary>
internal static class CorrectYouth
{
    public static Decision<InsatsEvent> Decide(Insats state, YouthCorrected said, DecisionContext context) => state switch
    {
        Insats.Planned planned => Among(planned.Young, said, context),
        Insats.CarriedOut carriedOut => Among(carriedOut.Young, said, context),
        Insats.Unknown => InsatsRefusals.YouthUnknown("/person"),
        Insats.Cancelled => InsatsRefusals.Cancelled,
        Insats.Voided => InsatsRefusals.Voided,
        _ => throw new UnreachableException(),
    };

    private static Decision<InsatsEvent> Among(YoungPeople young, YouthCorrected said, DecisionContext context)
    {
        var before = said.Replaces ?? said.Person;
        if (!young.Knows(before, out var known))
            return InsatsRefusals.YouthUnknown(said.Replaces is null ? "/person" : "/replaces");
        if (SameFacts.Are(known.InForce, said) && !context.SealedIsNew)
            return Nothing;
        if (known.InForce.Person != before)
        {
            return Refuse(
                "insats.youth-replaced",
                $"This person was corrected to be {known.InForce.Person}; correct that one.",
                said.Replaces is null ? "/person" : "/replaces");
        }

        return said.Person != before && young.Knows(said.Person, out _)
            ? Refuse(
                "insats.youth-already-recorded",
                "The person that the correction names is already recorded in this insats; correct that one.",
                "/person")
            : Accept(said);
    }
}
