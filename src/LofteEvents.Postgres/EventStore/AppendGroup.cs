namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// Requests that become durable in one commit, laid out as the columns that <c>lofte.append_events</c> takes. Used again for
/// the next group.
/// </summary>
internal sealed class AppendGroup
{
    /// <summary>Events that one commit takes, unless a single request has more.</summary>
    public const int MaximumEvents = 1000;

    /// <summary>Payloads and headers that one commit takes, unless a single request has more: 8 MiB.</summary>
    public const long MaximumBytes = 8L << 20;

    private readonly Dictionary<string, int> slots = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> keys = [];
    private long bytes;
    private bool hasImport;

    public List<PendingAppend> Requests { get; } = [];

    public bool IsFull => EventIds.Count >= MaximumEvents || bytes >= MaximumBytes || hasImport;

    public List<int> PartRequests { get; } = [];

    public List<string> PartStreams { get; } = [];

    public List<int> PartSlots { get; } = [];

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

    public bool RepeatsStreams => slots.Count < PartStreams.Count;

    public bool HasKeys => keys.Count > 0;

    public bool HasImport => hasImport;

    /// <summary>
    /// Takes the request in, unless it must wait for the next group: there is no room, it imports recorded times and is not
    /// alone, it says which version it expects of a stream that the group already appends to, or it brings an idempotency key
    /// that the group already has.
    /// </summary>
    public bool TryAdd(PendingAppend pending)
    {
        if (Requests.Count > 0 && !FitsBeside(pending))
        {
            return false;
        }

        if (pending.TryTake())
        {
            Add(pending);
        }

        return true;
    }

    public void Clear()
    {
        Requests.Clear();
        slots.Clear();
        keys.Clear();
        bytes = 0;
        hasImport = false;
        PartRequests.Clear();
        PartStreams.Clear();
        PartSlots.Clear();
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
    }

    private bool FitsBeside(PendingAppend pending)
    {
        if (hasImport || pending.IsImport
            || EventIds.Count + pending.Events > MaximumEvents || bytes + pending.Bytes > MaximumBytes)
        {
            return false;
        }

        foreach (var part in pending.Request.Streams)
        {
            if (part.ExpectedVersion is not null && slots.ContainsKey(part.Stream))
            {
                return false;
            }

            foreach (var said in part.Events)
            {
                if (said.Fingerprint.Length > 0 && keys.Contains(said.Id))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void Add(PendingAppend pending)
    {
        Requests.Add(pending);
        bytes += pending.Bytes;
        hasImport |= pending.IsImport;
        foreach (var part in pending.Request.Streams)
        {
            if (!slots.TryGetValue(part.Stream, out var slot))
            {
                slots.Add(part.Stream, slot = slots.Count + 1);
            }

            PartRequests.Add(Requests.Count);
            PartStreams.Add(part.Stream);
            PartSlots.Add(slot);
            PartExpected.Add(part.ExpectedVersion);
            PartEvents.Add(part.Events.Count);
            for (var i = 0; i < part.Events.Count; i++)
            {
                EventParts.Add(PartRequests.Count);
                EventOffsets.Add(i + 1);
                Add(part.Events[i]);
            }
        }
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
        if (!said.Fingerprint.IsEmpty)
        {
            keys.Add(said.Id);
        }
    }

    // Spelled out, because 'null' alone would become an empty memory here, not an absent one.
    private static ReadOnlyMemory<byte>? NullIfEmpty(ReadOnlyMemory<byte> bytes) =>
        bytes.IsEmpty ? default(ReadOnlyMemory<byte>?) : bytes;
}
