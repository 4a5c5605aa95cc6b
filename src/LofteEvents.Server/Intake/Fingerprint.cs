using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using LofteEvents.Log;

namespace LofteEvents.Server.Intake;

/// <summary>
/// What was said, as 32 bytes: SHA-256 of the canonical JSON (RFC 8785) of <c>{"data","subject","time","type"}</c>, the time in
/// UTC. A repeat has the same, however its JSON is written. A sealed part is no part of it: that has a fingerprint of its own,
/// under its person's key.
/// </summary>
internal static class Fingerprint
{
    public static byte[] Of(IncomingEvent incoming, ReadOnlyMemory<byte> data)
    {
        // The members stand in canonical order.
        var canonical = new ArrayBufferWriter<byte>(data.Length + 256);
        canonical.Write("{\"data\":"u8);
        CanonicalJson.Write(data, canonical);
        canonical.Write(",\"subject\":"u8);
        WriteText(incoming.Stream, canonical);
        canonical.Write(",\"time\":"u8);
        WriteText(Timestamp.Format(incoming.Time), canonical);
        canonical.Write(",\"type\":"u8);
        WriteText(IncomingEvent.TypePrefix + incoming.Type.Name, canonical);
        canonical.Write("}"u8);
        return SHA256.HashData(canonical.WrittenSpan);
    }

    /// <summary>Subject, time and type hold no character that JSON escapes.</summary>
    private static void WriteText(string text, ArrayBufferWriter<byte> canonical)
    {
        canonical.Write("\""u8);
        Encoding.ASCII.GetBytes(text, canonical);
        canonical.Write("\""u8);
    }
}
