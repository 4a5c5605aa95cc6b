using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LofteEvents.Tests.Server;

/// <summary>An OpenID Connect issuer as far as a resource server sees one: its discovery document and its keys.</summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly WebApplication _app;

    private IdentityProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, string>
        {
            ["issuer"] = Address,
            ["jwks_uri"] = $"{Address}/keys",
        }));
        _app.MapGet("/keys", () =>
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            var key = new { kty = "EC", crv = "P-256", use = "sig", kid = "one", x = Text(point.X!), y = Text(point.Y!) };
            return Results.Json(new { keys = new[] { key } });
        });
    }

    public string Address => _app.Urls.First();

    public static async Task<IdentityProvider> StartAsync(CancellationToken cancellationToken)
    {
        var provider = new IdentityProvider();
        await provider._app.StartAsync(cancellationToken);
        return provider;
    }

    public string Token(string audience, params string[] roles)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = audience,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = "4711", ["roles"] = roles },
            SigningCredentials = new SigningCredentials(
                new ECDsaSecurityKey(_key) { KeyId = "one" }, SecurityAlgorithms.EcdsaSha256),
        });
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private static string Text(byte[] octets) => Base64UrlEncoder.Encode(octets);
}
