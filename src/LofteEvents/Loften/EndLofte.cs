using static LofteEvents.Decision<LofteEvents.Loften.LofteEvent>;

namespace LofteEvents.Loften;

/// <summary>A promise ends early once, on a day of its term.</summary>
internal static class EndLofte
{
    public static Decision<LofteEvent> Decide(Lofte.Given lofte, LofteEnded said)
    {
        if (lofte.Ended == said)
            return Nothing;
        if (lofte.Ended is { } ended)
            return LofteRefusals.Ended(ended);

        return lofte.Term.Contains(said.On)
            ? Accept(said)
            : Refuse(
                "lofte.outside-term",
                $"The promise cannot end on {said.On:O}, outside its term of "
                    + $"{lofte.Term.From:O} to {lofte.Term.To:O}; name a day of the term.",
                "/on");
    }
}
