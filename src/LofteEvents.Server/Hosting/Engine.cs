#if CRITTERSTACK
using LofteEvents.CritterStack;
#endif
using LofteEvents.Postgres;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Projections;

namespace LofteEvents.Server.Hosting;

/// <summary>The engine that <c>Lofte__Engine</c> names: who appends, and who keeps the projections.</summary>
internal static class Engine
{
#if CRITTERSTACK
    /// <summary>Why a named engine cannot be had in this build; null where it can.</summary>
    public static string? Missing(EngineKind engine) => null;

    /// <summary>Adds what the engine has in the database beside the product's own schema.</summary>
    public static Task ApplySchemaAsync(
        ServerSettings settings, LofteDatabase database, CancellationToken cancellationToken) =>
        settings.Engine == EngineKind.CritterStack
            ? MartenHosting.ApplySchemaAsync(database.Owner, settings.Areas, cancellationToken)
            : Task.CompletedTask;

    /// <exception cref="LofteSchemaException">The engine's own part of the schema is missing.</exception>
    public static async Task AssertSchemaAsync(
        ServerSettings settings, LofteDatabase database, CancellationToken cancellationToken)
    {
        if (settings.Engine == EngineKind.CritterStack
            && !await MartenHosting.HasSchemaAsync(database.App, cancellationToken))
        {
            throw new LofteSchemaException(
                "The database does not have Marten's functions yet, which Lofte__Engine=CritterStack needs: start the server "
                + "once with ConnectionStrings__LofteOwner, a role that may change the schema.");
        }
    }

    public static IServiceCollection AddEngine(
        this IServiceCollection services, ServerSettings settings, LofteDatabase database) =>
        settings.Engine == EngineKind.CritterStack
            ? services.AddLofteMarten(database.App, settings.Areas)
            : services.AddPostgresEngine(database);
#else
    /// <summary>Why a named engine cannot be had in this build; null where it can.</summary>
    public static string? Missing(EngineKind engine) => engine == EngineKind.CritterStack
        ? "Lofte__Engine is CritterStack, which this build does not have: build with 'dotnet build -p:CritterStack=true', "
            + "or leave Lofte__Engine out for Postgres, which opens the same database."
        : null;

    /// <summary>Adds what the engine has in the database beside the product's own schema.</summary>
    public static Task ApplySchemaAsync(
        ServerSettings settings, LofteDatabase database, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="LofteSchemaException">The engine's own part of the schema is missing.</exception>
    public static Task AssertSchemaAsync(
        ServerSettings settings, LofteDatabase database, CancellationToken cancellationToken) => Task.CompletedTask;

    public static IServiceCollection AddEngine(
        this IServiceCollection services, ServerSettings settings, LofteDatabase database) =>
        services.AddPostgresEngine(database);
#endif

    private static IServiceCollection AddPostgresEngine(this IServiceCollection services, LofteDatabase database)
    {
        services.AddSingleton<IEventStore>(provider => new PostgresEventStore(
            database.App, provider.GetService<ILogger<PostgresEventStore>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ProjectionPositions>();
        services.AddSingleton<ProjectionSet>();
        services.AddHostedService<ProjectionsService>();
        return services;
    }

    private sealed class ProjectionsService(ProjectionSet projections) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => projections.RunAsync(stoppingToken);
    }
}
