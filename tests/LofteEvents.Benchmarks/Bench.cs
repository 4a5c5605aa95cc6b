using LofteEvents.Postgres;
using LofteEvents.Postgres.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LofteEvents.Benchmarks;

/// <summary>
/// A throw-away PostgreSQL, started through the product's own embedded one and as durable as that: fsync and synchronous_commit
/// on, data checksums. Everything that is compared runs on it.
/// </summary>
internal sealed class Bench : IAsyncDisposable
{
    // So that no checkpoint falls into one round and not into its pair.
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["fsync"] = "on",
        ["synchronous_commit"] = "on",
        ["max_wal_size"] = "8GB",
        ["checkpoint_timeout"] = "1h",
        ["shared_buffers"] = "512MB",
        ["max_connections"] = "300",
    };

    private readonly FolderLock held;
    private readonly EmbeddedPostgres postgres;

    private Bench(FolderLock held, EmbeddedPostgres postgres, ServerBinaries binaries, bool isFull)
    {
        this.held = held;
        this.postgres = postgres;
        IsFull = isFull;
        PgBench = new PgBench(
            PgBench.Beside(binaries.Postgres), ClusterRoles.Owner(postgres.Port, ClusterRoles.Database, postgres.Secrets));
        Owner = NpgsqlDataSource.Create(
            ClusterRoles.Owner(postgres.Port, ClusterRoles.Database, postgres.Secrets).ConnectionString);
        AppConnectionString = ClusterRoles.App(postgres.Port, ClusterRoles.Database, postgres.Secrets).ConnectionString;
        App = NpgsqlDataSource.Create(AppConnectionString);
    }

    public bool IsFull { get; }

    /// <summary>Paired rounds of every row.</summary>
    public int Rounds => IsFull ? 9 : 5;

    /// <summary>How long one thing is measured in one round.</summary>
    public TimeSpan Slice => TimeSpan.FromSeconds(IsFull ? 5 : 2);

    /// <summary>With the rights of the schema's owner.</summary>
    public NpgsqlDataSource Owner { get; }

    /// <summary>With the rights of the running server.</summary>
    public NpgsqlDataSource App { get; }

    public string AppConnectionString { get; }

    public PgBench PgBench { get; }

    public static async Task<Bench> StartAsync(bool isFull, CancellationToken cancellationToken)
    {
        var folder = await DataFolder.OpenAsync(
            Path.Combine(Path.GetTempPath(), $"lofte-bench-{Environment.ProcessId}"), cancellationToken);
        var held = FolderLock.TryTake(folder, FolderHolder.Command)
            ?? throw new InvalidOperationException($"{folder.Root} was made for this run and is locked by another.");
        var options = EmbeddedOptions.Default with { Settings = Settings };
        var postgres = await EmbeddedPostgres.StartAsync(
            held, options, TimeProvider.System, NullLogger.Instance, cancellationToken);
        var binaries = await ServerBinaries.FindAsync(options.Binaries, major: null, cancellationToken);
        var bench = new Bench(held, postgres, binaries, isFull);
        await LofteSchema.ApplyAsync(bench.Owner, cancellationToken);
        return bench;
    }

    /// <summary>CPU time that the server, and this process with what it started, have used so far.</summary>
    public CpuTimes Cpu() => CpuTimes.Of(postgres.ProcessId);

    /// <summary>Narration, on standard error.</summary>
    public static void Say(string text) => Console.Error.WriteLine(text);

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Owner.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Owner.DisposeAsync();
        await postgres.DisposeAsync();
        held.Dispose();
        Directory.Delete(held.Folder.Root, recursive: true);
        if (!postgres.Place.Home.StartsWith(held.Folder.Root, StringComparison.Ordinal))
        {
            Directory.Delete(postgres.Place.Home, recursive: true);
        }
    }
}
