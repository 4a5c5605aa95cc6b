// RFC 8785 JSON Canonicalization Scheme https://www.rfc-editor.org/rfc/rfc8785
// RFC 7493 I-JSON https://www.rfc-editor.org/rfc/rfc7493 (no duplicate names §2.3, no lone surrogates §2.1)
// RFC 6901 JSON Pointer https://www.rfc-editor.org/rfc/rfc6901 (where a fault is)
using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace LofteEvents.Log;

/// <summary>
/// The one text of a JSON value, so that anyone can recompute a digest from a <c>jsonb</c> column whatever order and spacing it gives back:
/// members sorted by UTF-16 code units, no white space, the shortest escapes.
/// <para>
/// Only what intake admits has such a text here: integers within ±(2^53−1) without fraction or exponent (<c>jsonb</c> rewrites <c>1e2</c>,
/// other readers round larger ones), no duplicate names, no lone surrogates, no U+0000, at most 64 levels deep.
/// </para>
/// </summary>
public static class CanonicalJson
{
    private const int LargestDepth = 64;

    /// <summary>The canonical text of a JSON text, in UTF-8.</summary>
    /// <exception cref="FormatException">Not JSON, or JSON without a canonical text here; the message says what and where.</exception>
    public static byte[] Of(ReadOnlySpan<byte> utf8Json) =>
        TryOf(utf8Json, out var canonical, out var fault) ? canonical : throw new FormatException(fault);

    /// <summary>The canonical text of a value that is already parsed, in UTF-8.</summary>
    /// <exception cref="FormatException">A value without a canonical text here; the message says what and where.</exception>
    public static byte[] Of(JsonElement value) =>
        TryOf(value, out var canonical, out var fault) ? canonical : throw new FormatException(fault);

