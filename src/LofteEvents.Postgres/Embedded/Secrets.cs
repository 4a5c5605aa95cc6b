using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace LofteEvents.Postgres.Embedded;

/// <summary>Passwords of the cluster's login roles, random at its creation, in <c>secrets.json</c> (mode 0600).</summary>
/// <param name="Superuser">Of <c>postgres</c>: used only to make roles and databases.</param>
/// <param name="Owner">Of <c>lofte_owner</c>: owns the database and changes its schema.</param>
/// <param name="App">Of <c>lofte_server</c>: what the running server may, as a member of <c>lofte_app</c>.</param>
internal sealed record Secrets(string Superuser, string Owner, string App)
{
    private const int PasswordBytes = 32;

    public static Secrets Random() => new(Password(), Password(), Password());

    public static Task<Secrets?> ReadAsync(DataFolder folder, CancellationToken cancellationToken) =>
        PrivateFile.ReadAsync(folder.SecretsFile, EmbeddedJson.Default.Secrets, cancellationToken);

    public Task WriteAsync(DataFolder folder, CancellationToken cancellationToken) =>
        PrivateFile.WriteAsync(folder.SecretsFile, this, EmbeddedJson.Default.Secrets, cancellationToken);

    public override string ToString() => nameof(Secrets);

    private static string Password() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Secrets))]
[JsonSerializable(typeof(RunFile))]
[JsonSerializable(typeof(PlaceRecord))]
internal sealed partial class EmbeddedJson : JsonSerializerContext;
