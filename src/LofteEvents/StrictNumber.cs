using System.Buffers.Text;

namespace LofteEvents;

/// <summary>The numbers that keep their value and their text everywhere; others are written as decimal strings.</summary>
internal static class StrictNumber
{
    /// <param name="raw">A number by the grammar of RFC 8259 §6.</param>
    public static string? Fault(ReadOnlySpan<byte> raw)
    {
        if (raw.ContainsAny((byte)'e', (byte)'E'))
            return "This number has an exponent; write it out as an integer, or as a decimal string such as \"42.5\".";
        if (raw.Contains((byte)'.'))
            return "This number has a fraction; write it as a decimal string such as \"42.5\".";

        return Utf8Parser.TryParse(raw, out long value, out var used) && used == raw.Length
            && value is >= -ExactNumber.LargestInteger and <= ExactNumber.LargestInteger
                ? null
                : "This number is beyond ±9007199254740991 (2^53−1), where readers lose digits; write it as a decimal string.";
    }
}
