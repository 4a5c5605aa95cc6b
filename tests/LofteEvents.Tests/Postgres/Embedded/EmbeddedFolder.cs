using LofteEvents.Postgres.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LofteEvents.Tests.Postgres.Embedded;

/// <summary>A data folder of one test, with what the tests do to it from outside: kill, look, spoil.</summary>
internal sealed class EmbeddedFolder(string path) : IAsyncDisposable
{
    /// <summary>
    /// A killed process loses nothing that it gave to the operating system, so the tests need not wait for the disk.
    /// </summary>
    public static readonly EmbeddedOptions Options = EmbeddedOptions.Default with
    {
        Durable = false,
        Settings = new Dictionary<string, string> { ["fsync"] = "off" },
    };

    public string Path { get; } = path;

    public DataFolder Folder { get; } = new(path);

    /// <summary>Settings that servers on this folder are started with, beside those of every test.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public static async Task<EmbeddedFolder> NewAsync(CancellationToken cancellationToken) =>
        new((await PostgresCluster.StartedAsync(cancellationToken)).NewDataFolder());

    public Task<FolderUse> BeginAsync(FolderHolder holder, CancellationToken cancellationToken) =>
        BeginAsync(holder, Options, cancellationToken);

    public Task<FolderUse> BeginAsync(FolderHolder holder, EmbeddedOptions options, CancellationToken cancellationToken) =>
        FolderUse.BeginAsync(Path, holder, options, TimeProvider.System, NullLogger.Instance, cancellationToken);

    /// <summary>
    /// Leaves the folder as a server does that was killed: PostgreSQL runs, run.json is there, nobody holds the lock.
    /// </summary>
    /// <returns>PostgreSQL's process.</returns>
    public async Task<int> LeaveRunningAsync(CancellationToken cancellationToken)
    {
        string run;
        await using (await BeginAsync(FolderHolder.Server, cancellationToken))
        {
            run = await File.ReadAllTextAsync(Folder.RunFile, cancellationToken);
        }

        await File.WriteAllTextAsync(Folder.RunFile, run, cancellationToken);
        var place = await PlaceAsync(cancellationToken);
        var binaries = await ServerBinaries.FindAsync(Options.Binaries, null, cancellationToken);
        var log = System.IO.Path.Combine(place.Home, "left.log");
        await place.MustAsync([binaries.PgCtl, "start", "-D", place.Data, "-w", "-s", "-l", log], "", cancellationToken);
        return PostmasterPid.Read(place.Data).ShouldNotBeNull().Process;
    }

    public Task<ClusterPlace> PlaceAsync(CancellationToken cancellationToken) =>
        ClusterPlace.FindAsync(Folder, Options.StateFolder, cancellationToken);

    /// <summary>With the only signal that no process can answer.</summary>
    public static Task KillAsync(int process, CancellationToken cancellationToken) =>
        SignalAsync("KILL", process, cancellationToken);

    /// <summary>By the shell's own <c>kill</c>: a small machine has no other.</summary>
    public static async Task SignalAsync(string signal, int process, CancellationToken cancellationToken) =>
        (await SystemProgram.RunAsync(["sh", "-c", "kill -\"$0\" \"$1\"", signal, $"{process}"], cancellationToken))
            .ExitCode.ShouldBe(0);

    public static async Task<object?> AskAsync(string connection, string sql, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync() =>
        await ClusterProcesses.KillUnderAsync(Path, TimeProvider.System, CancellationToken.None);
}
