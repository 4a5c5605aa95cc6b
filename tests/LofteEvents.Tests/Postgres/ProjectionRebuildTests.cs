using System.Text.Json;
using LofteEvents.Loften;
using LofteEvents.Postgres;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Projections;
using LofteEvents.Tests.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LofteEvents.Tests.Postgres;

public sealed class A_projection_that_is_rebuilt : IAsyncLifetime
{
    private const string Name = ProjectionNames.LofteStatus;

    private readonly ProjectionPositions _positions = new(TimeProvider.System);
    private TestDatabase _database = null!;
    private PostgresEventStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private NpgsqlDataSource App => _database.App;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Token);
        _store = new PostgresEventStore(App);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Is_as_if_it_had_been_folded_from_scratch_and_follows_on()
    {
        await using var process = Run(() => new LofteStatusInPostgres(Sample.Areas));
        await AppendAsync(LofteHistory.Of(seed: 11, events: 100));
        await CaughtUpAsync();
        await DamageAsync();
        (await StatusAsync())!.Title.ShouldBe("Skadad");

        await RebuildAsync();
        await AppendAsync(LofteHistory.Of(seed: 12, events: 20).Where(happening => happening.Said is not LofteEvent));
        await CaughtUpAsync();

        await ShouldEqualScratchAsync();
    }

    [Fact]
    public async Task Leaves_the_schema_as_it_was_to_the_names_of_keys_and_indexes()
    {
        await using var process = Run(() => new LofteStatusInPostgres(Sample.Areas));
        await AppendAsync(LofteHistory.Of(seed: 13, events: 30));
        await RebuildAsync();

        await Should.NotThrowAsync(() => LofteSchema.AssertAsync(App, Token));
    }

    [Fact]
    public async Task Can_be_read_all_the_while()
    {
        await using var process = Run(() => new LofteStatusInPostgres(Sample.Areas));
        await AppendAsync(LofteHistory.Of(seed: 14, events: 200));
        await CaughtUpAsync();
        var reads = new LofteReads(App, _store);
        var before = Json((await reads.LiveAsync(LofteHistory.Lofte, Token))!.Status);

        var rebuilt = RebuildAsync();
        var answers = 0;
        while (!rebuilt.IsCompleted)
        {
            Json((await reads.LiveAsync(LofteHistory.Lofte, Token)).ShouldNotBeNull().Status).ShouldBe(before);
            answers++;
        }

        await rebuilt;
        answers.ShouldBeGreaterThan(0);
        Json((await reads.LiveAsync(LofteHistory.Lofte, Token)).ShouldNotBeNull().Status).ShouldBe(before);
    }

    [Fact]
    public async Task Is_rebuilt_in_the_end_though_its_sessions_are_killed_on_the_way()
    {
        await AppendAsync(LofteHistory.Of(seed: 15, events: 200));
        await using var process = Run(() => new LofteStatusInPostgres(Sample.Areas));
        await CaughtUpAsync();
        await DamageAsync();
        await new RebuildRequests(App).AskAsync(Name, "test", Token);
        for (var i = 0; i < 3; i++)
        {
            await Eventually.BecomesAsync(
                "a session holds the projection",
                async stop => await ProjectionDatabase.KillRunnersAsync(App, stop) > 0,
                Token);
        }

        await DoneAsync();
        await CaughtUpAsync();
        await ShouldEqualScratchAsync();
    }

    [Fact]
    public async Task Stays_as_it_is_when_the_rebuild_meets_an_event_it_cannot_apply()
    {
        var made = 0;
        await using var process = Run(() => Interlocked.Increment(ref made) == 1
            ? new LofteStatusInPostgres(Sample.Areas)
            : new Stumbling(new LofteStatusInPostgres(Sample.Areas), stored => stored.Position == 20));
        await AppendAsync(LofteHistory.Of(seed: 16, events: 40));
        await CaughtUpAsync();

        await RebuildAsync();

        var state = await StateAsync();
        state.Stop.ShouldBeNull();
        state.Rebuild.ShouldNotBeNull().Stop.ShouldNotBeNull().Position.ShouldBe(20);
        await AppendAsync([LofteHistory.Trafik("efter", "2018-05-01")]);
        await CaughtUpAsync();
        await ShouldEqualScratchAsync();
    }

    [Fact]
    public async Task Goes_on_after_an_event_that_stopped_it_when_the_rebuild_can_apply_it()
    {
        var made = 0;
        await using var process = Run(() => Interlocked.Increment(ref made) == 1
            ? new Stumbling(new LofteStatusInPostgres(Sample.Areas), stored => stored.Position == 20)
            : new LofteStatusInPostgres(Sample.Areas));
        await AppendAsync(LofteHistory.Of(seed: 17, events: 40));
        await Eventually.BecomesAsync("it stops", async _ => (await StateAsync()).Stop?.Position == 20, Token);
        (await StateAsync()).Position.ShouldBe(19);

        await RebuildAsync();
        await CaughtUpAsync();

        (await StateAsync()).Stop.ShouldBeNull();
        await ShouldEqualScratchAsync();
    }

    [Fact]
    public async Task Goes_on_after_an_event_that_stopped_it_when_a_program_that_can_apply_it_is_started()
    {
        await AppendAsync(LofteHistory.Of(seed: 18, events: 40));
        await using (Run(() => new Stumbling(new LofteStatusInPostgres(Sample.Areas), stored => stored.Position == 20)))
        {
            await Eventually.BecomesAsync("it stops", async _ => (await StateAsync()).Stop is not null, Token);
        }

        await using var process = Run(() => new LofteStatusInPostgres(Sample.Areas));
        await CaughtUpAsync();

        (await StateAsync()).Stop.ShouldBeNull();
        await ShouldEqualScratchAsync();
    }

    [Fact]
    public async Task Is_not_written_by_a_process_that_has_lost_its_turn()
    {
        await using var zombie = (await ProjectionLock.TryTakeAsync(App, "zombie", ProjectionLock.Live, Token))!;
        await ProjectionProgress.BeginAsync(zombie.Connection, ProjectionNames.RowOf(Name), Token);
        var projection = new LofteStatusInPostgres(Sample.Areas);
        await AppendAsync([LofteHistory.GivenNow()]);
        await projection.LoadAsync(zombie.Connection, Token);
        List<StoredEvent> page = [await _store.ReadAllAsync(0, 1, Token).FirstAsync(Token)];
        await projection.PrepareAsync(zombie.Connection, page, Token);
        projection.Apply(page[0]);

        await using (Run(() => new LofteStatusInPostgres(Sample.Areas)))
        {
            await AppendAsync([LofteHistory.Trafik("a", "2018-03-01")]);
            await CaughtUpAsync();
        }

        var refused = await Should.ThrowAsync<PostgresException>(
            () => ProjectionProgress.WriteAsync(zombie.Connection, projection, 0, 1, Token));
        refused.SqlState.ShouldBe("LP001");
        await ShouldEqualScratchAsync();
    }

    private ProjectionProcess Run(Func<Projection> make)
    {
        var runner = new ProjectionRunner(Name, make, _store, App, _positions, TimeProvider.System, NullLogger.Instance);
        return new ProjectionProcess(runner.RunAsync);
    }

    private async Task RebuildAsync()
    {
        (await new RebuildRequests(App).AskAsync(Name, "test", Token)).ShouldBeTrue();
        await DoneAsync();
    }

    private Task DoneAsync() => Eventually.BecomesAsync(
        "no rebuild is asked for any more", async stop => !await ProjectionRebuild.IsRequestedAsync(App, Name, stop), Token);

    private async Task DamageAsync()
    {
        await using var batch = App.CreateBatch();
        batch.BatchCommands.Add(new("UPDATE lofte.mt_doc_loftestatus SET data = jsonb_set(data, '{title}', '\"Skadad\"')"));
        batch.BatchCommands.Add(new("DELETE FROM lofte.counted_fact WHERE position % 3 = 0"));
        await batch.ExecuteNonQueryAsync(Token);
    }

    private async Task AppendAsync(IEnumerable<Happening> history)
    {
        foreach (var happening in history)
        {
            (await _store.AppendAsync(happening.ToRequest(), Token)).ShouldBeOfType<AppendResult.Appended>();
        }
    }

    private async Task CaughtUpAsync()
    {
        var head = await _store.HeadAsync(Token);
        await Eventually.BecomesAsync($"it reaches position {head}", async _ => (await StateAsync()).Position >= head, Token);
    }

    private async Task<ProjectionState> StateAsync() =>
        (await new ProjectionStates(App).ReadAsync(Token)).Single(state => state.Name == Name);

    private Task<LofteStatus?> StatusAsync() => ProjectionDatabase.ReadAsync(
        App, "SELECT data FROM lofte.mt_doc_loftestatus WHERE id = $1", LofteHistory.Lofte, LofteJson.Default.LofteStatus, Token);

    private async Task ShouldEqualScratchAsync()
    {
        var log = new List<Recorded<DomainEvent>>();
        await foreach (var stored in _store.ReadAllAsync(0, long.MaxValue, Token))
        {
            log.Add(EventCatalogue.ToRecorded(stored));
        }

        var scratch = LofteStatusProjection.Fold(
            log.Where(happened => happened.Event is LofteEvent), Facts.Of(log, Sample.Areas));
        Json((await StatusAsync()).ShouldNotBeNull()).ShouldBe(Json(scratch!));
    }

    private static string Json(LofteStatus status) => JsonSerializer.Serialize(status, LofteJson.Default.LofteStatus);
}
