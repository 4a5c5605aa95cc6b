namespace LofteEvents.Requests;

/// <summary>The refusals that several decisions share.</summary>
internal static class RequestRefusals
{
    public static Decision<RequestEvent> Unknown { get; } = Decision<RequestEvent>.Refuse(
        "request.unknown",
        "This request is not recorded; report it with request.received.v1 first, or check the subject's id.");

    public static Decision<RequestEvent> Voided { get; } = Decision<RequestEvent>.Refuse(
        "request.already-voided",
        "This request was voided for good; if there was one after all, report it under an id of its own.");

    public static Refusal InTheFuture(DateTimeOffset at) => new(
        "request.in-the-future",
        $"What is dated {at.Told()} cannot have happened yet; report it afterwards, or correct the time.",
        "/at");
}
