using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LofteEvents.Server.Channels;

/// <summary>
/// The signature of Standard Webhooks 1.0 (https://www.standardwebhooks.com, "Signature scheme"): HMAC-SHA256 over
/// <c>{id}.{timestamp}.{body}</c>, one for each secret while a secret is being changed.
/// </summary>
internal static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";

    // "Symmetric secrets should be between 24 bytes (192 bits) and 64 bytes (512 bits)."
    private const int ShortestSecret = 24;
    private const int LongestSecret = 64;

    /// <param name="secret">Base64 of 24 to 64 bytes, with or without <c>whsec_</c> in front.</param>
    /// <returns>Null where it is none.</returns>
    public static byte[]? Secret(string secret)
    {
        var text = secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret;
        var bytes = new byte[LongestSecret + 1];
        return Base64.IsValid(text) && Convert.TryFromBase64String(text, bytes, out var length)
            && length is >= ShortestSecret and <= LongestSecret
            ? bytes[..length]
            : null;
    }

    /// <summary>The headers of one attempt.</summary>
    /// <param name="id">The same at every attempt; without a full stop.</param>
    /// <param name="secrets">The newest first.</param>
    public static IReadOnlyList<(string Name, string Value)> Headers(
        IReadOnlyList<byte[]> secrets, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var head = Encoding.UTF8.GetBytes($"{id}.{timestamp}.");
        var signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(head.Length));
        var signatures = secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}");
        return [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", string.Join(' ', signatures))];
    }
}
