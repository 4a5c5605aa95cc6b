using LofteEvents.Subjects;

namespace LofteEvents;

/// <summary>
/// The seam between the pure core and an engine. What every engine owes is stated once, as tests, in
/// <c>tests/LofteEvents.Tests/Contracts/EventStoreContract.cs</c>.
/// </summary>
public interface IEventStore
{
    /// <summary>
    /// Appends all of a request or nothing of it, in one durable commit and in one global order, and answers after the commit.
    /// Waits while the writer's bounded queue is full.
    /// </summary>
    /// <exception cref="EventStoreUnavailableException">The database cannot be reached or cannot write; nothing is known to be
    /// stored, and the same request may be sent again (its idempotency keys make that safe).</exception>
    Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// What one decision needs, in one round trip: which idempotency keys are already taken, and the named streams' events in
    /// order of version.
    /// </summary>
    Task<DecisionInput> LoadAsync(
        IReadOnlyList<Guid> keys, IReadOnlyList<string> streams, CancellationToken cancellationToken);

    /// <summary>
    /// Events of one stream with a version above <paramref name="afterVersion"/>, rising, at most <paramref name="limit"/>.
    /// </summary>
    IAsyncEnumerable<StoredEvent> ReadStreamAsync(
        string stream, long afterVersion, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Events of the whole log with a position above <paramref name="afterPosition"/>, rising, at most <paramref name="limit"/>;
    /// streamed, so memory does not grow with the limit. A reader that has seen a position never later sees a smaller one.
    /// </summary>
    IAsyncEnumerable<StoredEvent> ReadAllAsync(long afterPosition, long limit, CancellationToken cancellationToken);

    /// <summary>Position of the newest committed event; 0 in an empty log.</summary>
    Task<long> HeadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Position of the newest event recorded at or before <paramref name="recordedAt"/>; 0 when there is none.
    /// </summary>
    Task<long> PositionAtAsync(DateTimeOffset recordedAt, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when an event above <paramref name="afterPosition"/> is committed, by whichever process: woken in-process or by
    /// NOTIFY, with polling behind it.
    /// </summary>
    /// <returns>The position of the newest event known.</returns>
    Task<long> WaitForNewAsync(long afterPosition, CancellationToken cancellationToken);
}

/// <summary>
/// What to append in one commit, in this order of positions. A stream that stands in it again, behind others, has no expected
/// version there: its first part is held against the one that the decision was made on. At least one part has events.
/// </summary>
public sealed record AppendRequest(IReadOnlyList<StreamAppend> Streams);

/// <param name="Stream"><c>prefix/id</c>, at most 160 characters.</param>
/// <param name="ExpectedVersion">The version that the decision was made on; 0 for a new stream; null to append whatever the
/// version.</param>
/// <param name="Events">None where the decision only hangs on the stream, which must then be at the expected version, from 1.
/// </param>
public sealed record StreamAppend(string Stream, long? ExpectedVersion, IReadOnlyList<NewEvent> Events);

/// <summary>An event to be appended.</summary>
/// <param name="Type">Stored name.</param>
/// <param name="Data">JSON object in UTF-8.</param>
/// <param name="Headers">JSON object in UTF-8, or empty.</param>
/// <param name="Fingerprint">SHA-256 of what was said, 32 bytes: the event's id then is an idempotency key that is taken with the
/// commit. Empty where there is no key (our own workers' events).</param>
/// <param name="RecordedAt">Null: recorded now. Otherwise the given recorded time of imported history, not in the future and
/// not before the last recorded time.</param>
/// <param name="Sealed">Taken out of the data and stored beside it in the same commit. It is bound to the event's version, so
/// its stream's first part in the request says which version it expects.</param>
/// <param name="Key">The person's key whose making this event records, stored in the same commit.</param>
public sealed record NewEvent(
    Guid Id,
    string Type,
    ReadOnlyMemory<byte> Data,
    ReadOnlyMemory<byte> Headers,
    string? CorrelationId = null,
    string? CausationId = null,
    ReadOnlyMemory<byte> Fingerprint = default,
    DateTimeOffset? RecordedAt = null,
    SealedPart? Sealed = null,
    WrappedKey? Key = null);

/// <summary>What became of a request; nothing of it is stored unless it is <see cref="Appended"/>.</summary>
public abstract record AppendResult
{
    private AppendResult()
    {
    }

    /// <summary>All of it is durable. In the order of the request's streams and their events.</summary>
    public sealed record Appended(IReadOnlyList<AppendedEvent> Events) : AppendResult;

    /// <summary>A stream had another version than expected: load and decide again.</summary>
    public sealed record Conflict(string Stream, long Expected, long Actual) : AppendResult;

    /// <summary>
    /// One or more idempotency keys were taken before, by the same content or by other content: compare the fingerprints.
    /// </summary>
    public sealed record KeysTaken(IReadOnlyList<TakenKey> Keys) : AppendResult;

    /// <summary>An imported recorded time lies before the last recorded one, or in the future.</summary>
    public sealed record RecordedTimeRefused(DateTimeOffset Given, DateTimeOffset LastRecorded, DateTimeOffset Now)
        : AppendResult;
}

public readonly record struct AppendedEvent(Guid Id, string Stream, long Version, long Position, DateTimeOffset RecordedAt);

/// <summary>An idempotency key with what it was first used for.</summary>
public sealed record TakenKey(Guid Id, ReadOnlyMemory<byte> Fingerprint, string Stream, long Version, long Position);

/// <param name="Keys">The taken ones among those asked for.</param>
/// <param name="Streams">Every stream asked for, with its events in order; an unknown stream has none.</param>
public sealed record DecisionInput(
    IReadOnlyDictionary<Guid, TakenKey> Keys, IReadOnlyDictionary<string, IReadOnlyList<StoredEvent>> Streams);

/// <summary>The database is away, full or read-only. The caller may try again after <see cref="RetryAfter"/>.</summary>
public sealed class EventStoreUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public EventStoreUnavailableException()
        : this("The event store is unavailable.")
    {
    }

    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);
}
