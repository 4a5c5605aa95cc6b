namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// Requests that become durable in one commit, laid out as the columns that <c>lofte.append_at_once</c> and
/// <c>lofte.append_in_turn</c> take. Used again for the next group.
/// </summary>
internal sealed class AppendGroup
{
    /// <summary>Events that one commit takes, unless a single request has more.</summary>
    public const int MaximumEvents = 1000;

    /// <summary>Payloads and headers that one commit takes, unless a single request has more: 8 MiB.</summary>
    public const long MaximumBytes = 8L << 20;

    private readonly HashSet<string> streams = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> keys = [];
    private long bytes;
    private bool repeats;
    private bool holdsOnly;

    public List<PendingAppend> Requests { get; } = [];

    public List<int> RequestParts { get; } = [];

    public List<string> PartStreams { get; } = [];

    public List<long?> PartExpected { get; } = [];

    public List<int> PartEvents { get; } = [];

    public List<int> EventParts { get; } = [];

    public List<int> EventOffsets { get; } = [];

    public List<Guid> EventIds { get; } = [];

    public List<string> EventTypes { get; } = [];

    public List<ReadOnlyMemory<byte>> EventData { get; } = [];

    public List<ReadOnlyMemory<byte>?> EventHeaders { get; } = [];

    public List<string?> EventCorrelations { get; } = [];

    public List<string?> EventCausations { get; } = [];

    public List<ReadOnlyMemory<byte>?> EventFingerprints { get; } = [];

    public List<DateTime?> EventGivenTimes { get; } = [];

    /// <summary>What <c>lofte.store_sealed</c> takes with each event.</summary>
    public List<ReadOnlyMemory<byte>?> EventSealed { get; } = [];

    public bool HasKeys => keys.Count > 0;

    /// <summary>Some event brings a recorded time of its own.</summary>
    public bool HasGivenTimes { get; private set; }

    /// <summary>Some event comes with a sealed part or a person's key.</summary>
    public bool HasSealed { get; private set; }

    /// <summary>
    /// No request can hang on what another one of the group does, every part has events, and no event brings a time or anything
    /// sealed.
    /// </summary>
    public bool IsPlain => !repeats && !holdsOnly && !HasGivenTimes && !HasSealed;

    /// <summary>Whether the request has room in the group; an empty group has room for any.</summary>
    public bool HasRoomFor(PendingAppend pending) =>
        Requests.Count == 0 || (EventIds.Count + pending.Events <= MaximumEvents && bytes + pending.Bytes <= MaximumBytes);

    public void Add(PendingAppend pending)
    {
        Requests.Add(pending);
        RequestParts.Add(pending.Request.Streams.Count);
        bytes += pending.Bytes;
        foreach (var part in pending.Request.Streams)
        {
            repeats |= !streams.Add(part.Stream);
            holdsOnly |= part.Events.Count == 0;
            PartStreams.Add(part.Stream);
            PartExpected.Add(part.ExpectedVersion);
            PartEvents.Add(part.Events.Count);
            for (var i = 0; i < part.Events.Count; i++)
            {
                EventParts.Add(PartStreams.Count);
                EventOffsets.Add(i + 1);
                Add(part.Events[i]);
            }
        }
    }

    public void Clear()
    {
        Requests.Clear();
        RequestParts.Clear();
        streams.Clear();
        keys.Clear();
        bytes = 0;
        repeats = false;
        holdsOnly = false;
        HasGivenTimes = false;
        HasSealed = false;
        PartStreams.Clear();
        PartExpected.Clear();
        PartEvents.Clear();
        EventParts.Clear();
        EventOffsets.Clear();
        EventIds.Clear();
        EventTypes.Clear();
        EventData.Clear();
        EventHeaders.Clear();
        EventCorrelations.Clear();
        EventCausations.Clear();
        EventFingerprints.Clear();
        EventGivenTimes.Clear();
        EventSealed.Clear();
    }

    private void Add(NewEvent said)
    {
        EventIds.Add(said.Id);
        EventTypes.Add(said.Type);
        EventData.Add(said.Data);
        EventHeaders.Add(NullIfEmpty(said.Headers));
        EventCorrelations.Add(said.CorrelationId);
        EventCausations.Add(said.CausationId);
        EventFingerprints.Add(NullIfEmpty(said.Fingerprint));
        EventGivenTimes.Add(said.RecordedAt?.UtcDateTime);
        HasGivenTimes |= said.RecordedAt is not null;
        EventSealed.Add(SealedJson.Of(said) is { } with ? with : default(ReadOnlyMemory<byte>?));
        HasSealed |= said.Sealed is not null || said.Key is not null;
        repeats |= !said.Fingerprint.IsEmpty && !keys.Add(said.Id);
    }

    // Spelled out, because 'null' alone would become an empty memory here, not an absent one.
    private static ReadOnlyMemory<byte>? NullIfEmpty(ReadOnlyMemory<byte> bytes) =>
        bytes.IsEmpty ? default(ReadOnlyMemory<byte>?) : bytes;
}
