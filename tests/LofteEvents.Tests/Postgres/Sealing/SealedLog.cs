using LofteEvents.Log;
using LofteEvents.Postgres;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Sealing;
using LofteEvents.Tests.Contracts;
using LofteEvents.Tests.Log;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LofteEvents.Tests.Postgres.Sealing;

/// <summary>
/// A database with events in it, the folder of its sealer, and a sealer that is started anew each time, as after a restart.
/// </summary>
internal sealed class SealedLog : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("lofte-log-");

    private SealedLog(TestDatabase database, LogFolder? folder = null)
    {
        Database = database;
        Folder = folder ?? LogFolder.In(_data.FullName);
        Store = new PostgresEventStore(database.App);
    }

    public TestDatabase Database { get; }

    public LogFolder Folder { get; }

    public string DataFolder => _data.FullName;

    public PostgresEventStore Store { get; }

    /// <summary>Small numbers, so that a few events meet every limit.</summary>
    public SealerOptions Options { get; init; } = new("polisen.example/norrmalm", TimeSpan.FromMilliseconds(20), 1, 300, 300);

    public static async Task<SealedLog> CreateAsync(int events, CancellationToken cancellationToken)
    {
        var log = new SealedLog(await TestDatabase.CreateAsync(cancellationToken));
        await log.SayAsync(events, cancellationToken);
        return log;
    }

    /// <summary>Records events, each with a stream of its own but for every third, which has the one before it.</summary>
    public async Task SayAsync(int events, CancellationToken cancellationToken)
    {
        for (var left = events; left > 0; left -= 3)
        {
            var request = new AppendRequest(
            [
                new StreamAppend(Said.NewStream(), 0, Said.Events(1)),
                .. left < 2 ? [] : new[] { new StreamAppend(Said.NewStream(), 0, Said.Events(Math.Min(2, left - 1))) },
            ]);
            await Eventually.BecomesAsync("the events are recorded", token => TrySayAsync(request, token), cancellationToken);
        }
    }

    /// <summary>False where the database is away just now, as it is after a copy of it was made.</summary>
    private async Task<bool> TrySayAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        try
        {
            (await Store.AppendAsync(request, cancellationToken)).ShouldBeOfType<AppendResult.Appended>();
            return true;
        }
        catch (EventStoreUnavailableException)
        {
            return false;
        }
    }

    /// <summary>
    /// Starts a sealer and stops it when everything is sealed and has been walked through once more, or when it stopped itself.
    /// </summary>
    public async Task<SealerSnapshot> SealAsync(CancellationToken cancellationToken, Action<SealerStep>? passed = null)
    {
        var head = await Store.HeadAsync(cancellationToken);
        var status = new SealerStatus();
        var sealer = New(status, passed);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = sealer.RunAsync(stop.Token);
        await Task.WhenAny(running, status.WhenAsync(
            now => now.Phase == SealerPhase.Stopped || (now.Position >= head && now.Walks > 0), stop.Token));
        await stop.CancelAsync();
        await running;
        return status.Now;
    }

    public Sealer New(SealerStatus status, Action<SealerStep>? passed = null, LogFolder? folder = null) =>
        new(Database.App, Store, folder ?? Folder, Options, status, TimeProvider.System, NullLogger<Sealer>.Instance)
        {
            Passed = passed ?? (_ => { }),
        };

    /// <summary>The database as it is now, under another name and with the same sealer, as from a backup.</summary>
    public async Task<SealedLog> CopyAsync(CancellationToken cancellationToken) =>
        new(await Database.CopyAsync(cancellationToken), Folder);

    /// <summary>Puts the triggers back as the schema has them.</summary>
    public async Task ArmAsync(CancellationToken cancellationToken)
    {
        foreach (var file in new[] { "mt_streams_triggers.sql", "mt_events_triggers.sql" })
        {
            await using var command = Database.Owner.CreateCommand(LofteSchema.Text(file));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>What nobody may, done by somebody who can do everything: no trigger fires for him.</summary>
    public async Task AsSuperuserAsync(string sql, CancellationToken cancellationToken)
    {
        var cluster = await PostgresCluster.StartedAsync(cancellationToken);
        var superuser = new NpgsqlConnectionStringBuilder(cluster.Superuser.ConnectionString)
        {
            Database = Database.Name,
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(superuser.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using (var disarm = new NpgsqlCommand(
            """
            ALTER TABLE lofte.mt_events DISABLE TRIGGER USER;
            ALTER TABLE lofte.mt_streams DISABLE TRIGGER USER;
            """,
            connection))
        {
            await disarm.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The newest published checkpoint, its signature checked with the key in the folder.</summary>
    public async Task<SignedCheckpoint> OpenAsync(CancellationToken cancellationToken)
    {
        await using var command = Database.App.CreateCommand(
            "SELECT note FROM lofte.log_checkpoint ORDER BY incarnation DESC, size DESC LIMIT 1");
        var note = (byte[])(await command.ExecuteScalarAsync(cancellationToken))!;
        var key = await KeyAsync(cancellationToken);
        SignedCheckpoint.TryOpen(note, [key], [], 0, out var opened, out var refusal)
            .ShouldBeTrue(refusal?.Sentence);
        return opened!;
    }

    /// <summary>The line that an auditor would have noted down.</summary>
    public async Task<LogKey> KeyAsync(CancellationToken cancellationToken)
    {
        var state = (await SealerState.ReadAsync(Folder, cancellationToken)).ShouldNotBeNull();
        using var key = (await LogKeyFile.ReadAsync(Folder.KeyFile, cancellationToken)).ShouldNotBeNull();
        return LogKey.Of(state.Origin.ToString(), key);
    }

    /// <summary>The published leaves have the checkpoint's root, and every tile is what they give.</summary>
    public async Task ShouldBeWholeAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        await using var connection = await Database.App.OpenConnectionAsync(cancellationToken);
        var leaves = await LogTables.LeavesAsync(connection, 0, checkpoint.Size + 1, cancellationToken);
        leaves.Count.ShouldBe((int)checkpoint.Size);
        var hashes = leaves.Select(leaf => MerkleTree.HashLeaf(leaf.Bytes)).ToList();
        MerkleTree.Root(hashes).ShouldBe(checkpoint.Root);
        var tree = new SampleTree([.. leaves.Select(leaf => leaf.Bytes)]);
        foreach (var path in TilePath.Added(0, checkpoint.Size).Where(path => !path.HoldsEntries))
        {
            await using var command = new NpgsqlCommand(
                "SELECT hashes FROM lofte.log_tile WHERE level = $1 AND tile_index = $2", connection)
            {
                Parameters = { new() { Value = (short)path.Level }, new() { Value = (long)path.Index } },
            };
            var first = path.Index * TilePath.FullWidth;
            var expected = Enumerable.Range(0, path.Width)
                .Select(n => tree.HashOf(new Subtree(8 * path.Level, first + (ulong)n)));
            ((byte[])(await command.ExecuteScalarAsync(cancellationToken))!)
                .ShouldBe(HashTile.Encode([.. expected]), path.ToString());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Database.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
