using System.Text.Json;
using LofteEvents.Loften;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Projections;
using LofteEvents.Tests.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LofteEvents.Tests.Postgres;

/// <summary>The default engine keeps the contract of every engine's projections.</summary>
public sealed class The_PostgreSQL_projections : ProjectionContract, IAsyncLifetime
{
    private readonly List<PostgresEventStore> _stores = [];
    private TestDatabase? _database;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The runner did not initialise the class.");

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync(Token);

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        await Database.DisposeAsync();
    }

    [Fact]
    public async Task A_killed_connection_loses_nothing_and_counts_nothing_twice()
    {
        var store = await OpenAsync(Token);
        await using var process = StartProjections(store);
        var kills = 0;
        foreach (var part in LofteHistory.Of(seed: 9, events: 150).Chunk(15))
        {
            await AppendAsync(store, part);
            kills += await ProjectionDatabase.KillRunnersAsync(Database.App, Token);
        }

        await CaughtUpAsync(store);
        kills.ShouldBeGreaterThan(0);
        await ShouldEqualScratchAsync(store);
    }

    [Fact]
    public async Task One_process_holds_a_projection_and_the_others_wait()
    {
        var store = await OpenAsync(Token);
        await using var first = StartProjections(store);
        await using var second = StartProjections(store);
        await using var third = StartProjections(store);
        await AppendAsync(store, [LofteHistory.GivenNow()]);
        await CaughtUpAsync(store);

        (await ProjectionDatabase.LocksAsync(Database.App, Token)).ShouldBe(ProjectionNames.All.Count);
    }

    [Fact]
    public async Task A_past_read_says_what_the_live_read_said_then()
    {
        var store = await OpenAsync(Token);
        await using var process = StartProjections(store);
        var reads = new LofteReads(Database.App, store);
        var live = new List<LofteSnapshot>();
        foreach (var happening in LofteHistory.Of(seed: 10, events: 60))
        {
            await AppendAsync(store, [happening]);
            await CaughtUpAsync(store);
            if (await reads.LiveAsync(LofteHistory.Lofte, Token) is { } snapshot)
            {
                live.Add(snapshot);
            }
        }

        live.Count.ShouldBeGreaterThan(40);
        foreach (var then in live)
        {
            var past = (await reads.AsOfAsync(LofteHistory.Lofte, then.Position, Token)).ShouldNotBeNull();
            past.RecordedAt.ShouldBe(then.RecordedAt);
            Json(past.Status).ShouldBe(Json(then.Status), $"at position {then.Position}");
        }
    }

    [Fact]
    public async Task A_promise_that_was_not_yet_given_is_not_there_in_the_past()
    {
        var store = await OpenAsync(Token);
        await using var process = StartProjections(store);
        await AppendAsync(store, [LofteHistory.Trafik("a", "2018-03-01"), LofteHistory.GivenNow()]);
        await CaughtUpAsync(store);
        var reads = new LofteReads(Database.App, store);

        (await reads.AsOfAsync(LofteHistory.Lofte, 1, Token)).ShouldBeNull();
        (await reads.ListAsOfAsync(1, 20, 0, Token)).Total.ShouldBe(0);
        (await reads.ListAsOfAsync(2, 20, 0, Token)).Items.Single().Id.ShouldBe(LofteHistory.Lofte);
    }

    [Fact]
    public async Task The_lag_is_counted_against_the_newest_event_of_the_log()
    {
        var store = await OpenAsync(Token);
        var states = new ProjectionStates(Database.App);
        await AppendAsync(store, [LofteHistory.GivenNow(), LofteHistory.Trafik("a", "2018-03-01")]);

        var behind = (await states.ReadAsync(Token)).Single(state => state.Name == ProjectionNames.LofteStatus);
        behind.LagEvents.ShouldBe(2);
        behind.LagSeconds.ShouldBeGreaterThan(0);

        await using var process = StartProjections(store);
        await CaughtUpAsync(store);
        var current = (await states.ReadAsync(Token)).Single(state => state.Name == ProjectionNames.LofteStatus);
        current.LagEvents.ShouldBe(0);
        current.LagSeconds.ShouldBe(0);
        current.Position.ShouldBe(current.Head);
    }

    protected override Task<IEventStore> OpenAsync(CancellationToken cancellationToken)
    {
        var store = new PostgresEventStore(Database.App);
        _stores.Add(store);
        return Task.FromResult<IEventStore>(store);
    }

    protected override IAsyncDisposable StartProjections(IEventStore store) =>
        new ProjectionProcess(stop => ProjectionDatabase.Projections(Database.App, store).RunAsync(stop));

    protected override Task<LofteStatus?> ReadStatusAsync(string id, CancellationToken cancellationToken) =>
        ProjectionDatabase.ReadAsync(
            Database.App, "SELECT data FROM lofte.mt_doc_loftestatus WHERE id = $1", id, LofteJson.Default.LofteStatus,
            cancellationToken);

    protected override Task<LofteOverview?> ReadOverviewAsync(string id, CancellationToken cancellationToken) =>
        ProjectionDatabase.ReadAsync(
            Database.App, "SELECT data FROM lofte.mt_doc_lofteoverview WHERE id = $1", id, LofteJson.Default.LofteOverview,
            cancellationToken);

    protected override async Task<long> PositionAsync(string projection, CancellationToken cancellationToken)
    {
        await using var command =
            Database.App.CreateCommand("SELECT last_seq_id FROM lofte.mt_event_progression WHERE name = $1");
        command.Parameters.Add(new() { Value = projection + ":All" });
        return await command.ExecuteScalarAsync(cancellationToken) is long position ? position : 0;
    }

    protected override async Task<(long Position, string Type, string Reason)?> StopAsync(
        string projection, CancellationToken cancellationToken)
    {
        var states = await new ProjectionStates(Database.App).ReadAsync(cancellationToken);
        return states.Single(state => state.Name == projection).Stop is { } stop ? (stop.Position, stop.Type, stop.Reason) : null;
    }
}

/// <summary>Runs until it is disposed of.</summary>
internal sealed class ProjectionProcess : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public ProjectionProcess(Func<CancellationToken, Task> run) => _running = Task.Run(() => run(_stop.Token));

    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
        }
    }
}

/// <summary>What the tests of projections ask the database.</summary>
internal static class ProjectionDatabase
{
    public static ProjectionSet Projections(NpgsqlDataSource dataSource, IEventStore store) => new(
        dataSource, store, Sample.Areas, new ProjectionPositions(TimeProvider.System), TimeProvider.System,
        NullLoggerFactory.Instance);

    public static async Task<T?> ReadAsync<T>(
        NpgsqlDataSource dataSource,
        string query,
        string id,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json,
        CancellationToken cancellationToken)
        where T : class
    {
        await using var command = dataSource.CreateCommand(query);
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancellationToken) is string data ? JsonSerializer.Deserialize(data, json) : null;
    }

    /// <summary>
    /// Ends the sessions that hold an advisory lock of a projection: what a crash of the process or of its network does.
    /// </summary>
    public static async Task<int> KillRunnersAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT count(pg_terminate_backend(pid))::int
            FROM pg_locks
            WHERE locktype = 'advisory'
              AND granted
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND pid <> pg_backend_pid()
            """);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public static async Task<int> LocksAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT count(*)::int
            FROM pg_locks
            WHERE locktype = 'advisory'
              AND granted
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
