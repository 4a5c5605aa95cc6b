using System.Diagnostics.CodeAnalysis;

namespace LofteEvents.Log;

/// <summary>
/// What the log commits to about one row of the event store: every column, the long ones as digests, so that a payload can be
/// withheld or a person's part destroyed and the rest still be proved. Its bytes are described in <c>README.md</c> beside this
/// file.
/// </summary>
/// <param name="Index">Place in the tree, from 0, without gaps.</param>
/// <param name="Position">Place in the one global order, from 1, with gaps.</param>
/// <param name="Version">Place in the stream, from 1.</param>
/// <param name="RecordedAt">Microseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Headers">SHA-256 of the canonical headers; of no bytes where the event has none.</param>
/// <param name="Payload">SHA-256 of the canonical payload.</param>
/// <param name="Parts">The sealed parts, rising by the bytes of their paths, each path once.</param>
public sealed record Leaf(
    ulong Index,
    long Position,
    Guid EventId,
    string Stream,
    long Version,
    string Type,
    long RecordedAt,
    string? CorrelationId,
    string? CausationId,
    Digest Headers,
    Digest Payload,
    IReadOnlyList<SealedPartDigest> Parts)
{
    /// <summary>A leaf is an entry of a bundle, whose length is told in two bytes.</summary>
    public const int LargestBytes = ushort.MaxValue;

    private const string TombstoneStream = "mt_tombstone";

    /// <summary>
    /// Marten records an append that failed in one stream of its own, where the version repeats the position.
    /// </summary>
    public bool IsTombstone => Stream == TombstoneStream;

    /// <summary>The leaf of a stored event.</summary>
    /// <param name="parts">The event's sealed parts, in any order.</param>
    /// <exception cref="FormatException">The event has no leaf: its JSON is not what intake admits, its recorded time is finer
    /// than a microsecond, or it is too large. The message says which.</exception>
    public static Leaf From(StoredEvent stored, ulong index, IReadOnlyList<SealedPartDigest> parts) =>
        TryFrom(stored, index, parts, out var leaf, out var fault) ? leaf : throw new FormatException(fault);

    /// <param name="fault">One sentence: why the event has no leaf.</param>
    public static bool TryFrom(
        StoredEvent stored,
        ulong index,
        IReadOnlyList<SealedPartDigest> parts,
        [NotNullWhen(true)] out Leaf? leaf,
        [NotNullWhen(false)] out string? fault)
    {
        leaf = null;
        var headers = Array.Empty<byte>();
        var recordedAt = 0L;
        if (!CanonicalJson.TryOf(stored.Data, out var payload, out fault))
            fault = $"The payload at position {stored.Position} cannot be hashed. {fault}";
        else if (!stored.Headers.IsEmpty && !CanonicalJson.TryOf(stored.Headers, out headers, out fault))
            fault = $"The headers at position {stored.Position} cannot be hashed. {fault}";
        else if (!TryMicroseconds(stored.RecordedAt, out recordedAt))
            fault = $"The recorded time at position {stored.Position} is finer than a microsecond.";
        if (fault is not null)
            return false;

        var made = new Leaf(
            index,
            stored.Position,
            stored.Id,
            stored.Stream,
            stored.Version,
            stored.Type,
            recordedAt,
            stored.CorrelationId,
            stored.CausationId,
            Digest.Of(headers),
            Digest.Of(payload),
            [.. parts.OrderBy(part => part.Path, Utf8Order.Instance)]);
        fault = LeafEncoding.Fault(made);
        leaf = fault is null ? made : null;
        return leaf is not null;
    }

    /// <summary>The leaf's bytes: what the tree hashes and an entry bundle holds.</summary>
    /// <exception cref="InvalidOperationException">A value that no stored event has; the message says which.</exception>
    public byte[] Encode() => LeafEncoding.Encode(this);

    /// <summary>Reads what <see cref="Encode"/> writes, and nothing else.</summary>
    /// <param name="fault">One sentence: what is wrong.</param>
    public static bool TryDecode(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Leaf? leaf, [NotNullWhen(false)] out string? fault) =>
        LeafEncoding.TryDecode(bytes, out leaf, out fault);

    /// <summary>Microseconds since 1970; false for a time that is finer.</summary>
    internal static bool TryMicroseconds(DateTimeOffset time, out long microseconds)
    {
        (microseconds, var rest) = Math.DivRem(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond);
        return rest == 0;
    }
}
