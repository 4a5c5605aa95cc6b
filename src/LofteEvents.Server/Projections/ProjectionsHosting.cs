using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Hosting;

namespace LofteEvents.Server.Projections;

/// <summary>What reads how the projections stand; the engine runs them.</summary>
internal static class ProjectionsHosting
{
    public static IServiceCollection AddProjections(this IServiceCollection services)
    {
        services.AddSingleton<ProjectionStates>();
        services.AddSingleton<RebuildRequests>();
        services.AddHealthChecks().AddCheck<ProjectionsHealth>("projections", tags: [HealthEndpoints.Ready]);
        return services;
    }
}
