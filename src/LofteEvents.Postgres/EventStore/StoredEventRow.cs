using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// One row of <c>mt_events</c> in binary form, its fields in the order seq_id, id, stream_id, version, type, data, timestamp,
/// correlation_id, causation_id, headers: each a length (−1 for null) and its bytes.
/// </summary>
internal ref struct StoredEventRow(byte[] buffer, int start, int end)
{
    // Binary jsonb begins with its version, 1, and goes on as text.
    private const int JsonbPrefixBytes = 1;

    /// <summary>Where the row ended.</summary>
    public int Next { get; private set; } = start;

    /// <summary>
    /// Headers as the contract has them: empty where a writer stored none, or JSON's <c>null</c> as Marten does.
    /// </summary>
    public static ReadOnlyMemory<byte> Headers(ReadOnlyMemory<byte> json) => json.Span.SequenceEqual("null"u8) ? default : json;

    /// <summary>False when the row is not whole yet.</summary>
    public bool TryRead([NotNullWhen(true)] out StoredEvent? stored)
    {
        stored = null;
        if (!TryField(out var position) || !TryField(out var id)
            || !TryField(out var stream) || !TryField(out var version)
            || !TryField(out var type) || !TryField(out var data) || !TryField(out var timestamp)
            || !TryField(out var correlation) || !TryField(out var causation) || !TryField(out var headers))
        {
            return false;
        }

        stored = new StoredEvent(
            Int64(position),
            new Guid(buffer.AsSpan(id.At, id.Length), bigEndian: true),
            Text(stream) ?? "",
            Int64(version),
            StoredNames.Of(buffer.AsSpan(type.At, type.Length)),
            Json(data),
            RecordedTime.FromDatabase(Int64(timestamp)),
            Text(correlation),
            Text(causation),
            headers.Length < 0 ? default : Headers(Json(headers)));
        return true;
    }

    private bool TryField(out (int At, int Length) field)
    {
        field = default;
        if (end - Next < sizeof(int))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(Next));
        field = (Next + sizeof(int), length);
        var after = field.At + Math.Max(length, 0);
        if (after > end)
        {
            return false;
        }

        Next = after;
        return true;
    }

    private readonly long Int64((int At, int Length) field) => BinaryPrimitives.ReadInt64BigEndian(buffer.AsSpan(field.At));

    private readonly string? Text((int At, int Length) field) =>
        field.Length < 0 ? null : Encoding.UTF8.GetString(buffer, field.At, field.Length);

    private readonly ReadOnlyMemory<byte> Json((int At, int Length) field) =>
        new(buffer, field.At + JsonbPrefixBytes, field.Length - JsonbPrefixBytes);
}
