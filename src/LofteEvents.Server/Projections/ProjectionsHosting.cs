using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Hosting;

namespace LofteEvents.Server.Projections;

/// <summary>Runs the projections inside the server.</summary>
internal static class ProjectionsHosting
{
    public static IServiceCollection AddProjections(this IServiceCollection services)
    {
        services.AddSingleton<ProjectionPositions>();
        services.AddSingleton<ProjectionStates>();
        services.AddSingleton<RebuildRequests>();
        services.AddSingleton<ProjectionSet>();
        services.AddHostedService<ProjectionsService>();
        services.AddHealthChecks().AddCheck<ProjectionsHealth>("projections", tags: [HealthEndpoints.Ready]);
        return services;
    }

    private sealed class ProjectionsService(ProjectionSet projections) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => projections.RunAsync(stoppingToken);
    }
}
