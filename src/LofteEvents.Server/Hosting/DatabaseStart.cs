using LofteEvents.Postgres;
using LofteEvents.Postgres.Embedded;
using LofteEvents.Postgres.Subjects;
using LofteEvents.Server.Subjects;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace LofteEvents.Server.Hosting;

/// <summary>
/// Opens the database before the server listens. A schema is brought up to date where a role for that is given, and only compared
/// where it is not.
/// </summary>
internal static class DatabaseStart
{
    /// <returns>Null where it could not be had; the log says why.</returns>
    public static async Task<LofteDatabase?> OpenAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
        LofteDatabase? database = null;
        try
        {
            database = await LofteDatabase.OpenAsync(
                settings.Database, FolderHolder.Server, TimeProvider.System, logging, cancellationToken);
            if (database.IsEmbedded || settings.Database.OwnerConnection is not null)
            {
                await LofteSchema.ApplyAsync(database.Owner, cancellationToken);
                await Engine.ApplySchemaAsync(settings, database, cancellationToken);
            }

            await LofteSchema.AssertAsync(database.App, cancellationToken);
            await Engine.AssertSchemaAsync(settings, database, cancellationToken);
            await SubjectsHosting.OpenMasterKeysAsync(settings.Subjects, database, cancellationToken);
            return database;
        }
        catch (Exception fault) when (fault is EmbeddedPostgresException or LofteSchemaException or MasterKeyException
            or NpgsqlException or OperationCanceledException)
        {
            StartRefusal.Say([Sentence(fault)], StartRefusal.Failed);
            if (database is not null)
            {
                await database.DisposeAsync();
            }

            return null;
        }
    }

    public static IServiceCollection AddDatabase(
        this IServiceCollection services, LofteDatabase database, ServerSettings settings)
    {
        services.AddSingleton(database);
        services.AddSingleton(database.App);
        services.AddSubjects(settings);
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [HealthEndpoints.Ready]);
        return services;
    }

    private static string Sentence(Exception fault) => fault switch
    {
        OperationCanceledException => "Stopped before the database was open.",
        NpgsqlException => $"The database cannot be opened: {fault.Message} Check ConnectionStrings__Lofte.",
        _ => fault.Message,
    };

    /// <summary>Reachable, writable, and of this version's schema.</summary>
    private sealed class DatabaseHealth(LofteDatabase database) : IHealthCheck
    {
        private const string IsReadOnly = "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean";

        private volatile bool schemaHolds;

        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var command = database.App.CreateCommand(IsReadOnly);
                if (await command.ExecuteScalarAsync(cancellationToken) is true)
                {
                    return HealthCheckResult.Unhealthy("The database is read-only.");
                }

                if (!schemaHolds)
                {
                    await LofteSchema.AssertAsync(database.App, cancellationToken);
                    schemaHolds = true;
                }

                return HealthCheckResult.Healthy();
            }
            catch (LofteSchemaException)
            {
                return HealthCheckResult.Unhealthy("The database's schema is not this version's. Run 'lofte schema assert'.");
            }
            catch (NpgsqlException)
            {
                return HealthCheckResult.Unhealthy("The database cannot be reached.");
            }
        }
    }
}
