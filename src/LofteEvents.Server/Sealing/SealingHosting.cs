using LofteEvents.Postgres.Sealing;
using LofteEvents.Server.Hosting;
using Npgsql;

namespace LofteEvents.Server.Sealing;

/// <summary>Runs the sealer inside the server, and serves what is published whether this process seals or not.</summary>
internal static class SealingHosting
{
    private static readonly TimeSpan WitnessPatience = TimeSpan.FromSeconds(10);

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
            AddWitnesses(services, settings.Sealing.Witnesses);
        }

        return services;
    }

    private static void AddWitnesses(IServiceCollection services, IReadOnlyList<WitnessSettings> witnesses)
    {
        if (witnesses.Count > 0)
        {
            services.AddSingleton<Cosigning>();
            services.AddHttpClient(AskingWitnesses.Client, client => client.Timeout = WitnessPatience);
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<AskingWitnesses>(provider, witnesses));
        }
    }

    private sealed class SealingService(Sealer sealer) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => sealer.RunAsync(stoppingToken);
    }
}
