namespace LofteEvents.Insatser;

/// <summary>The refusals that several decisions share.</summary>
internal static class InsatsRefusals
{
    public static Decision<InsatsEvent> Cancelled { get; } = Decision<InsatsEvent>.Refuse(
        "insats.cancelled",
        "This insats was cancelled and stays so; if one took place after all, report it under an id of its own.");

    public static Decision<InsatsEvent> Voided { get; } = Decision<InsatsEvent>.Refuse(
        "insats.already-voided",
        "This insats was voided for good; if one took place after all, report it under an id of its own.");

    public static Decision<InsatsEvent> NotCarriedOut { get; } = Decision<InsatsEvent>.Refuse(
        "insats.not-carried-out",
        "This insats is not recorded as carried out, so there is no report to change; "
            + "check the subject's id, or cancel it if it was planned.");

    public static Decision<InsatsEvent> YouthUnknown(string pointer) => Decision<InsatsEvent>.Refuse(
        "insats.youth-unknown",
        "No such person is recorded in this insats; report who was met with insats.youth-encountered.v1, or check the id.",
        pointer);
}
