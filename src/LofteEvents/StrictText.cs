using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LofteEvents;

/// <summary>The escapes of a JSON text (RFC 8259 §7), between its quotes and already known to be well-formed.</summary>
internal static class StrictText
{
    /// <summary>What an escape says that no text may: the end of a sentence, or null.</summary>
    public static string? Fault(ReadOnlySpan<byte> raw)
    {
        for (var i = raw.IndexOf((byte)'\\'); i >= 0 && i < raw.Length; i = Next(raw, i))
        {
            if (raw[i + 1] != (byte)'u')
                continue;

            var unit = CodeUnit(raw, i);
            if (unit == '\0')
                return "holds U+0000, which cannot be stored; take it out.";
            if (char.IsLowSurrogate(unit) || (char.IsHighSurrogate(unit) && !IsLowSurrogateEscape(raw, i + 6)))
                return $"holds half of a surrogate pair, \\u{(int)unit:x4}; write the whole character.";
            if (char.IsHighSurrogate(unit))
                i += 6;
        }

        return null;
    }

    /// <summary>The text itself; half of a surrogate pair shows as U+FFFD.</summary>
    public static string Unescaped(ReadOnlySpan<byte> raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length;)
        {
            var plain = raw[i..].IndexOf((byte)'\\') is var at and >= 0 ? at : raw.Length - i;
            text.Append(Encoding.UTF8.GetString(raw.Slice(i, plain)));
            i += plain;
            if (i == raw.Length)
                break;

            text.Append(raw[i + 1] == (byte)'u' ? CodeUnit(raw, i) : Short((char)raw[i + 1]));
            i += raw[i + 1] == (byte)'u' ? 6 : 2;
        }

        // By way of UTF-8, so that every half of a pair becomes the same replacement character.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static int Next(ReadOnlySpan<byte> raw, int escape)
    {
        var after = escape + (raw[escape + 1] == (byte)'u' ? 6 : 2);
        var next = raw[after..].IndexOf((byte)'\\');
        return next < 0 ? raw.Length : after + next;
    }

    private static bool IsLowSurrogateEscape(ReadOnlySpan<byte> raw, int at) =>
        raw.Length >= at + 6 && raw[at] == (byte)'\\' && raw[at + 1] == (byte)'u' && char.IsLowSurrogate(CodeUnit(raw, at));

    private static char CodeUnit(ReadOnlySpan<byte> raw, int escape)
    {
        _ = Utf8Parser.TryParse(raw.Slice(escape + 2, 4), out ushort unit, out _, 'x');
        return (char)unit;
    }

    private static char Short(char letter) => letter switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => letter,
    };
}
