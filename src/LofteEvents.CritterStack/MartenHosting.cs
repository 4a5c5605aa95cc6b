using JasperFx;
using JasperFx.Events.Daemon;
using LofteEvents.Postgres.Projections;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.CritterStack;

/// <summary>
/// What a process of this engine runs: Marten's store, and its async daemon, which keeps each projection in one process at a time
/// (HotCold) and hands it to another process when that one is gone.
/// </summary>
public static class MartenHosting
{
    /// <summary>
    /// How long a projection that an event has stopped is left alone before it is tried again. A program that can apply the event
    /// goes on at its own start.
    /// </summary>
    private static readonly TimeSpan s_untilTriedAgain = TimeSpan.FromSeconds(30);

    // Tables that Marten makes for itself, and its owner grants nobody.
    private const string GrantMartensTables =
        """
        GRANT SELECT, INSERT, UPDATE, DELETE ON lofte.mt_event_projection_floors, lofte.mt_doc_deadletterevent TO lofte_app;
        GRANT SELECT ON lofte.mt_event_projection_floors, lofte.mt_doc_deadletterevent TO lofte_auditor;
        """;

    /// <summary>
    /// Makes what Marten adds to the database that <c>LofteSchema</c> made: its functions, and tables that only it uses. Nothing
    /// of what is there is changed.
    /// </summary>
    /// <param name="owner">A role that may change the schema.</param>
    public static async Task ApplySchemaAsync(
        NpgsqlDataSource owner, Areas areas, CancellationToken cancellationToken)
    {
        await using var marten = DocumentStore.For(options => LofteMarten.Configure(options, owner, areas));
        await marten.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        await using var grant = owner.CreateCommand(GrantMartensTables);
        await grant.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Looks whether <see cref="ApplySchemaAsync"/> was run on this database.</summary>
    public static async Task<bool> HasSchemaAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT EXISTS (SELECT FROM pg_proc WHERE proname = 'mt_quick_append_events' AND pronamespace = 'lofte'::regnamespace)
               AND to_regclass('lofte.mt_event_projection_floors') IS NOT NULL
            """);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>The event store on Marten, its daemon, and what tells every process and operator how the daemon fares.</summary>
    /// <param name="dataSource">The role of the running server, which changes no schema.</param>
    public static IServiceCollection AddLofteMarten(this IServiceCollection services, NpgsqlDataSource dataSource, Areas areas)
    {
        services
            .AddMarten(options =>
            {
                LofteMarten.Configure(options, dataSource, areas);
                options.Projections.AgentPauseTime = s_untilTriedAgain;

                // Milliseconds: how soon another process goes on for one that is gone.
                options.Projections.LeadershipPollingTime = 1000;
            })
            .AddAsyncDaemon(DaemonMode.HotCold);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ProjectionPositions>();
        services.AddSingleton<IEventStore>(provider => new MartenEventStore(
            provider.GetRequiredService<IDocumentStore>(), dataSource));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<MartenProgress>(provider, dataSource));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<MartenRebuilds>(provider, dataSource, areas));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<PositionsHeard>(provider, dataSource));
        return services;
    }

    /// <summary>Hears how far the projections are that other processes run, and this one's own.</summary>
    private sealed class PositionsHeard(
        NpgsqlDataSource dataSource, ProjectionPositions positions, TimeProvider clock, ILogger<PositionsHeard> logger)
        : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            new ProjectionListener(dataSource, ProjectionNames.All, positions, clock, logger).RunAsync(stoppingToken);
    }
}
