using LofteEvents.Postgres.Sealing;
using LofteEvents.Server.Hosting;
using Npgsql;

namespace LofteEvents.Server.Sealing;

/// <summary>Runs the sealer inside the server, and serves what is published whether this process seals or not.</summary>
internal static class SealingHosting
{
    public static IServiceCollection AddSealing(this IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton<PublishedLog>();
        services.AddSingleton<SealerStatus>();
        services.AddHealthChecks().AddCheck<SealingHealth>("log", tags: [HealthEndpoints.Ready]);
        if (settings.Sealing.Seals)
        {
            services.AddSingleton(provider => new Sealer(
                provider.GetRequiredService<NpgsqlDataSource>(),
                provider.GetRequiredService<IEventStore>(),
                settings.Sealing.Folder,
                settings.Sealing.Options,
                provider.GetRequiredService<SealerStatus>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<Sealer>>()));
            services.AddHostedService<SealingService>();
        }

        return services;
    }

    private sealed class SealingService(Sealer sealer) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => sealer.RunAsync(stoppingToken);
    }
}
