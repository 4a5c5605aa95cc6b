using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LofteEvents.Schemas;

/// <summary>
/// <c>minLength</c>, <c>maxLength</c> (in code points), <c>pattern</c> (§6.3) and <c>format</c>, checked in this order: what is
/// too long is not matched against a pattern.
/// </summary>
internal sealed class StringKeyword(SchemaNode place, int minLength, int? maxLength, Regex? pattern, StringFormat? format)
    : SchemaKeyword
{
    private const int LongestOnStack = 256;

    public override bool Holds(in JsonElement value, SchemaReport? report)
    {
        if (value.ValueKind != JsonValueKind.String)
            return true;

        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (!raw.Contains((byte)'\\'))
            return Holds(raw[1..^1], value, report);

        var unescaped = ArrayPool<byte>.Shared.Rent(raw.Length);
        var reader = new Utf8JsonReader(raw);
        reader.Read();
        var holds = Holds(unescaped.AsSpan(0, reader.CopyString(unescaped)), value, report);
        ArrayPool<byte>.Shared.Return(unescaped);
        return holds;
    }

    private bool Holds(ReadOnlySpan<byte> utf8, in JsonElement value, SchemaReport? report)
    {
        if (minLength > 0 || maxLength is not null)
        {
            var length = CodePoints(utf8);
            if (length < minLength)
            {
                return Fail(report, length == 0
                    ? "This text is empty; say something here."
                    : $"This text has {length} characters; at least {minLength} are needed.");
            }

            if (length > maxLength)
                return Fail(report, $"This text has {length} characters; at most {maxLength} are allowed.");
        }

        if (pattern is not null && !Matches(pattern, utf8))
        {
            return report is not null && Fail(
                report,
                $"{report.Quote(value)} does not have the form that belongs here: {place.Description ?? pattern.ToString()}.");
        }

        return format is null || format.Fits(utf8)
            || (report is not null && Fail(report, $"{report.Quote(value)} is not {format.WantedInsteadOf(utf8)}."));
    }

    /// <summary>Every byte but those that continue a character begins one.</summary>
    private static int CodePoints(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var octet in utf8)
            count += (octet & 0xC0) == 0x80 ? 0 : 1;

        return count;
    }

    internal static bool Matches(Regex pattern, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= LongestOnStack)
        {
            Span<char> few = stackalloc char[LongestOnStack];
            return pattern.IsMatch(few[..Encoding.UTF8.GetChars(utf8, few)]);
        }

        var many = ArrayPool<char>.Shared.Rent(utf8.Length);
        var matches = pattern.IsMatch(many.AsSpan(0, Encoding.UTF8.GetChars(utf8, many)));
        ArrayPool<char>.Shared.Return(many);
        return matches;
    }
}
