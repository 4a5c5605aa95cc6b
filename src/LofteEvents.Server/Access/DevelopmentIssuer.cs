using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LofteEvents.Server.Access;

/// <summary>
/// Issues tokens in Development, where there is no identity provider. Its key lies in the data folder, readable by its owner
/// alone, so that tokens outlive a restart. It is never made outside Development.
/// </summary>
internal sealed class DevelopmentIssuer : IDisposable
{
    public const string Name = "urn:lofte:development";

    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private readonly ECDsa key;
    private readonly string audience;

    private DevelopmentIssuer(ECDsa key, string audience)
    {
        this.key = key;
        this.audience = audience;
    }

    /// <summary>What checks a signature of this issuer.</summary>
    public SecurityKey SigningKey => new ECDsaSecurityKey(key) { KeyId = "development" };

    /// <summary>Takes the key in the folder, or makes one.</summary>
    public static DevelopmentIssuer Open(string dataFolder, string audience)
    {
        Directory.CreateDirectory(dataFolder);
        var path = Path.Combine(dataFolder, "development-issuer.pem");
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (!File.Exists(path))
        {
            KeepKey(key, path);
        }

        key.ImportFromPem(File.ReadAllText(path));
        return new DevelopmentIssuer(key, audience);
    }

    /// <summary>A signed token that is good for seven days.</summary>
    public string Issue(DevelopmentIdentity identity, DateTimeOffset now)
    {
        var claims = new Dictionary<string, object>
        {
            ["sub"] = identity.Subject,
            ["name"] = identity.Name,
            [Caller.RolesClaim] = identity.Roles,
            [Caller.SourcesClaim] = identity.Sources,
            [Caller.AreasClaim] = identity.Areas,
        };
        if (identity.Recipient is not null)
        {
            claims[Caller.RecipientClaim] = identity.Recipient;
        }

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(SigningKey, SecurityAlgorithms.EcdsaSha256),
        });
    }

    public void Dispose() => key.Dispose();

    /// <summary>
    /// Written beside and then moved without overwriting: of two starts at once, one key wins and both read that one.
    /// </summary>
    private static void KeepKey(ECDsa key, string path)
    {
        var beside = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(beside, options))
        {
            writer.Write(key.ExportPkcs8PrivateKeyPem());
        }

        try
        {
            File.Move(beside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(beside);
        }
    }
}

/// <param name="Subject">An opaque id.</param>
/// <param name="Recipient">Whose notices a caller with the role <c>recipient</c> may open.</param>
internal sealed record DevelopmentIdentity(
    string Subject,
    string Name,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> Areas,
    string? Recipient = null);
