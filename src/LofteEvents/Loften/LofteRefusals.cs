namespace LofteEvents.Loften;

/// <summary>The refusals that several decisions share.</summary>
internal static class LofteRefusals
{
    public static Decision<LofteEvent> Unknown { get; } = Decision<LofteEvent>.Refuse(
        "lofte.unknown",
        "This promise is not given; give it with lofte.given.v1, or check the subject's id.");

    public static Decision<LofteEvent> Ended(LofteEnded ended) => Decision<LofteEvent>.Refuse(
        "lofte.already-ended",
        $"This promise ended on {ended.On:O} and changes no more; give a new one under an id of its own.");

    public static Decision<LofteEvent> CommitmentUnknown(Lofte.Given lofte, string commitment) => Decision<LofteEvent>.Refuse(
        "commitment.unknown",
        $"The promise has no commitment '{commitment}'; it has "
            + string.Join(", ", lofte.Commitments.Keys.Order(StringComparer.Ordinal)) + ".",
        "/commitment");

    public static Decision<LofteEvent> InTheFuture(string code, DateOnly on) => Decision<LofteEvent>.Refuse(
        code,
        $"The day {on:O} has not come yet; report it afterwards, or correct the day.",
        "/on");

    public static Decision<LofteEvent> NoDeliverable(string commitment) => Decision<LofteEvent>.Refuse(
        "deliverable.not-promised",
        $"The commitment '{commitment}' promises no one thing that is to be there; publish the events that it is about.",
        "/commitment");
}
