using static LofteEvents.Decision<LofteEvents.Loften.LofteEvent>;

namespace LofteEvents.Loften;

/// <summary>A prolonged term ends later than before; an ended promise is not prolonged.</summary>
internal static class ProlongLofte
{
    public static Decision<LofteEvent> Decide(Lofte.Given lofte, LofteProlonged said)
    {
        if (lofte.Prolonged == said)
            return Nothing;
        if (lofte.Ended is { } ended)
            return LofteRefusals.Ended(ended);
        if (said.To <= lofte.Term.To)
        {
            return Refuse(
                "lofte.prolonged-not-later",
                $"The term ends on {lofte.Term.To:O} as it is; prolong it to a later day.",
                "/to");
        }

        return (lofte.Term with { To = said.To }).Days > DefinitionCheck.LongestTermDays
            ? Refuse(
                "lofte.prolonged-too-far",
                $"A term from {lofte.Term.From:O} to {said.To:O} is longer than ten years; "
                    + "name an earlier day, or give a new promise.",
                "/to")
            : Accept(said);
    }
}
