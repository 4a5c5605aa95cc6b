using System.Reflection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LofteEvents.Server.Hosting;

/// <summary>
/// Sends traces and metrics to a collector where OpenTelemetry's own setting names one, and nowhere else. The other settings of
/// its specification (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/) hold too.
/// </summary>
internal static class TelemetryExport
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The names are those of the engine's source and meter and of the driver's meter.
    private const string Engine = "LofteEvents.Postgres";
    private const string Driver = "Npgsql";

    public static WebApplicationBuilder AddTelemetryExport(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]))
        {
            return builder;
        }

        var version = Assembly.GetExecutingAssembly().GetName().Version?.ToString();
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("lofte-server", serviceVersion: version))
            .WithTracing(tracing => tracing
                .AddSource(ServerTelemetry.Name, Engine)
                .AddAspNetCoreInstrumentation(requests => requests.Filter = IsWorthATrace)
                .AddOtlpExporter())
            .WithMetrics(metrics => metrics
                .AddMeter(ServerTelemetry.Name, Engine, Driver)
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddOtlpExporter());
        return builder;
    }

    /// <summary>Probes of health come every few seconds and say nothing; a feed would be a span of hours.</summary>
    private static bool IsWorthATrace(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health")
        && context.Request.Path.Value?.EndsWith("/feed", StringComparison.Ordinal) is not true;
}
