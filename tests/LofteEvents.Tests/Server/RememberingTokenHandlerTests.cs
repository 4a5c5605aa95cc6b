using System.Security.Cryptography;
using LofteEvents.Server.Access;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LofteEvents.Tests.Server;

public sealed class Remembered_tokens
{
    private readonly Clock _clock = new();

    [Fact]
    public async Task Are_checked_anew_after_a_minute_so_that_a_withdrawn_key_is_noticed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var handler = new RememberingTokenHandler(_clock);
        var token = Token(key);
        (await handler.ValidateTokenAsync(token, Trusting(key))).IsValid.ShouldBeTrue();

        _clock.Now = _clock.Now.AddSeconds(59);
        (await handler.ValidateTokenAsync(token, Trusting(another))).IsValid.ShouldBeTrue();

        _clock.Now = _clock.Now.AddSeconds(1);
        (await handler.ValidateTokenAsync(token, Trusting(another))).IsValid.ShouldBeFalse();
    }

    [Fact]
    public async Task Are_only_the_valid_ones()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var handler = new RememberingTokenHandler(_clock);
        var token = Token(key);

        (await handler.ValidateTokenAsync(token, Trusting(another))).IsValid.ShouldBeFalse();
        (await handler.ValidateTokenAsync(token, Trusting(key))).IsValid.ShouldBeTrue();
    }

    private string Token(ECDsa key) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "urn:test",
        Audience = "lofte",
        NotBefore = _clock.Now.UtcDateTime,
        Expires = _clock.Now.AddHours(1).UtcDateTime,
        SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256),
    });

    private static TokenValidationParameters Trusting(ECDsa key) => new()
    {
        ValidIssuer = "urn:test",
        ValidAudience = "lofte",
        IssuerSigningKey = new ECDsaSecurityKey(key),
    };

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
