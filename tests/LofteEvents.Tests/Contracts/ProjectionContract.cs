using System.Text.Json;
using LofteEvents.Loften;

namespace LofteEvents.Tests.Contracts;

/// <summary>
/// What every engine's projections owe, stated once. An engine inherits the class and says how to open a store, how to start a
/// process that runs the projections, and how to read what they wrote.
/// </summary>
public abstract class ProjectionContract
{
    private const string Status = "LofteStatus";
    private const string Overview = "LofteOverview";

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Documents_equal_the_same_history_folded_from_scratch(int seed)
    {
        var store = await OpenAsync(Token);
        await using (StartProjections(store))
        {
            await AppendAsync(store, LofteHistory.Of(seed, events: 150));
            await CaughtUpAsync(store);
        }

        await ShouldEqualScratchAsync(store);
    }

    [Fact]
    public async Task Documents_do_not_depend_on_when_the_projections_ran()
    {
        var store = await OpenAsync(Token);
        var history = LofteHistory.Of(seed: 6, events: 150);
        foreach (var part in history.Chunk(40))
        {
            await AppendAsync(store, part);
            await using var process = StartProjections(store);
            await CaughtUpAsync(store);
        }

        await ShouldEqualScratchAsync(store);
    }

    [Fact]
    public async Task A_promise_that_is_given_after_its_events_counts_them()
    {
        var store = await OpenAsync(Token);
        await using var process = StartProjections(store);

        await AppendAsync(store, [LofteHistory.Trafik("a", "2018-03-01"), LofteHistory.Trafik("b", "2018-04-01")]);
        await CaughtUpAsync(store);
        await AppendAsync(store, [LofteHistory.GivenNow(), LofteHistory.Trafik("c", "2018-05-01")]);
        await CaughtUpAsync(store);

        (await DoneAsync("trafik")).ShouldBe(3);
    }

    [Fact]
    public async Task The_position_is_that_of_the_newest_event_applied_whether_it_concerns_a_promise_or_not()
    {
        var store = await OpenAsync(Token);
        await using var process = StartProjections(store);

        await AppendAsync(store, LofteHistory.Of(seed: 7, events: 30));
        await CaughtUpAsync(store);

        var head = await store.HeadAsync(Token);
        (await PositionAsync(Status, Token)).ShouldBe(head);
        (await PositionAsync(Overview, Token)).ShouldBe(head);
    }

    [Fact]
    public async Task An_event_that_cannot_be_applied_stops_a_projection_before_it_and_nothing_is_skipped()
    {
        var store = await OpenAsync(Token);
        await using var process = StartProjections(store);
        await AppendAsync(store, [LofteHistory.GivenNow(), LofteHistory.Trafik("a", "2018-03-01")]);
        await CaughtUpAsync(store);
        var before = await store.HeadAsync(Token);

        var unknown = new NewEvent(Guid.NewGuid(), "insats.teleported.v1", "{}"u8.ToArray(), "{}"u8.ToArray());
        await AppendAsNewerProgramAsync(store, Said.Request("insats/unknown", 0, unknown), Token);
        await AppendAsync(store, [LofteHistory.Trafik("b", "2018-04-01")]);
        await Eventually.BecomesAsync(
            "the projection says where it stands", async stop => await StopAsync(Status, stop) is not null, Token);

        var (position, type, reason) = (await StopAsync(Status, Token))!.Value;
        position.ShouldBeGreaterThan(before);
        type.ShouldBe("insats.teleported.v1");
        reason.ShouldContain("insats.teleported.v1");
        (await PositionAsync(Status, Token)).ShouldBe(before);
        (await DoneAsync("trafik")).ShouldBe(1);
    }

    [Fact]
    public async Task Two_processes_write_what_one_would_and_the_other_goes_on_when_one_is_gone()
    {
        var store = await OpenAsync(Token);
        var history = LofteHistory.Of(seed: 8, events: 120);
        var first = StartProjections(store);
        await using var second = StartProjections(store);
        await AppendAsync(store, history.Take(60));
        await CaughtUpAsync(store);

        await first.DisposeAsync();
        await AppendAsync(store, history.Skip(60));
        await CaughtUpAsync(store);

        await ShouldEqualScratchAsync(store);
    }

    /// <summary>A store on a database that holds nothing yet; the engine closes it after the test.</summary>
    protected abstract Task<IEventStore> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Starts what a process of the engine runs, until it is disposed of.</summary>
    protected abstract IAsyncDisposable StartProjections(IEventStore store);

    /// <summary>Appends an event of a type that this version does not know, as a newer version would.</summary>
    protected virtual Task AppendAsNewerProgramAsync(
        IEventStore store, AppendRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.AppendAsync(request, cancellationToken);
    }

    protected abstract Task<LofteStatus?> ReadStatusAsync(string id, CancellationToken cancellationToken);

    protected abstract Task<LofteOverview?> ReadOverviewAsync(string id, CancellationToken cancellationToken);

    /// <summary>Of the row <c>{projection}:All</c>; 0 where there is none.</summary>
    protected abstract Task<long> PositionAsync(string projection, CancellationToken cancellationToken);

    /// <summary>The event that a projection could not apply; null where it goes on.</summary>
    protected abstract Task<(long Position, string Type, string Reason)?> StopAsync(
        string projection, CancellationToken cancellationToken);

    private protected static async Task AppendAsync(IEventStore store, IEnumerable<Happening> history)
    {
        foreach (var happening in history)
        {
            (await store.AppendAsync(happening.ToRequest(), Token)).ShouldBeOfType<AppendResult.Appended>();
        }
    }

    protected async Task CaughtUpAsync(IEventStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var head = await store.HeadAsync(Token);
        await Eventually.BecomesAsync(
            $"both projections reach position {head}",
            async stop => await PositionAsync(Status, stop) >= head && await PositionAsync(Overview, stop) >= head,
            Token);
    }

    protected async Task ShouldEqualScratchAsync(IEventStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var log = new List<Recorded<DomainEvent>>();
        await foreach (var stored in store.ReadAllAsync(0, long.MaxValue, Token))
        {
            log.Add(EventCatalogue.ToRecorded(stored));
        }

        var own = log.Where(happened => happened.Event is LofteEvent).ToList();
        var status = LofteStatusProjection.Fold(own, Facts.Of(log, Sample.Areas));
        var overview = own.Aggregate((LofteOverview?)null, LofteOverviewProjection.Project);
        Json(await ReadStatusAsync(LofteHistory.Lofte, Token)).ShouldBe(Json(status));
        (await ReadOverviewAsync(LofteHistory.Lofte, Token)).ShouldBeEquivalentTo(overview);
    }

    private protected static string Json(LofteStatus? status) => JsonSerializer.Serialize(status!, LofteJson.Default.LofteStatus);

    private async Task<long> DoneAsync(string commitment)
    {
        var status = await ReadStatusAsync(LofteHistory.Lofte, Token);
        return JudgeLofte.Judge(status!, new DateOnly(2018, 12, 31)).Commitments.Single(judged => judged.Id == commitment).Done;
    }
}
