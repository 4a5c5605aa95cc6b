using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
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
        endpoints.MapHealthChecks("/health/live", Answering(_ => false)).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", Answering(check => check.Tags.Contains(Ready))).AllowAnonymous();
        return endpoints;
    }

    private static HealthCheckOptions Answering(Func<HealthCheckRegistration, bool> checks) =>
        new() { Predicate = checks, ResponseWriter = WriteAsync };

    /// <summary>Names and sentences only: an exception's text may hold addresses that are nobody's business.</summary>
    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        var checks = report.Entries
            .Select(entry => new HealthAnswerCheck(entry.Key, Word(entry.Value.Status), entry.Value.Description))
            .ToArray();
        var answer = new HealthAnswer(Word(report.Status), checks);
        return JsonSerializer.SerializeAsync(
            context.Response.Body, answer, HealthJson.Default.HealthAnswer, context.RequestAborted);
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
