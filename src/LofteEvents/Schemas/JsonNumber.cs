using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LofteEvents.Schemas;

/// <summary>Numbers of JSON by their mathematical value, whatever their spelling.</summary>
internal static class JsonNumber
{
    /// <summary>Without a fractional part: <c>1</c>, <c>1.0</c> and <c>1e2</c> are, <c>1.5</c> and <c>1e-2</c> are not.</summary>
    public static bool IsInteger(in JsonElement number)
    {
        var raw = JsonMarshal.GetRawUtf8Value(number);
        if (!raw.ContainsAny((byte)'.', (byte)'e', (byte)'E'))
            return true;

        var text = number.GetRawText();
        var at = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = (at < 0 ? text : text[..at]).TrimStart('-');
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimEnd('0');
        if (significant.Length == 0)
            return true;

        // The value is 0.digits × 10^(digits before the point + exponent): whole if that reaches the last significant digit.
        var exponent = at < 0 ? 0m : ExponentOf(text.AsSpan(at + 1));
        return (point < 0 ? digits.Length : point) + exponent >= significant.Length;
    }

    /// <summary>Below, at or above zero as the number is below, at or above the limit.</summary>
    public static int Compare(in JsonElement number, decimal limit) =>
        number.TryGetDecimal(out var exact) ? exact.CompareTo(limit)
        : number.TryGetDouble(out var near) ? near.CompareTo((double)limit)
        : JsonMarshal.GetRawUtf8Value(number)[0] == (byte)'-' ? -1 : 1;

    /// <summary>An exponent beyond all sense counts as one that is merely very large.</summary>
    private static decimal ExponentOf(ReadOnlySpan<char> text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            ? exponent
            : text[0] == '-' ? decimal.MinValue / 2 : decimal.MaxValue / 2;
}
