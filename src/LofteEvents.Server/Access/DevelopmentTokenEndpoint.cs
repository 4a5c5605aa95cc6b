using System.Net;
using System.Text.Json.Serialization;
using LofteEvents.Notices;
using LofteEvents.Server.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LofteEvents.Server.Access;

/// <summary>
/// <c>POST /dev/token</c> with <c>{"role":"publisher"}</c> answers <c>{"token","expires"}</c>: what <c>lofte token --role R</c>
/// asks. The address exists only with the development issuer, and answers only this machine.
/// </summary>
internal static class DevelopmentTokenEndpoint
{
    /// <summary>The source of the demonstration, which a publisher's token covers when nothing else is asked for.</summary>
    public const string DemonstrationSource = "urn:lofte:demo";

    public static IEndpointRouteBuilder MapDevelopmentToken(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<DevelopmentIssuer>() is not null)
        {
            endpoints.MapPost("/dev/token", Issue).AllowAnonymous().ExcludeFromDescription();
        }

        return endpoints;
    }

    private static string[] OutermostOf(Areas areas) =>
        [.. areas.All.Where(area => area.Parent is null).Select(area => area.Id)];

    private static Results<JsonHttpResult<DevelopmentToken>, Problem> Issue(
        DevelopmentTokenRequest wanted,
        DevelopmentIssuer issuer,
        Areas areas,
        Recipients recipients,
        TimeProvider time,
        HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } from || !IPAddress.IsLoopback(from))
        {
            return Problems.Forbidden("Development tokens are given to callers on the server's own machine only.");
        }

        IReadOnlyList<string> roles = wanted.Roles ?? (wanted.Role is { } role ? [role] : []);
        if (roles.Count == 0 || roles.FirstOrDefault(name => !Roles.All.Contains(name)) is not null)
        {
            return new Problem(
                400,
                "token.role-unknown",
                "There is no such role",
                $"Give a role: {{\"role\":\"…\"}} with one of {string.Join(", ", Roles.All)}.");
        }

        var identity = new DevelopmentIdentity(
            wanted.Subject ?? $"development:{roles[0]}",
            wanted.Name ?? $"Development {roles[0]}",
            roles,
            wanted.Sources ?? (roles.Contains(Roles.Publisher) ? [DemonstrationSource] : []),
            wanted.Areas ?? (roles.Contains(Roles.Officer) ? OutermostOf(areas) : []),
            wanted.Recipient ?? (roles.Contains(Roles.Recipient) ? recipients.All[0].Id : null));
        var now = time.GetUtcNow();
        return TypedResults.Json(
            new DevelopmentToken(issuer.Issue(identity, now), now + DevelopmentIssuer.Lifetime),
            DevelopmentTokenJson.Default.DevelopmentToken);
    }
}

/// <param name="Role">One role, or <paramref name="Roles"/> for several.</param>
/// <param name="Sources">What a publisher may publish as; <c>urn:lofte:demo</c> when left out.</param>
/// <param name="Areas">Where an officer is in charge; everywhere when left out.</param>
/// <param name="Recipient">Whose notices a recipient may open; those of the first in the file when left out.</param>
internal sealed record DevelopmentTokenRequest(
    string? Role = null,
    IReadOnlyList<string>? Roles = null,
    IReadOnlyList<string>? Sources = null,
    IReadOnlyList<string>? Areas = null,
    string? Recipient = null,
    string? Subject = null,
    string? Name = null);

internal sealed record DevelopmentToken(string Token, DateTimeOffset Expires);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DevelopmentTokenRequest))]
[JsonSerializable(typeof(DevelopmentToken))]
internal sealed partial class DevelopmentTokenJson : JsonSerializerContext;
