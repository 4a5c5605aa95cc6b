using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace LofteEvents.Subjects;

/// <summary>
/// Where a sealed part belongs. The ciphertext is bound to it: moved to another event, person, place or log, it does not open.
/// </summary>
/// <param name="Origin">Of the log, as its checkpoints have it.</param>
/// <param name="Version">The event's place in its stream.</param>
/// <param name="Type">Stored name.</param>
/// <param name="Path">JSON pointer to where the part was in the event's data.</param>
public sealed record SealedAddress(
    string Origin, Guid EventId, string Stream, long Version, string Type, Guid Person, Guid KeyId, string Path)
{
    private const string Form = "lofte/sealed-part/v1";
    private const int GuidBytes = 16;

    /// <summary>
    /// The additional data of AES-GCM, one encoding per address: form, origin, event id, stream, version, type, person, key id,
    /// path; texts in UTF-8 behind their length in four bytes, numbers in eight bytes, ids in network order, all big-endian.
    /// </summary>
    public byte[] Encode()
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        Text(bytes, Form);
        Text(bytes, Origin);
        Id(bytes, EventId);
        Text(bytes, Stream);
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(sizeof(long)), Version);
        bytes.Advance(sizeof(long));
        Text(bytes, Type);
        Id(bytes, Person);
        Id(bytes, KeyId);
        Text(bytes, Path);
        return bytes.WrittenSpan.ToArray();
    }

    private static void Text(ArrayBufferWriter<byte> bytes, string text)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(sizeof(int)), Encoding.UTF8.GetByteCount(text));
        bytes.Advance(sizeof(int));
        Encoding.UTF8.GetBytes(text, bytes);
    }

    private static void Id(ArrayBufferWriter<byte> bytes, Guid id)
    {
        id.TryWriteBytes(bytes.GetSpan(GuidBytes), bigEndian: true, out var written);
        bytes.Advance(written);
    }
}
