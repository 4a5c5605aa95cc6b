using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LofteEvents.Log;

/// <summary>
/// RFC 3629 without repair: bytes that are not UTF-8, and text with a lone surrogate, are refused. <see cref="Encoding.UTF8"/>
/// silently puts U+FFFD in their place, so that two different inputs would read the same.
/// </summary>
internal static class StrictUtf8
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        text = System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.GetString(bytes) : null;
        return text is not null;
    }

    /// <exception cref="EncoderFallbackException">The text has a lone surrogate.</exception>
    public static byte[] Encode(string text) => Encoding.GetBytes(text);

    /// <exception cref="EncoderFallbackException">The text has a lone surrogate.</exception>
    public static int ByteCount(string text) => Encoding.GetByteCount(text);

    /// <summary>Writes the text's bytes to the start of <paramref name="destination"/> and returns their number.</summary>
    /// <exception cref="EncoderFallbackException">The text has a lone surrogate.</exception>
    public static int Encode(string text, Span<byte> destination) => Encoding.GetBytes(text, destination);
}
