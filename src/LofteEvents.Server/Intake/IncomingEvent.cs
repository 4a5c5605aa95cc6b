namespace LofteEvents.Server.Intake;

/// <summary>A CloudEvent whose envelope is sound: of a known type, with a stream, a key and a time.</summary>
/// <param name="Index">Its place in the batch, from 0; null where it came alone.</param>
/// <param name="Stream">CloudEvents <c>subject</c>.</param>
/// <param name="Time">When it happened, in UTC.</param>
/// <param name="Data">The payload as the publisher wrote it, strict JSON in UTF-8; <c>null</c> where there was none.</param>
/// <param name="ExpectedVersion">The version that the publisher saw, 0 for a new stream; null to take any.</param>
/// <param name="RecordedTime">The recorded time of imported history, in UTC; null to record now.</param>
internal sealed record IncomingEvent(
    int? Index,
    string Source,
    string Id,
    EventType Type,
    string Stream,
    DateTimeOffset Time,
    ReadOnlyMemory<byte> Data,
    string? CorrelationId,
    string? CausationId,
    long? ExpectedVersion,
    DateTimeOffset? RecordedTime)
{
    /// <summary>The CloudEvents type of a stored name begins so.</summary>
    public const string TypePrefix = "se.lofteevents.";

    /// <summary>The idempotency key, and the id that the event has in the store.</summary>
    public Guid Key { get; } = EventId.From(Source, Id);

    /// <summary>The pointer to a place in the event, as problem details give it.</summary>
    /// <param name="pointer">Within the event, such as <c>/data/kind</c>.</param>
    public string PointerTo(string pointer) => PointerTo(Index, pointer);

    public static string PointerTo(int? index, string pointer) =>
        JsonPointer.ToFragment(index is { } place ? JsonPointer.Item("", place) + pointer : pointer);
}
