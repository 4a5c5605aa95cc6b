using System.Diagnostics.CodeAnalysis;

namespace LofteEvents.Log;

/// <summary>
/// RFC 4648 §4 with padding, read strictly (§3.1, §3.3, §3.5): no white space, nothing outside the alphabet, and pad bits that
/// are zero, so that bytes have exactly one text. <see cref="Convert.FromBase64String"/> takes white space and stray pad bits.
/// </summary>
internal static class StrictBase64
{
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length % 4 != 0)
            return false;
        var decoded = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(text, decoded, out var length))
            return false;
        Array.Resize(ref decoded, length);
        if (!text.SequenceEqual(Convert.ToBase64String(decoded)))
            return false;
        bytes = decoded;
        return true;
    }
}
