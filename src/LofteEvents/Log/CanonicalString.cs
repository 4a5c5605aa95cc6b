using System.Buffers;

namespace LofteEvents.Log;

/// <summary>Strings as RFC 8785 §3.2.2.2 writes them: only what must be escaped is, in the shortest way.</summary>
internal static class CanonicalString
{
    private static readonly SearchValues<byte> MustBeEscaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(octet => (byte)octet), (byte)'"', (byte)'\\']);

    /// <param name="text">UTF-8 without escapes.</param>
    public static void Write(ReadOnlyMemory<byte> text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        var rest = text.Span;
        for (var at = rest.IndexOfAny(MustBeEscaped); at >= 0; at = rest.IndexOfAny(MustBeEscaped))
        {
            output.Write(rest[..at]);
            Escape(rest[at], output);
            rest = rest[(at + 1)..];
        }

        output.Write(rest);
        output.Write("\""u8);
    }

    private static void Escape(byte octet, IBufferWriter<byte> output)
    {
        switch (octet)
        {
            case (byte)'"':
                output.Write("\\\""u8);
                break;
            case (byte)'\\':
                output.Write("\\\\"u8);
                break;
            case (byte)'\b':
                output.Write("\\b"u8);
                break;
            case (byte)'\t':
                output.Write("\\t"u8);
                break;
            case (byte)'\n':
                output.Write("\\n"u8);
                break;
            case (byte)'\f':
                output.Write("\\f"u8);
                break;
            case (byte)'\r':
                output.Write("\\r"u8);
                break;
            default:
                output.Write("\\u00"u8);
                output.Write([HexDigit(octet >> 4), HexDigit(octet & 0xF)]);
                break;
        }
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);
}
