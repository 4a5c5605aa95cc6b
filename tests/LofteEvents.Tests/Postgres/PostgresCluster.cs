using System.Security.Cryptography;
using LofteEvents.Postgres;
using LofteEvents.Postgres.Embedded;
using LofteEvents.Tests.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace LofteEvents.Tests.Postgres;

/// <summary>
/// One real cluster for the test run, started through the product's own embedded PostgreSQL by the first test that asks for it,
/// and removed at the run's end. A killed run's cluster is removed by the next run.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    // Real in all but one thing: nothing is forced to disk, since no test's database outlives the run. Crash tests make durable
    // clusters of their own.
    private static readonly EmbeddedOptions Options = EmbeddedOptions.Default with
    {
        Durable = false,
        Settings = new Dictionary<string, string>
        {
            ["fsync"] = "off",
            ["full_page_writes"] = "off",
            ["max_connections"] = "300",
            ["max_wal_size"] = "4GB",
        },
    };

    private static readonly SemaphoreSlim Starting = new(1, 1);
    private static PostgresCluster? _running;
    private static int _folders;

    private readonly FolderLock? _held;
    private readonly EmbeddedPostgres? _postgres;

    /// <summary>The fixture that the runner makes: it starts nothing, it only ends what a test started.</summary>
    public PostgresCluster()
    {
    }

    private PostgresCluster(FolderLock held, EmbeddedPostgres postgres) => (_held, _postgres) = (held, postgres);

    /// <summary>The cluster's own files, as PostgreSQL keeps them.</summary>
    internal string Files => _postgres!.Place.Data;

    internal const string Template = "lofte_template";

    /// <summary>May do everything in the cluster, such as making databases.</summary>
    internal NpgsqlConnectionStringBuilder Superuser => ClusterRoles.Superuser(_postgres!.Port, _postgres.Secrets);

    /// <summary>A folder for this run's test data, in which the cluster's user may be.</summary>
    private static string Shelf { get; } = Path.Combine(Path.GetTempPath(), $"lofte-tests-{Environment.UserName}");

    internal static async Task<PostgresCluster> StartedAsync(CancellationToken cancellationToken)
    {
        await Starting.WaitAsync(cancellationToken);
        try
        {
            return _running ??= await StartAsync(cancellationToken);
        }
        finally
        {
            Starting.Release();
        }
    }

    /// <summary>A path for another data folder; what is left there after a killed run is cleaned with this cluster.</summary>
    internal string NewDataFolder() => Path.Combine(_held!.Folder.Root, $"Åsas löften {Interlocked.Increment(ref _folders)}");

    internal NpgsqlConnectionStringBuilder App(string database) =>
        ClusterRoles.App(_postgres!.Port, database, _postgres.Secrets);

    internal NpgsqlConnectionStringBuilder Owner(string database) =>
        ClusterRoles.Owner(_postgres!.Port, database, _postgres.Secrets);

    internal async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Superuser.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
            await RemoveAsync(_held!, CancellationToken.None);
        }
        else if (Interlocked.Exchange(ref _running, null) is { } running)
        {
            await running.DisposeAsync();
        }
    }

    private static async Task<PostgresCluster> StartAsync(CancellationToken cancellationToken)
    {
        await RemoveLeftAsync(cancellationToken);
        var folder = await DataFolder.OpenAsync(
            Path.Combine(Shelf, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))), cancellationToken);
        var held = FolderLock.TryTake(folder, FolderHolder.Command)
            ?? throw new InvalidOperationException($"{folder.Root} was made for this run and is locked by another.");
        var postgres = await EmbeddedPostgres.StartAsync(
            held, Options, TimeProvider.System, NullLogger.Instance, cancellationToken);
        var cluster = new PostgresCluster(held, postgres);
        await cluster.ExecuteAsync($"CREATE DATABASE {Template} OWNER lofte_owner", cancellationToken);
        await using var template = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(cluster.Owner(Template).ConnectionString) { Pooling = false });

        // ApplyAsync would refuse a schema that its catalogue does not describe yet, and no test could then say what is missing.
        await using var schema = template.CreateCommand(LofteSchema.Dump());
        await schema.ExecuteNonQueryAsync(cancellationToken);
        return cluster;
    }

    /// <summary>Stops and deletes the clusters that killed runs left: those whose lock nobody holds.</summary>
    private static async Task RemoveLeftAsync(CancellationToken cancellationToken)
    {
        await DataFolder.OpenAsync(Shelf, cancellationToken);
        foreach (var left in Directory.EnumerateDirectories(Shelf))
        {
            var held = FolderLock.TryTake(new DataFolder(left), FolderHolder.Command);
            if (held is null)
            {
                continue;
            }

            await ClusterProcesses.KillUnderAsync(left, TimeProvider.System, cancellationToken);
            await RemoveAsync(held, cancellationToken);
        }
    }

    /// <summary>
    /// Under the lock, so that no other run takes the folder for a killed one's and removes it at the same time.
    /// </summary>
    private static async Task RemoveAsync(FolderLock held, CancellationToken cancellationToken)
    {
        await SystemProgram.RunAsync(["rm", "-rf", "--", held.Folder.Root], cancellationToken);
        held.Dispose();
    }
}
