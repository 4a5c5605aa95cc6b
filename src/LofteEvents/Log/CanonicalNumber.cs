using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace LofteEvents.Log;

/// <summary>Numbers as RFC 8785 §3.2.2.3 writes them, which is as ECMAScript does (ECMA-262, Number::toString).</summary>
internal static class CanonicalNumber
{
    // So many digits are always below 2^53: the integer's own text is the canonical one.
    private const int SurelyExactDigits = 15;

    /// <param name="raw">A number by the grammar of RFC 8259 §6.</param>
    public static void Write(ReadOnlySpan<byte> raw, IBufferWriter<byte> output)
    {
        if (raw.Length <= SurelyExactDigits && raw[0] != (byte)'-' && !raw.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            output.Write(raw);
            return;
        }

        if (!Utf8Parser.TryParse(raw, out double value, out var used) || used != raw.Length || !double.IsFinite(value))
        {
            throw new JsonException("A number lies beyond the range of a double, so the document has no canonical form.");
        }

        Write(value, output);
    }

    /// <param name="value">Finite.</param>
    public static void Write(double value, IBufferWriter<byte> output)
    {
        if (value == 0)
        {
            output.Write("0"u8);
            return;
        }

        if (value < 0)
        {
            output.Write("-"u8);
        }

        // The library writes the shortest digits that read back as the same double, as ECMAScript does, in another layout.
        Span<byte> shortest = stackalloc byte[32];
        Math.Abs(value).TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[32];
        var count = Digits(shortest[..length], digits, out var point);
        Layout(digits[..count], point, output);
    }

    /// <summary>
    /// Takes a decimal text apart: the significant digits, and how many of them stand before the decimal point (which may be none
    /// or more than there are).
    /// </summary>
    private static int Digits(ReadOnlySpan<byte> text, Span<byte> digits, out int point)
    {
        var exponentAt = text.IndexOf((byte)'E');
        var exponent = 0;
        if (exponentAt >= 0)
        {
            exponent = int.Parse(text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..exponentAt];
        }

        var dot = text.IndexOf((byte)'.');
        point = (dot < 0 ? text.Length : dot) + exponent;
        var count = 0;
        foreach (var octet in text)
        {
            if (octet == (byte)'.')
            {
                continue;
            }

            if (count == 0 && octet == (byte)'0')
            {
                // A leading zero stands before the point (0.002) or behind it.
                point--;
                continue;
            }

            digits[count++] = octet;
        }

        while (count > 1 && digits[count - 1] == (byte)'0')
        {
            count--;
        }

        return count;
    }

    /// <summary>
    /// ECMA-262 Number::toString, steps 6 to 11; <paramref name="point"/> is its n, the number of digits its k.
    /// </summary>
    private static void Layout(ReadOnlySpan<byte> digits, int point, IBufferWriter<byte> output)
    {
        if (digits.Length <= point && point <= 21)
        {
            output.Write(digits);
            Zeros(point - digits.Length, output);
        }
        else if (point is > 0 and <= 21)
        {
            output.Write(digits[..point]);
            output.Write("."u8);
            output.Write(digits[point..]);
        }
        else if (point is > -6 and <= 0)
        {
            output.Write("0."u8);
            Zeros(-point, output);
            output.Write(digits);
        }
        else
        {
            output.Write(digits[..1]);
            if (digits.Length > 1)
            {
                output.Write("."u8);
                output.Write(digits[1..]);
            }

            output.Write(point > 0 ? "e+"u8 : "e-"u8);
            Span<byte> exponent = stackalloc byte[8];
            Math.Abs(point - 1).TryFormat(exponent, out var written, default, CultureInfo.InvariantCulture);
            output.Write(exponent[..written]);
        }
    }

    private static void Zeros(int count, IBufferWriter<byte> output)
    {
        for (var i = 0; i < count; i++)
        {
            output.Write("0"u8);
        }
    }
}
