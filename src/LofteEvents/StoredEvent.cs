namespace LofteEvents;

/// <summary>One row of the event store as it lies there: the payload is JSON text in UTF-8, not yet decoded.</summary>
/// <param name="Position">Place in the one global order; from 1, strictly rising in commit order, with gaps only from
/// rollbacks.</param>
/// <param name="Version">Place in its stream: 1, 2, 3 … without gaps.</param>
/// <param name="Type">Stored name, such as <c>insats.carried-out.v1</c>.</param>
/// <param name="RecordedAt">When it was recorded, in UTC with a resolution of one microsecond; never falls as the position
/// rises.</param>
/// <param name="Headers">A JSON object in UTF-8 (see <see cref="EventHeaders"/>), or empty when there are none.</param>
public sealed record StoredEvent(
    long Position,
    Guid Id,
    string Stream,
    long Version,
    string Type,
    ReadOnlyMemory<byte> Data,
    DateTimeOffset RecordedAt,
    string? CorrelationId,
    string? CausationId,
    ReadOnlyMemory<byte> Headers);
