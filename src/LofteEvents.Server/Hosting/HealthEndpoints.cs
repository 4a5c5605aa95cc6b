using System.Text.Json.Serialization;
using LofteEvents.Server.OpenApi;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LofteEvents.Server.Hosting;

/// <summary>
/// <c>/health/live</c> says that the process answers; <c>/health/ready</c> that it can serve: 200 while healthy or degraded, 503
/// while not. A part adds what it must have with <c>services.AddHealthChecks().AddCheck&lt;T&gt;(name, tags:
/// [HealthEndpoints.Ready])</c>.
/// </summary>
internal static class HealthEndpoints
{
    public const string Ready = "ready";

    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var health = endpoints.MapGroup("/health").AllowAnonymous().WithTags("Health");
        health.MapGet("/live", LiveAsync)
            .WithName("IsLive")
            .WithSummary("Whether the process answers")
            .WithExample("""{"status":"healthy","checks":[]}""");
        health.MapGet("/ready", ReadyAsync)
            .WithName("IsReady")
            .WithSummary("Whether it can serve: 503 while it cannot")
            .WithExample(
                """
                {"status":"degraded","checks":[{"name":"database","status":"healthy"},
                  {"name":"projections","status":"degraded","detail":"LofteStatus is 5120 events and 6 s behind."}]}
                """);
        return endpoints;
    }

    private static Task<IResult> LiveAsync(HealthCheckService health, HttpContext context) =>
        AnswerAsync(health, _ => false, context);

    private static Task<IResult> ReadyAsync(HealthCheckService health, HttpContext context) =>
        AnswerAsync(health, check => check.Tags.Contains(Ready), context);

    /// <summary>Names and sentences only: an exception's text may hold addresses that are nobody's business.</summary>
    private static async Task<IResult> AnswerAsync(
        HealthCheckService health, Func<HealthCheckRegistration, bool> checks, HttpContext context)
    {
        var report = await health.CheckHealthAsync(checks, context.RequestAborted);
        var answers = report.Entries
            .Select(entry => new HealthAnswerCheck(entry.Key, Word(entry.Value.Status), entry.Value.Description))
            .ToArray();
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            new HealthAnswer(Word(report.Status), answers),
            HealthJson.Default.HealthAnswer,
            statusCode: report.Status == HealthStatus.Unhealthy
                ? StatusCodes.Status503ServiceUnavailable
                : StatusCodes.Status200OK);
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}

internal sealed record HealthAnswer(string Status, IReadOnlyList<HealthAnswerCheck> Checks);

internal sealed record HealthAnswerCheck(string Name, string Status, string? Detail);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;
