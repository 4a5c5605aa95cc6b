using System.Text;
using LofteEvents.Postgres.Embedded;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Subjects;
using LofteEvents.Subjects;
using Npgsql;

namespace LofteEvents.Tests.Postgres.Subjects;

/// <summary>
/// A database, a folder of master keys and a clock that only tests move; a "process" is a new set of objects on them.
/// </summary>
internal sealed class SubjectsWorld : IAsyncDisposable
{
    public const string Secret = """{"name":"Xenia Hemligsson"}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lofte-subjects-");
    private readonly List<IAsyncDisposable> _opened = [];

    private SubjectsWorld(TestDatabase database)
    {
        Database = database;
        Folder = new MasterKeyFolder(Path.Combine(_folder.FullName, "master-keys"));
    }

    public TestDatabase Database { get; }

    public MasterKeyFolder Folder { get; }

    public MovedClock Clock { get; } = new();

    public SubjectSettings Settings => new(Folder.Path, TimeSpan.FromDays(35), TimeSpan.FromDays(30), null);

    public static async Task<SubjectsWorld> CreateAsync(CancellationToken cancellationToken)
    {
        var world = new SubjectsWorld(await TestDatabase.CreateAsync(cancellationToken));
        await world.Epochs().OpenAsync(mayBegin: true, cancellationToken);
        return world;
    }

    public PostgresEventStore Store(NpgsqlDataSource? on = null)
    {
        var store = new PostgresEventStore(on ?? Database.App);
        _opened.Add(store);
        return store;
    }

    public SubjectForgetting Forgetting(NpgsqlDataSource? on = null) =>
        new(on ?? Database.App, Store(on), Folder, Clock);

    public MasterKeyEpochs Epochs(NpgsqlDataSource? on = null) => new(on ?? Database.App, Folder, Settings, Clock);

    public SealedParts Parts(NpgsqlDataSource? on = null) => new(on ?? Database.App, Store(on), Folder, Clock);

    /// <summary>Records that a young person was met, with a sealed part.</summary>
    public async Task<Met> MeetAsync(Guid person, CancellationToken cancellationToken, string suspicion = "reasonable")
    {
        var (stream, subject, id) = ($"insats/{Guid.NewGuid():N}", Subject.StreamOf(person), Guid.NewGuid());
        var store = Store();
        var ring = new SubjectKeyRing(Database.App, Folder, "test.example/lofte");
        using var desk = await ring.OpenDeskAsync([person], [], cancellationToken);
        var history = (await store.LoadAsync([], [subject], cancellationToken)).Streams[subject];
        StreamAppend key = new(subject, history.Count, []);
        if (history.Count == 0)
        {
            var (created, wrapped) = desk.NewKey(person);
            var type = EventCatalogue.Of(created);
            key = new(subject, 0, [new NewEvent(Guid.NewGuid(), type.Name, type.Encode(created), default, Key: wrapped)]);
        }

        const string youth = "insats.youth-encountered.v1";
        var data = $$"""{"person":"{{person}}","ageAtDeed":16,"suspicion":"{{suspicion}}"}""";
        var part = desk.Seal(person, id, stream, 1, youth, Encoding.UTF8.GetBytes(Secret));
        var said = new NewEvent(id, youth, Encoding.UTF8.GetBytes(data), default, Sealed: part);
        (await store.AppendAsync(new AppendRequest([key, new(stream, 0, [said])]), cancellationToken))
            .ShouldBeOfType<AppendResult.Appended>();
        return new Met(person, stream, id);
    }

    public async Task<string> OpenAsync(Met met, CancellationToken cancellationToken, NpgsqlDataSource? on = null) =>
        await Parts(on).OpenAsync(met.Stream, met.Event, "notice/1", "officer", cancellationToken) switch
        {
            OpenedPart.Opened opened => Encoding.UTF8.GetString(opened.Json.Span),
            var other => other.GetType().Name,
        };

    public async Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Database.Owner.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>A full dump, as an authority's backup takes it.</summary>
    public async Task<string> DumpAsync(CancellationToken cancellationToken)
    {
        var cluster = await PostgresCluster.StartedAsync(cancellationToken);
        var programs = await ServerBinaries.FindAsync(BinariesSearch.OfThisMachine, null, cancellationToken);
        var server = File.ResolveLinkTarget(programs.Postgres, returnFinalTarget: true)?.FullName ?? programs.Postgres;
        var superuser = cluster.Superuser;
        var address = $"postgresql://{superuser.Username}:{Uri.EscapeDataString(superuser.Password!)}@{superuser.Host}:"
            + $"{superuser.Port}/{Database.Name}?sslmode=disable";
        var dump = await SystemProgram.RunAsync(
            [Path.Combine(Path.GetDirectoryName(server)!, "pg_dump"), "--inserts", "--dbname", address], cancellationToken);
        dump.Succeeded.ShouldBeTrue(dump.Output);
        return dump.Output;
    }

    /// <summary>Another database, restored from a dump.</summary>
    public async Task<TestDatabase> RestoreAsync(string dump, CancellationToken cancellationToken)
    {
        var cluster = await PostgresCluster.StartedAsync(cancellationToken);
        var restored = await TestDatabase.CreateAsync(cancellationToken);
        var superuser = new NpgsqlConnectionStringBuilder(cluster.Superuser.ConnectionString)
        {
            Database = restored.Name, Pooling = false,
        };
        await using var source = NpgsqlDataSource.Create(superuser);
        await using (var empty = source.CreateCommand("DROP SCHEMA lofte, lofte_rebuild CASCADE"))
        {
            await empty.ExecuteNonQueryAsync(cancellationToken);
        }

        // Lines that begin with a backslash are for psql.
        var sql = string.Join('\n', dump.Split('\n').Where(line => !line.StartsWith('\\')));
        await using (var restore = source.CreateCommand(sql))
        {
            await restore.ExecuteNonQueryAsync(cancellationToken);
        }

        _opened.Add(restored);
        return restored;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened)
        {
            await opened.DisposeAsync();
        }

        await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <param name="Event">Its id in the store.</param>
internal sealed record Met(Guid Person, string Stream, Guid Event);

internal sealed class MovedClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(TimeSpan by) => _now += by;

    public void Set(DateTimeOffset now) => _now = now;
}
