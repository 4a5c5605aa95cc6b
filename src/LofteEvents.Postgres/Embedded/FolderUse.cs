using Microsoft.Extensions.Logging;

namespace LofteEvents.Postgres.Embedded;

/// <summary>
/// One process's use of a data folder. The first holds the folder's lock, runs PostgreSQL and says in run.json how to reach it; a
/// command that comes later is a guest. A command that holds the lock stops PostgreSQL only after its guests have left.
/// </summary>
internal sealed class FolderUse : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan GuestsPatience = TimeSpan.FromSeconds(60);

    // A look at the lock by the command line holds it for an instant; a command has its work to do; a server stays.
    private static readonly TimeSpan ServerPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CommandPatience = TimeSpan.FromSeconds(60);

    private readonly DataFolder _folder;
    private readonly TimeProvider _time;
    private readonly Hosting? _hosting;
    private readonly FileStream? _guest;

    private FolderUse(DataFolder folder, TimeProvider time, RunFile run, Hosting? hosting, FileStream? guest)
    {
        (_folder, _time, Run, _hosting, _guest) = (folder, time, run, hosting, guest);
    }

    /// <summary>As it stands in run.json.</summary>
    public RunFile Run { get; private set; }

    public bool IsHost => _hosting is not null;

    /// <exception cref="EmbeddedPostgresException">Another server has the folder, or PostgreSQL cannot be had here.</exception>
    public static async Task<FolderUse> BeginAsync(
        string path,
        FolderHolder holder,
        EmbeddedOptions options,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var folder = await DataFolder.OpenAsync(path, cancellationToken);
        var began = time.GetTimestamp();
        while (true)
        {
            if (FolderLock.TryTake(folder, holder) is { } held)
            {
                return await HostAsync(held, holder, options, time, logger, cancellationToken);
            }

            if (holder == FolderHolder.Command && await JoinAsync(folder, time, cancellationToken) is { } guest)
            {
                return guest;
            }

            GiveUpAfterPatience(folder, holder, time.GetElapsedTime(began));
            await Task.Delay(BetweenLooks, time, cancellationToken);
        }
    }

    /// <summary>
    /// A server with a database elsewhere: nothing is started, but the folder is its own and tells where it is.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">Another process has the folder.</exception>
    public static async Task<FolderUse> BeginElsewhereAsync(
        string path, string connection, string ownerConnection, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = await DataFolder.OpenAsync(path, cancellationToken);
        var began = time.GetTimestamp();
        while (true)
        {
            if (FolderLock.TryTake(folder, FolderHolder.Server) is { } held)
            {
                var run = new RunFile(null, connection, ownerConnection, Environment.ProcessId);
                await run.WriteAsync(folder, cancellationToken);
                return new FolderUse(folder, time, run, new Hosting(held, FolderHolder.Server, null), null);
            }

            GiveUpAfterPatience(folder, FolderHolder.Server, time.GetElapsedTime(began));
            await Task.Delay(BetweenLooks, time, cancellationToken);
        }
    }

    public async Task AnnounceAsync(Uri url, CancellationToken cancellationToken)
    {
        Run = Run with { Url = url.GetLeftPart(UriPartial.Authority) };
        await Run.WriteAsync(_folder, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_guest is not null)
        {
            await _guest.DisposeAsync();
        }

        if (_hosting is null)
        {
            return;
        }

        File.Delete(_folder.RunFile);
        if (_hosting.Holder == FolderHolder.Command)
        {
            await GuestsHaveLeftAsync(CancellationToken.None);
        }

        try
        {
            if (_hosting.Postgres is not null)
            {
                await _hosting.Postgres.DisposeAsync();
            }
        }
        finally
        {
            _hosting.Held.Dispose();
        }
    }

    private static async Task<FolderUse> HostAsync(
        FolderLock held,
        FolderHolder holder,
        EmbeddedOptions options,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        EmbeddedPostgres? postgres = null;
        try
        {
            File.Delete(held.Folder.RunFile);
            postgres = await EmbeddedPostgres.StartAsync(held, options, time, logger, cancellationToken);
            var run = new RunFile(
                null,
                ClusterRoles.App(postgres.Port, ClusterRoles.Database, postgres.Secrets).ConnectionString,
                ClusterRoles.Owner(postgres.Port, ClusterRoles.Database, postgres.Secrets).ConnectionString,
                Environment.ProcessId);
            await run.WriteAsync(held.Folder, cancellationToken);
            return new FolderUse(held.Folder, time, run, new Hosting(held, holder, postgres), null);
        }
        catch
        {
            if (postgres is not null)
            {
                await postgres.DisposeAsync();
            }

            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Enters the guests' list first and looks for run.json afterwards: a host removes it before it waits for its guests, so that
    /// whoever still finds it is waited for.
    /// </summary>
    private static async Task<FolderUse?> JoinAsync(DataFolder folder, TimeProvider time, CancellationToken cancellationToken)
    {
        FileStream guest;
        try
        {
            await File.AppendAllTextAsync(folder.GuestsFile, "", cancellationToken);
            guest = new FileStream(folder.GuestsFile, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (IOException)
        {
            return null;
        }

        if (await RunFile.ReadAsync(folder, cancellationToken) is { } run)
        {
            return new FolderUse(folder, time, run, null, guest);
        }

        await guest.DisposeAsync();
        return null;
    }

    private static void GiveUpAfterPatience(DataFolder folder, FolderHolder holder, TimeSpan waited)
    {
        var other = FolderLock.HolderOf(folder);
        var patience = holder == FolderHolder.Server && other?.Holder != FolderHolder.Command ? ServerPatience : CommandPatience;
        if (waited > patience)
        {
            var who = other is { } known ? $"{known.Holder} with process id {known.Process}" : "Another process";
            throw new EmbeddedPostgresException(
                $"{who} already runs with the data folder {folder.Root}: stop it, or start with another Lofte__Data.");
        }
    }

    private async Task GuestsHaveLeftAsync(CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        while (File.Exists(_folder.GuestsFile) && _time.GetElapsedTime(began) < GuestsPatience)
        {
            try
            {
                await new FileStream(_folder.GuestsFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None).DisposeAsync();
                return;
            }
            catch (IOException)
            {
                await Task.Delay(BetweenLooks, _time, cancellationToken);
            }
        }
    }

    private sealed record Hosting(FolderLock Held, FolderHolder Holder, EmbeddedPostgres? Postgres);
}
