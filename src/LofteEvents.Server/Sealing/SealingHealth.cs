using System.Globalization;
using LofteEvents.Postgres.Sealing;
using LofteEvents.Server.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LofteEvents.Server.Sealing;

/// <summary>A sealer that stopped is unhealthy until somebody has looked; so is one that does not come on.</summary>
internal sealed class SealingHealth(SealerStatus status, ServerSettings settings, TimeProvider time) : IHealthCheck
{
    /// <summary>A round takes milliseconds; beyond this it is late, and beyond the next it does not come.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(1);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Of(status.Now));

    private HealthCheckResult Of(SealerSnapshot now)
    {
        if (now.Alarm is { } alarm)
        {
            return HealthCheckResult.Unhealthy($"Sealing stopped, {alarm.Code}. The server's log says why.");
        }

        if (now.Phase == SealerPhase.Off && !settings.Sealing.Seals)
        {
            return HealthCheckResult.Healthy("This process does not seal the log.");
        }

        var waited = time.GetUtcNow() - now.WaitingSince - settings.Sealing.Options.MaxDelay;
        var text = string.Create(CultureInfo.InvariantCulture, $"Events wait {waited?.TotalSeconds:0} s too long.");
        return waited > Stuck ? HealthCheckResult.Unhealthy(text)
            : waited > Late ? HealthCheckResult.Degraded(text)
            : HealthCheckResult.Healthy();
    }
}
