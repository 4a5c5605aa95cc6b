// RFC 3279 §2.2.3 https://www.rfc-editor.org/rfc/rfc3279#section-2.2.3 (Ecdsa-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER })
// ITU-T X.690 §8.1.3, §8.3 and §10.1 (definite lengths, the shortest integers, DER)
using System.Diagnostics.CodeAnalysis;

namespace LofteEvents.Log;

/// <summary>
/// An ECDSA P-256 signature between its two forms: DER, as signed notes carry it, and r ‖ s in 64 bytes. Read strictly, because
/// .NET's own reader also takes a form that is not DER, and a signature must have one text.
/// </summary>
internal static class EcdsaSignature
{
    /// <summary>Length of r ‖ s.</summary>
    public const int FixedBytes = 2 * HalfBytes;

    private const int HalfBytes = 32;
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;
    private const byte SignBit = 0x80;

    /// <summary>False unless the bytes are DER of two positive integers of at most 32 bytes, with nothing behind them.</summary>
    public static bool TryFromDer(ReadOnlySpan<byte> der, [NotNullWhen(true)] out byte[]? signature)
    {
        signature = null;
        if (!TryTake(ref der, Sequence, out var body) || !der.IsEmpty)
            return false;
        if (!TryTake(ref body, Integer, out var r) || !TryTake(ref body, Integer, out var s) || !body.IsEmpty)
            return false;
        var halves = new byte[FixedBytes];
        if (!TryPlace(r, halves.AsSpan(0, HalfBytes)) || !TryPlace(s, halves.AsSpan(HalfBytes)))
            return false;
        signature = halves;
        return true;
    }

    /// <param name="signature">r ‖ s.</param>
    public static byte[] ToDer(ReadOnlySpan<byte> signature)
    {
        byte[] r = Tagged(signature[..HalfBytes]);
        byte[] s = Tagged(signature[HalfBytes..FixedBytes]);
        return [Sequence, (byte)(r.Length + s.Length), .. r, .. s];
    }

    /// <summary>Takes one value with a length below 128, the only lengths that these have.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> rest, byte tag, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (rest.Length < 2 || rest[0] != tag || rest[1] >= SignBit || rest[1] > rest.Length - 2)
            return false;
        content = rest.Slice(2, rest[1]);
        rest = rest[(2 + content.Length)..];
        return true;
    }

    /// <summary>An integer in the fewest bytes, above zero, right-aligned into 32 bytes.</summary>
    private static bool TryPlace(ReadOnlySpan<byte> integer, Span<byte> half)
    {
        if (integer.IsEmpty || (integer[0] & SignBit) != 0)
            return false;
        if (integer[0] == 0)
        {
            if (integer.Length == 1 || (integer[1] & SignBit) == 0)
                return false;
            integer = integer[1..];
        }

        if (integer.Length > half.Length)
            return false;
        integer.CopyTo(half[^integer.Length..]);
        return true;
    }

    private static byte[] Tagged(ReadOnlySpan<byte> half)
    {
        var digits = half.TrimStart((byte)0);
        return digits.IsEmpty || (digits[0] & SignBit) != 0
            ? [Integer, (byte)(digits.Length + 1), 0, .. digits]
            : [Integer, (byte)digits.Length, .. digits];
    }
}
