using Microsoft.Extensions.Logging;

namespace LofteEvents.Postgres.Embedded;

/// <summary>
/// A private PostgreSQL cluster in (or for) a data folder: made on the first start, adopted or recovered after a crash, started
/// again when it dies, stopped with the process that started it. Only for the holder of the folder's lock.
/// </summary>
internal sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly Postmaster _postmaster;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _watch;

    private EmbeddedPostgres(ClusterPlace place, Postmaster postmaster, Secrets secrets)
    {
        Place = place;
        _postmaster = postmaster;
        Secrets = secrets;
        _watch = postmaster.KeepAliveAsync(_stopping.Token);
    }

    public ClusterPlace Place { get; }

    public Secrets Secrets { get; }

    public int Port => _postmaster.Port;

    public int ProcessId => _postmaster.ProcessId;

    public bool Adopted => _postmaster.Adopted;

    /// <exception cref="EmbeddedPostgresException">It cannot be had here; the message says what to do.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        FolderLock held, EmbeddedOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var folder = held.Folder;
        var place = await ClusterPlace.FindAsync(folder, options.StateFolder, cancellationToken);
        var major = place.HasCluster ? await place.MajorAsync(cancellationToken) : (int?)null;
        var binaries = await ServerBinaries.FindAsync(options.Binaries, major, cancellationToken);
        if (major is null)
        {
            EmbeddedLog.Creating(logger, place.Data, binaries.Major, place.User.Name);
            await ClusterCreation.CreateAsync(folder, place, binaries, options.Durable, time, cancellationToken);
        }

        var postmaster = new Postmaster(place, binaries, new PostmasterLog(folder.LogFile), options.Settings, time, logger);
        var secrets = await Secrets.ReadAsync(folder, cancellationToken);
        if (secrets is null)
        {
            EmbeddedLog.NewSecrets(logger, folder.SecretsFile);
            secrets = Secrets.Random();
            await postmaster.StopLeftoverAsync(cancellationToken);
            await ClusterCreation.SetSuperuserPasswordAsync(place, place.Data, binaries, secrets, cancellationToken);
            await secrets.WriteAsync(folder, cancellationToken);
        }

        if (!await postmaster.AdoptAsync(secrets, cancellationToken))
        {
            await postmaster.StartAsync(port: null, cancellationToken);
        }

        var embedded = new EmbeddedPostgres(place, postmaster, secrets);
        try
        {
            await ClusterRoles.EnsureAsync(embedded.Port, secrets, cancellationToken);
            return embedded;
        }
        catch
        {
            await embedded.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watch;
        _stopping.Dispose();
        await _postmaster.StopAsync(CancellationToken.None);
    }
}

/// <param name="Binaries">Where the server's programs are looked for.</param>
/// <param name="StateFolder">Where clusters go whose user cannot reach the data folder.</param>
/// <param name="Durable">False only in tests: nothing is forced to disk while the cluster is made.</param>
/// <param name="Settings">PostgreSQL settings beside our own, by name.</param>
internal sealed record EmbeddedOptions(
    BinariesSearch Binaries, string StateFolder, bool Durable, IReadOnlyDictionary<string, string> Settings)
{
    public static EmbeddedOptions Default { get; } =
        new(BinariesSearch.OfThisMachine, ClusterPlace.SystemState, true, new Dictionary<string, string>());
}
