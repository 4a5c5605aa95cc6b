using LofteEvents.Postgres.Embedded;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LofteEvents.Postgres;

/// <summary>
/// The database as a process uses it: the one that <c>ConnectionStrings__Lofte</c> names, or the embedded one, started where it
/// is down. What this process started stops with <see cref="DisposeAsync"/>.
/// </summary>
public sealed class LofteDatabase : IAsyncDisposable
{
    private readonly FolderUse? _folder;

    private LofteDatabase(string app, string owner, bool isEmbedded, FolderUse? folder)
    {
        _folder = folder;
        IsEmbedded = isEmbedded;
        App = NpgsqlDataSource.Create(app);
        Owner = NpgsqlDataSource.Create(owner);
    }

    /// <summary>With the rights of the running server: reads and adds, and can neither change nor remove an event.</summary>
    public NpgsqlDataSource App { get; }

    /// <summary>May change the schema; for nothing else.</summary>
    public NpgsqlDataSource Owner { get; }

    public bool IsEmbedded { get; }

    /// <param name="holder">A server keeps the embedded database for itself; a command joins the one that runs, or starts it for
    /// as long as it takes.</param>
    /// <exception cref="EmbeddedPostgresException">The embedded database cannot be had; the message says what to do.</exception>
    public static async Task<LofteDatabase> OpenAsync(
        LofteDatabaseSettings settings,
        FolderHolder holder,
        TimeProvider time,
        ILoggerFactory? loggers,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Connection is { } connection)
        {
            var owner = settings.OwnerConnection ?? connection;
            var folder = holder == FolderHolder.Server && settings.FolderIsGiven
                ? await FolderUse.BeginElsewhereAsync(settings.DataFolder, connection, owner, time, cancellationToken)
                : null;
            return new LofteDatabase(connection, owner, isEmbedded: false, folder);
        }

        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<LofteDatabase>();
        var embedded = await FolderUse.BeginAsync(
            settings.DataFolder, holder, EmbeddedOptions.Default, time, logger, cancellationToken);
        return new LofteDatabase(embedded.Run.Connection, embedded.Run.OwnerConnection, isEmbedded: true, embedded);
    }

    /// <summary>
    /// Tells the command line, in the data folder, where the server listens. Nothing is told where the database is not embedded
    /// and no data folder was given.
    /// </summary>
    public Task AnnounceAsync(Uri url, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        return _folder?.AnnounceAsync(url, cancellationToken) ?? Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Owner.DisposeAsync();
        if (_folder is not null)
        {
            await _folder.DisposeAsync();
        }
    }
}

/// <param name="Connection"><c>ConnectionStrings__Lofte</c>; null for the embedded database.</param>
/// <param name="OwnerConnection"><c>ConnectionStrings__LofteOwner</c>, for changes of the schema; null to make them with
/// <paramref name="Connection"/>.</param>
/// <param name="DataFolder">The path of <c>Lofte__Data</c>.</param>
/// <param name="FolderIsGiven">Whether that was set: a server with a database elsewhere needs no folder.</param>
public sealed record LofteDatabaseSettings(
    string? Connection, string? OwnerConnection, string DataFolder, bool FolderIsGiven)
{
    /// <param name="setting">Looks a setting up by its configuration key, such as <c>ConnectionStrings:Lofte</c>.</param>
    public static LofteDatabaseSettings Read(Func<string, string?> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var folder = Given(setting("Lofte:Data"));
        return new LofteDatabaseSettings(
            Given(setting("ConnectionStrings:Lofte")),
            Given(setting("ConnectionStrings:LofteOwner")),
            folder ?? Embedded.DataFolder.DefaultPath(),
            FolderIsGiven: folder is not null);
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
