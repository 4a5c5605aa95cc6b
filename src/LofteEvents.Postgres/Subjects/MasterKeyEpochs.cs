using LofteEvents.Subjects;
using Npgsql;

namespace LofteEvents.Postgres.Subjects;

/// <summary>
/// Master keys over time. Old backups hold persons' keys as they were wrapped then; when the epoch's master key is destroyed, no
/// backup of that time gives up a forgotten person any more. Living keys are rewrapped under the new epoch first.
/// </summary>
public sealed class MasterKeyEpochs(
    NpgsqlDataSource dataSource, MasterKeyFolder folder, SubjectSettings settings, TimeProvider time)
{
    // Held by a transaction while the folder changes. The number spells "lofteKey" in ASCII.
    private const long FolderLock = 0x6C_6F_66_74_65_4B_65_79;
    private const int PageSize = 500;

    /// <summary>
    /// Makes the first master key of a deployment that has none, and holds the keys that are there against the database.
    /// </summary>
    /// <exception cref="MasterKeyException">The keys of this database are not here.</exception>
    /// <param name="mayBegin">True for a server; a command makes no keys where it finds none.</param>
    public async Task OpenAsync(bool mayBegin, CancellationToken cancellationToken)
    {
        await using var held = await HoldAsync(cancellationToken);
        folder.FinishDestroying();
        var master = await folder.ReadAsync(cancellationToken);
        var epochs = await SubjectKeyRows.EpochsAsync(dataSource, cancellationToken);
        if (master.Count == 0 && epochs.Count > 0)
        {
            throw new MasterKeyException(
                $"The database holds the keys of {epochs.Values.Sum()} persons, but there are no master keys in {folder.Path}: "
                + "set Lofte__MasterKeys to the folder that holds them, or restore it from its own copy.");
        }

        if (master.Count == 0 && !mayBegin)
        {
            throw new MasterKeyException(
                $"There are no master keys in {folder.Path}: start the server once, or set Lofte__MasterKeys to their folder.");
        }

        if (master.Count == 0)
        {
            await folder.AddAsync(1, time.GetUtcNow(), cancellationToken);
            return;
        }

        foreach (var key in master)
        {
            var page = await SubjectKeyRows.OfEpochAsync(dataSource, key.Epoch, cancellationToken);
            if (page is not null && key.Unwrap(page) is null)
            {
                throw new MasterKeyException(
                    $"The master key of epoch {key.Epoch} in {folder.Path} is not the one that wrapped this database's keys: the "
                    + "folder belongs to another database.");
            }
        }
    }

    /// <summary>Every epoch that is there or that wraps a key, the newest last.</summary>
    public async Task<IReadOnlyList<EpochState>> ListAsync(CancellationToken cancellationToken)
    {
        var master = await folder.ReadAsync(cancellationToken);
        var counts = await SubjectKeyRows.EpochsAsync(dataSource, cancellationToken);
        return
        [
            .. master.Select(key => new EpochState(
                    key.Epoch, key.Begun, counts.GetValueOrDefault(key.Epoch), key.Retired, key.Retired + settings.BackupWindow))
                .Concat(counts.Keys.Except(master.Select(key => key.Epoch))
                    .Select(epoch => new EpochState(epoch, null, counts[epoch], null, null)))
                .OrderBy(state => state.Epoch),
        ];
    }

    /// <summary>Begins a new epoch and rewraps every living key under it. Safe to repeat after a crash.</summary>
    /// <returns>How many keys were rewrapped.</returns>
    public async Task<long> BeginAsync(CancellationToken cancellationToken)
    {
        await using var held = await HoldAsync(cancellationToken);
        await AddAsync(cancellationToken);
        return await RewrapAsync(cancellationToken);
    }

    /// <summary>
    /// What is due: a rewrapping that a crash broke off, a new epoch where persons were forgotten in the newest and it is old
    /// enough, and the end of epochs whose backup window has passed.
    /// </summary>
    public async Task<EpochWork> UpkeepAsync(CancellationToken cancellationToken)
    {
        await using var held = await HoldAsync(cancellationToken);
        folder.FinishDestroying();
        var newest = (await folder.ReadAsync(cancellationToken))[^1];
        var forgotten = (await folder.DestroyedAsync(cancellationToken)).Values.Any(at => at >= newest.Begun);
        var begins = forgotten && newest.Begun + settings.EpochLength <= time.GetUtcNow();
        if (begins)
        {
            await AddAsync(cancellationToken);
        }

        var rewrapped = await RewrapAsync(cancellationToken);
        return new EpochWork(begins, rewrapped, await EndAsync(cancellationToken));
    }

    /// <summary>The first step of a new epoch.</summary>
    internal async Task<MasterKey> AddAsync(CancellationToken cancellationToken)
    {
        var master = await folder.ReadAsync(cancellationToken);
        return await folder.AddAsync(master[^1].Epoch + 1, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>The second step, page by page; then older epochs that wrap nothing any more are retired.</summary>
    internal async Task<long> RewrapAsync(CancellationToken cancellationToken)
    {
        var master = await folder.ReadAsync(cancellationToken);
        var rewrapped = 0L;
        var touched = new HashSet<int>();
        var after = Guid.Empty;
        List<WrappedKey> page;
        do
        {
            page = await SubjectKeyRows.PageAsync(dataSource, after, master[^1].Epoch, PageSize, cancellationToken);
            var known = page.Where(key => master.Any(each => each.Epoch == key.Epoch)).ToList();
            await SubjectKeyRows.RewrapAsync(
                dataSource, [.. known.Select(key => Rewrapped(master, key))], master[^1].Epoch, cancellationToken);
            touched.UnionWith(known.Select(key => key.Epoch));
            rewrapped += known.Count;
            after = page.Count > 0 ? page[^1].KeyId : after;
        }
        while (page.Count == PageSize);

        // A restored backup brings keys of a retired epoch back, and a backup made since then holds them: its window begins anew.
        var counts = await SubjectKeyRows.EpochsAsync(dataSource, cancellationToken);
        foreach (var key in master.SkipLast(1).Where(key => !counts.ContainsKey(key.Epoch)))
        {
            if (key.Retired is null || touched.Contains(key.Epoch))
            {
                await folder.WriteAsync(key with { Retired = time.GetUtcNow() }, cancellationToken);
            }
        }

        return rewrapped;
    }

    private async Task<IReadOnlyList<int>> EndAsync(CancellationToken cancellationToken)
    {
        var counts = await SubjectKeyRows.EpochsAsync(dataSource, cancellationToken);
        var ended = new List<int>();
        foreach (var key in await folder.ReadAsync(cancellationToken))
        {
            if (!counts.ContainsKey(key.Epoch) && key.Retired + settings.BackupWindow <= time.GetUtcNow())
            {
                folder.Destroy(key.Epoch);
                ended.Add(key.Epoch);
            }
        }

        return ended;
    }

    private static WrappedKey Rewrapped(IReadOnlyList<MasterKey> master, WrappedKey wrapped)
    {
        using var key = SubjectKeyRing.Unwrap(master, wrapped);
        return master[^1].Wrap(key, wrapped.Person);
    }

    private async Task<FolderHold> HoldAsync(CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var hold = new FolderHold(connection, await connection.BeginTransactionAsync(cancellationToken));
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = FolderLock });
            await command.ExecuteNonQueryAsync(cancellationToken);
            return hold;
        }
        catch
        {
            await hold.DisposeAsync();
            throw;
        }
    }

    /// <summary>No other process changes the folder of this database meanwhile.</summary>
    private sealed class FolderHold(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}

/// <param name="Begun">Null where the epoch's master key is not here.</param>
/// <param name="Keys">Persons' keys that it wraps.</param>
/// <param name="Retired">Since when it wraps none; null where it does, or is the newest.</param>
/// <param name="Ends">When its master key is destroyed.</param>
public sealed record EpochState(int Epoch, DateTimeOffset? Begun, long Keys, DateTimeOffset? Retired, DateTimeOffset? Ends);

/// <param name="Ended">Epochs whose master keys were destroyed.</param>
public sealed record EpochWork(bool Begun, long Rewrapped, IReadOnlyList<int> Ended);
