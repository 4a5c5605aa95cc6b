using JasperFx.Events.Daemon;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace LofteEvents.CritterStack;

/// <summary>
/// What a process of this engine runs: Marten's store, and its async daemon, which keeps each projection in one process at a time
/// (HotCold) and hands it to another process when that one is gone.
/// </summary>
public static class MartenHosting
{
    /// <summary>
    /// How long a projection that an event has stopped is left alone before it is tried again. Until then its row says which
    /// event that was; a program that can apply the event goes on at its own start.
    /// </summary>
    private static readonly TimeSpan s_untilTriedAgain = TimeSpan.FromSeconds(30);

    /// <param name="dataSource">As for <see cref="LofteMarten.Configure"/>.</param>
    public static IServiceCollection AddLofteMarten(this IServiceCollection services, NpgsqlDataSource dataSource, Areas areas)
    {
        services
            .AddMarten(options =>
            {
                LofteMarten.Configure(options, dataSource, areas);
                options.Projections.AgentPauseTime = s_untilTriedAgain;

                // Every second: how soon another process goes on for one that is gone.
                options.Projections.LeadershipPollingTime = 1000;
            })
            .AddAsyncDaemon(DaemonMode.HotCold);
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService(provider => new MartenProgress(
            provider.GetRequiredService<IProjectionCoordinator>(), dataSource, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MartenProgress>>()));
        return services;
    }
}
