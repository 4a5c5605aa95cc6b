using System.Text;
using Microsoft.Net.Http.Headers;

namespace LofteEvents.Server.Intake;

/// <summary>
/// Reads an event whose attributes are <c>ce-</c> headers and whose data is the body.
/// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#31-binary-content-mode
/// </summary>
internal static class BinaryMode
{
    private const string Prefix = "ce-";

    public static Envelope Read(IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var envelope = new Envelope(null);
        foreach (var (header, values) in headers)
        {
            if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var name = header[Prefix.Length..].ToLowerInvariant();
            if (name == "datacontenttype")
            {
                envelope.Add("/datacontenttype", "In binary mode the header Content-Type says it; take ce-datacontenttype out.");
            }
            else if (values.Count != 1 || Decode(values[0] ?? "") is not { } value)
            {
                envelope.Add(
                    JsonPointer.Member("", name),
                    $"The header {Prefix}{name} stands once, in printable ASCII, all else as percent-encoded UTF-8 (§3.1.3.2).");
            }
            else
            {
                envelope.Set(name, value, isText: true);
            }
        }

        if (!body.IsEmpty)
        {
            envelope.Data = body;
            envelope.AddRange(StrictJson.Check(body.Span).Select(fault => fault with { Pointer = "/data" + fault.Pointer }));
        }

        return envelope;
    }

    /// <summary>§3.1.3.2: a value in quotes is unquoted, then percent-decoded once; what is no UTF-8 then is refused.</summary>
    /// <returns>Null for a value that cannot be decoded.</returns>
    internal static string? Decode(string value)
    {
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return null;
        }

        var text = value.Length >= 2 && value[0] == '"' ? HeaderUtilities.UnescapeAsQuotedString(value).ToString() : value;
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var octets = new byte[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                octets[count++] = (byte)text[i];
            }
            else if (i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                octets[count++] = Convert.FromHexString(text.AsSpan(i + 1, 2))[0];
                i += 2;
            }
            else
            {
                return null;
            }
        }

        return StrictText(octets.AsSpan(0, count));
    }

    private static string? StrictText(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