    /// <param name="fault">One sentence: what stands in the way, and where as a JSON pointer.</param>
    public static bool TryOf(
        ReadOnlySpan<byte> utf8Json, [NotNullWhen(true)] out byte[]? canonical, [NotNullWhen(false)] out string? fault)
    {
        canonical = null;
        if (!Utf8.IsValid(utf8Json))
        {
            fault = "The text is not valid UTF-8.";
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = LargestDepth });
            using var document = JsonDocument.ParseValue(ref reader);
            reader.Read();
            return TryOf(document.RootElement, out canonical, out fault);
        }
        catch (JsonException notJson)
        {
            fault = $"The text is not JSON that is at most {LargestDepth} levels deep: {notJson.Message}";
            return false;
        }
    }

    /// <param name="fault">One sentence: what stands in the way, and where as a JSON pointer.</param>
    public static bool TryOf(JsonElement value, [NotNullWhen(true)] out byte[]? canonical, [NotNullWhen(false)] out string? fault)
    {
        var text = new ArrayBufferWriter<byte>(256);
        var found = Write(value, text, depth: 1);
        fault = found is null ? null : $"At '{found.Pointer}': {found.Sentence}";
        canonical = found is null ? text.WrittenSpan.ToArray() : null;
        return canonical is not null;
    }

    private static Fault? Write(JsonElement value, ArrayBufferWriter<byte> text, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return depth > LargestDepth ? TooDeep : WriteObject(value, text, depth);
            case JsonValueKind.Array:
                return depth > LargestDepth ? TooDeep : WriteArray(value, text, depth);
            case JsonValueKind.String:
                return WriteString(TextOf(value), text);
            case JsonValueKind.Number:
                return WriteNumber(value, text);
            case JsonValueKind.True:
                text.Write("true"u8);
                return null;
            case JsonValueKind.False:
                text.Write("false"u8);
                return null;
            case JsonValueKind.Null:
                text.Write("null"u8);
                return null;
            default:
                return new Fault("", "there is no JSON value.");
        }
    }

    private static Fault? WriteObject(JsonElement value, ArrayBufferWriter<byte> text, int depth)
    {
        var members = new List<(string Name, JsonElement Value)>();
        foreach (var member in value.EnumerateObject())
        {
            if (NameOf(member) is not { } name)
                return NotText;
            members.Add((name, member.Value));
        }

        members.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        text.Write("{"u8);
        for (var i = 0; i < members.Count; i++)
        {
            var (name, inner) = members[i];
            if (i > 0 && name == members[i - 1].Name)
                return new Fault("", "a name stands more than once.").In(name);
            if (i > 0)
                text.Write(","u8);
            if (WriteString(name, text) is { } nameFault)
                return nameFault.In(name);
            text.Write(":"u8);
            if (Write(inner, text, depth + 1) is { } fault)
                return fault.In(name);
        }

        text.Write("}"u8);
        return null;
    }

    private static Fault? WriteArray(JsonElement value, ArrayBufferWriter<byte> text, int depth)
    {
        text.Write("["u8);
        var i = 0;
        foreach (var inner in value.EnumerateArray())
        {
            if (i > 0)
                text.Write(","u8);
            if (Write(inner, text, depth + 1) is { } fault)
                return fault.In(i.ToString(CultureInfo.InvariantCulture));
            i++;
        }

        text.Write("]"u8);
        return null;
    }

    private static Fault? WriteNumber(JsonElement value, ArrayBufferWriter<byte> text)
    {
        if (JsonMarshal.GetRawUtf8Value(value).ContainsAny((byte)'.', (byte)'e', (byte)'E')
            || !value.TryGetInt64(out var number)
            || number is > ExactNumber.LargestInteger or < -ExactNumber.LargestInteger)
        {
            return new Fault("", "a number is an integer within ±9007199254740991 without fraction or exponent; write others as strings.");
        }

        var written = text.GetSpan(20);
        number.TryFormat(written, out var length, provider: CultureInfo.InvariantCulture);
        text.Advance(length);
        return null;
    }

    /// <summary>RFC 8785 §3.2.2.2.</summary>
    private static Fault? WriteString(string? value, ArrayBufferWriter<byte> text)
    {
        if (value is null)
            return NotText;
        text.Write("\""u8);
        var plain = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var character = value[i];
            if (character is >= ' ' and not '"' and not '\\')
                continue;
            if (character == '\0')
                return new Fault("", "U+0000 is in a text, which the database cannot hold.");
            WritePlain(value.AsSpan(plain, i - plain), text);
            WriteEscape(character, text);
            plain = i + 1;
        }

        WritePlain(value.AsSpan(plain), text);
        text.Write("\""u8);
        return null;
    }

    private static void WritePlain(ReadOnlySpan<char> plain, ArrayBufferWriter<byte> text)
    {
        Utf8.FromUtf16(plain, text.GetSpan(plain.Length * 3), out _, out var written, replaceInvalidSequences: false);
        text.Advance(written);
    }

    private static void WriteEscape(char character, ArrayBufferWriter<byte> text)
    {
        switch (character)
        {
            case '"': text.Write("\\\""u8); break;
            case '\\': text.Write("\\\\"u8); break;
            case '\b': text.Write("\\b"u8); break;
            case '\t': text.Write("\\t"u8); break;
            case '\n': text.Write("\\n"u8); break;
            case '\f': text.Write("\\f"u8); break;
            case '\r': text.Write("\\r"u8); break;
            default:
                text.Write("\\u00"u8);
                text.Write([(byte)(character < 0x10 ? '0' : '1'), (byte)"0123456789abcdef"[character & 0xF]]);
                break;
        }
    }

    /// <summary>Null where the text has a lone surrogate or is not UTF-8, which System.Text.Json says by throwing.</summary>
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Null as <see cref="TextOf"/>.</summary>
    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Fault NotText => new("", "a text has a lone surrogate or is not UTF-8.");

    private static Fault TooDeep => new("", $"the value is more than {LargestDepth} levels deep.");

    private sealed record Fault(string Pointer, string Sentence)
    {
        public Fault In(string step) =>
            this with { Pointer = $"/{step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}{Pointer}" };
    }
}
