using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Loften.LofteEvent>;

namespace LofteEvents.Loften;

/// <summary>A promise is given once, by a definition that can be judged; what is wrong in it is amended.</summary>
internal static class GiveLofte
{
    public static Decision<LofteEvent> Decide(Lofte state, LofteGiven said, DecisionContext context) => state switch
    {
        Lofte.NotGiven lofte => Faults(lofte, said, context) is { Count: > 0 } faults ? Refuse(faults) : Accept(said),
        Lofte.Given lofte when SameDefinition.Are(lofte.Signed, said.Definition) => Nothing,
        Lofte.Given => Refuse(
            "lofte.already-given",
            "This promise is already given, with another definition; "
                + "change it with lofte.amended.v1, visibly and from a day on."),
        _ => throw new UnreachableException(),
    };

    private static IReadOnlyList<Refusal> Faults(Lofte.NotGiven lofte, LofteGiven said, DecisionContext context)
    {
        var faults = DefinitionCheck.Check(said.Definition, context.Areas);
        if (said.Definition.Id == lofte.Id)
            return faults;

        var otherId = new Refusal(
            "lofte.other-id",
            $"The definition's id is '{said.Definition.Id}' and the subject is lofte/{lofte.Id}; make them the same.",
            "/id");
        return [otherId, .. faults];
    }
}
