using System.Globalization;
using LofteEvents.Postgres.Projections;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace LofteEvents.Server.Projections;

/// <summary>Behind but moving is degraded; stopped by an event, or behind without moving, is unhealthy.</summary>
internal sealed class ProjectionsHealth(ProjectionStates states) : IHealthCheck
{
    /// <summary>A projection that is this much behind is worth a word.</summary>
    private static readonly TimeSpan s_behind = TimeSpan.FromSeconds(5);

    /// <summary>A page takes milliseconds; one that has not come for this long does not come.</summary>
    private static readonly TimeSpan s_stuck = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var all = await states.ReadAsync(cancellationToken);
            return all.Select(Of).MinBy(result => result.Status);
        }
        catch (NpgsqlException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }

    private static HealthCheckResult Of(ProjectionState state)
    {
        if (state.Stop is { } stop)
        {
            return HealthCheckResult.Unhealthy(
                $"{state.Name} stands before position {stop.Position}: it cannot apply that event. "
                + "GET /api/v1/projections says why.");
        }

        var lag = TimeSpan.FromSeconds(state.LagSeconds);
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{state.Name} is {state.LagEvents} events and {state.LagSeconds:0} s behind.");
        return lag > s_stuck ? HealthCheckResult.Unhealthy(text + " It does not move.")
            : lag > s_behind ? HealthCheckResult.Degraded(text)
            : HealthCheckResult.Healthy();
    }
}
