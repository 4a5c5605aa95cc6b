using System.Reflection;
using System.Text.Json.Serialization;

namespace LofteEvents.Server.OpenApi;

/// <summary>
/// <c>GET /api/v1/api-info</c>: which version of the interface this is, in the words of the Swedish national REST API profile.
/// </summary>
internal static class ApiInfoEndpoint
{
    private static readonly string ProgramVersion = typeof(ApiInfoEndpoint).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static readonly ApiInfo Info =
        new("LofteEvents", "1.0.0", "2026-11-22", "/openapi/v1.json", "active", ProgramVersion);

    public static IEndpointRouteBuilder MapApiInfo(this IEndpointRouteBuilder api)
    {
        api.MapGet("/api-info", () => TypedResults.Json(Info, ApiInfoJson.Default.ApiInfo))
            .AllowAnonymous()
            .WithTags("About")
            .WithName("GetApiInfo")
            .WithSummary("Which interface this is, and where it is described")
            .WithExample(
                """
                {"apiName":"LofteEvents","apiVersion":"1.0.0","apiReleased":"2026-11-22",
                  "apiDocumentation":"/openapi/v1.json","apiStatus":"active","programVersion":"1.0.0"}
                """);
        return api;
    }
}

/// <param name="ApiVersion">Of the interface; its first number is the one in its addresses.</param>
/// <param name="ApiReleased">yyyy-MM-dd.</param>
/// <param name="ApiDocumentation">Address of the OpenAPI description.</param>
/// <param name="ApiStatus"><c>active</c>, or later <c>deprecated</c>.</param>
/// <param name="ProgramVersion">Of the program that serves it.</param>
internal sealed record ApiInfo(
    string ApiName, string ApiVersion, string ApiReleased, string ApiDocumentation, string ApiStatus, string ProgramVersion);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApiInfo))]
internal sealed partial class ApiInfoJson : JsonSerializerContext;
