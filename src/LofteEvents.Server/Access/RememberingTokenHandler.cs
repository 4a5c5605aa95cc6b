using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LofteEvents.Server.Access;

/// <summary>
/// Validates tokens as the library does, and remembers a valid one for a short time: a publisher sends the same token with
/// thousands of events, and checking its signature each time would cost more than storing the event.
/// </summary>
/// <remarks>
/// Remembered by the token's SHA-256, never longer than until it expires, and at most <see cref="MemorySeconds"/> so that a
/// withdrawn signing key is noticed. Only valid tokens are remembered, so nobody can fill the memory from outside.
/// </remarks>
internal sealed class RememberingTokenHandler(TimeProvider time) : JsonWebTokenHandler
{
    private const int MemorySeconds = 60;
    private const int MaxTokens = 10_000;

    private readonly ConcurrentDictionary<UInt256, Remembered> valid = new();

    public override async Task<TokenValidationResult> ValidateTokenAsync(
        string token, TokenValidationParameters validationParameters)
    {
        var key = Fingerprint(token);
        var now = time.GetUtcNow();
        if (valid.TryGetValue(key, out var remembered) && now < remembered.Until)
        {
            return remembered.Accepted;
        }

        await WantKeysAsync(validationParameters.ConfigurationManager);
        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result is { IsValid: true, SecurityToken: { } accepted })
        {
            Remember(key, result, now, accepted.ValidTo);
        }

        return result;
    }

    /// <summary>Without this, a token whose issuer does not answer would count as a token of the wrong issuer.</summary>
    /// <exception cref="IssuerUnavailableException">There are no keys to check a signature with.</exception>
    private static async Task WantKeysAsync(BaseConfigurationManager? issuer)
    {
        try
        {
            if (issuer is not null)
            {
                await issuer.GetBaseConfigurationAsync(CancellationToken.None);
            }
        }
        catch (InvalidOperationException away)
        {
            throw new IssuerUnavailableException(away);
        }
    }

    private void Remember(UInt256 key, TokenValidationResult result, DateTimeOffset now, DateTime validTo)
    {
        if (valid.Count >= MaxTokens)
        {
            valid.Clear();
        }

        var until = now.AddSeconds(MemorySeconds);
        var expires = new DateTimeOffset(DateTime.SpecifyKind(validTo, DateTimeKind.Utc));
        valid[key] = new Remembered(result, expires < until ? expires : until);
    }

    private static UInt256 Fingerprint(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return new UInt256(new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..])),
            new UInt128(BitConverter.ToUInt64(hash[16..]), BitConverter.ToUInt64(hash[24..])));
    }

    private readonly record struct UInt256(UInt128 High, UInt128 Low);

    private sealed record Remembered(TokenValidationResult Accepted, DateTimeOffset Until);
}
