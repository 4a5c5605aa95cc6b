using System.Globalization;
using LofteEvents.Postgres.Notices;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace LofteEvents.Server.Channels;

/// <summary>
/// A policy that stopped, or that nobody runs, is unhealthy; so is work whose time has come and that nobody takes. What was
/// given up is worth a word.
/// </summary>
internal sealed class NoticesHealth(NpgsqlDataSource dataSource) : IHealthCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return Of(await NoticeStanding.ReadAsync(dataSource, cancellationToken));
        }
        catch (NpgsqlException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }

    private static HealthCheckResult Of(NoticeStanding now)
    {
        if (now.Stop is { } stop)
        {
            return HealthCheckResult.Unhealthy(
                $"The policy of notices stands before position {stop.Position}: it cannot follow that event. The log says why.");
        }

        var lag = now.PolicyLag > now.WorkLag ? now.PolicyLag : now.WorkLag;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"The policy is {now.PolicyLag.TotalSeconds:0} s behind, its work {now.WorkLag.TotalSeconds:0} s; "
            + $"{now.Dead} given up.");
        return lag > Stuck ? HealthCheckResult.Unhealthy(text)
            : lag > Late || now.Dead > 0 ? HealthCheckResult.Degraded(text)
            : HealthCheckResult.Healthy();
    }
}
