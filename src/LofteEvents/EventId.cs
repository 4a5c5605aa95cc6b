using System.Security.Cryptography;
using System.Text;

namespace LofteEvents;

/// <summary>The event's id in the store: a version-8 UUID (RFC 9562 §5.8) made of SHA-256(source ‖ 0x00 ‖ id).</summary>
public static class EventId
{
    /// <summary>The same source and id always give the same UUID, so a repeat is found by it.</summary>
    public static Guid From(string source, string id)
    {
        var text = new byte[Encoding.UTF8.GetByteCount(source) + 1 + Encoding.UTF8.GetByteCount(id)];
        var written = Encoding.UTF8.GetBytes(source, text);
        Encoding.UTF8.GetBytes(id, text.AsSpan(written + 1));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
