namespace LofteEvents.Tests.Contracts;

/// <summary>
/// What every engine's event store owes to the rest, stated once. An engine inherits the class and says how to open a store;
/// every store that is opened stands for a process of its own on the same database.
/// </summary>
public abstract partial class EventStoreContract : IAsyncLifetime
{
    private readonly List<IEventStore> opened = [];
    private IEventStore? store;

    /// <summary>The process under test.</summary>
    protected IEventStore Store => store ??= AnotherProcess();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var each in opened.OfType<IAsyncDisposable>())
        {
            await each.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_new_stream_counts_its_events_from_1_without_gaps()
    {
        var stream = Said.NewStream();

        var first = await AppendedAsync(stream, 0, Said.Event(), Said.Event());
        var second = await AppendedAsync(stream, 2, Said.Event());

        first.Select(one => one.Version).ShouldBe([1, 2]);
        second.Select(one => one.Version).ShouldBe([3]);
        (await VersionsAsync(stream)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task What_was_said_is_read_back_as_it_was_said()
    {
        var stream = Said.NewStream();
        const string data = """{"reason":"fel dag – torsdag","facts":{"hours":42,"tags":["riktad"]}}""";
        var said = Said.Event("insats.corrected.v1", data) with
        {
            Headers = """{"source":"urn:lofte:demo","id":"1","time":"2018-03-16T17:00:00Z"}"""u8.ToArray(),
            CorrelationId = "correlation",
            CausationId = "causation",
        };

        var appended = (await AppendedAsync(stream, 0, said)).Single();
        var read = (await StreamAsync(stream)).Single();

        read.Id.ShouldBe(said.Id);
        read.Stream.ShouldBe(stream);
        read.Version.ShouldBe(1);
        read.Position.ShouldBe(appended.Position);
        read.RecordedAt.ShouldBe(appended.RecordedAt);
        read.RecordedAt.Offset.ShouldBe(TimeSpan.Zero);
        read.Type.ShouldBe("insats.corrected.v1");
        read.CorrelationId.ShouldBe("correlation");
        read.CausationId.ShouldBe("causation");
        Said.SameJson(read.Data, said.Data).ShouldBeTrue();
        EventHeaders.FromJson(read.Headers.Span).ShouldBe(EventHeaders.FromJson(said.Headers.Span));
    }

    [Fact]
    public async Task What_was_not_said_is_read_back_as_absent()
    {
        var stream = Said.NewStream();
        await AppendedAsync(stream, 0, Said.Event() with { Headers = default });

        var read = (await StreamAsync(stream)).Single();

        read.Headers.IsEmpty.ShouldBeTrue();
        read.CorrelationId.ShouldBeNull();
        read.CausationId.ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(99)]
    public async Task A_stream_at_another_version_than_expected_is_a_conflict(long expected)
    {
        var stream = Said.NewStream();
        await AppendedAsync(stream, 0, Said.Event(), Said.Event());

        var result = await Store.AppendAsync(Said.Request(stream, expected, Said.Event()), Token);

        result.ShouldBe(new AppendResult.Conflict(stream, expected, 2));
        (await VersionsAsync(stream)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_stream_that_nobody_has_written_is_at_version_0()
    {
        var stream = Said.NewStream();

        var result = await Store.AppendAsync(Said.Request(stream, 1, Said.Event()), Token);

        result.ShouldBe(new AppendResult.Conflict(stream, 1, 0));
        (await StreamAsync(stream)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_expects_no_version_appends_to_whatever_is_there()
    {
        var stream = Said.NewStream();

        var first = await AppendedAsync(stream, null, Said.Event());
        var second = await AppendedAsync(stream, null, Said.Event(), Said.Event());

        first.Single().Version.ShouldBe(1);
        second.Select(one => one.Version).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Many_who_expect_no_version_of_one_stream_all_get_through_and_leave_no_gap()
    {
        var stream = Said.NewStream();

        var results = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => AppendedAsync(stream, null, Said.Event(), Said.Event())));

        var versions = results.SelectMany(events => events.Select(one => one.Version)).Order();
        versions.ShouldBe(Enumerable.Range(1, 200).Select(n => (long)n));
        results.ShouldAllBe(events => events[1].Version == events[0].Version + 1);
    }

    [Fact]
    public async Task A_request_over_several_streams_is_stored_whole()
    {
        var (one, other) = (Said.NewStream(), Said.NewStream());
        await AppendedAsync(other, 0, Said.Event());

        var events = Appended(await Store.AppendAsync(
            new AppendRequest([new(one, 0, [Said.Event(), Said.Event()]), new(other, 1, [Said.Event()])]), Token));

        events.Select(each => (each.Stream, each.Version)).ShouldBe([(one, 1), (one, 2), (other, 2)]);
        events.Select(each => each.Position).ShouldBeInOrder(SortDirection.Ascending);
    }

    [Fact]
    public async Task A_stream_may_stand_again_behind_others_and_positions_keep_the_order_of_the_request()
    {
        var (one, other) = (Said.NewStream(), Said.NewStream());

        var events = Appended(await Store.AppendAsync(
            new AppendRequest(
            [
                new(one, 0, [Said.Event(), Said.Event()]),
                new(other, 0, [Said.Event()]),
                new(one, null, [Said.Event()]),
                new(other, null, [Said.Event()]),
            ]),
            Token));

        events.Select(each => (each.Stream, each.Version)).ShouldBe([(one, 1), (one, 2), (other, 1), (one, 3), (other, 2)]);
        events.Select(each => each.Position).ShouldBeInOrder(SortDirection.Ascending);
        (await VersionsAsync(one)).ShouldBe([1, 2, 3]);
        (await AppendedAsync(one, 3, Said.Event())).Single().Version.ShouldBe(4);
    }

    [Fact]
    public async Task A_request_of_which_one_stream_conflicts_leaves_nothing_behind()
    {
        var (one, other) = (Said.NewStream(), Said.NewStream());
        await AppendedAsync(other, 0, Said.Event());
        var key = Said.Keyed();

        var result = await Store.AppendAsync(
            new AppendRequest([new(one, 0, [key, Said.Event()]), new(other, 0, [Said.Event()])]), Token);

        result.ShouldBe(new AppendResult.Conflict(other, 0, 1));
        (await StreamAsync(one)).ShouldBeEmpty();
        (await VersionsAsync(other)).ShouldBe([1]);
        (await AppendedAsync(one, 0, key)).Single().Version.ShouldBe(1, "the refused request must not have taken its key");
    }

    [Fact]
    public async Task A_request_of_1000_events_over_many_streams_is_one_commit()
    {
        var streams = Enumerable.Range(0, 100).Select(_ => new StreamAppend(Said.NewStream(), 0, Said.Events(10))).ToList();

        var events = Appended(await Store.AppendAsync(new AppendRequest(streams), Token));

        events.Count.ShouldBe(1000);
        events.Select(each => each.RecordedAt).Distinct().Count().ShouldBe(1);
        events.Select(each => each.Position).ShouldBe(Enumerable.Range(0, 1000).Select(n => events[0].Position + n));
    }

    [Fact]
    public async Task A_refused_request_refuses_itself_alone()
    {
        var taken = Said.NewStream();
        await AppendedAsync(taken, 0, Said.Event());

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i =>
            Store.AppendAsync(Said.Request(i % 3 == 0 ? taken : Said.NewStream(), 0, Said.Event()), Token)));

        results.OfType<AppendResult.Conflict>().ShouldAllBe(conflict => conflict.Actual == 1);
        results.OfType<AppendResult.Conflict>().Count().ShouldBe(20);
        results.OfType<AppendResult.Appended>().Count().ShouldBe(40);
        (await VersionsAsync(taken)).ShouldBe([1]);
    }

    [Fact]
    public async Task Of_many_who_saw_the_same_version_one_gets_through()
    {
        var stream = Said.NewStream();
        IEventStore[] processes = [Store, AnotherProcess(), AnotherProcess()];

        var results = await Task.WhenAll(Enumerable.Range(0, 30).Select(i =>
            processes[i % 3].AppendAsync(Said.Request(stream, 0, Said.Event()), Token)));

        results.OfType<AppendResult.Appended>().Count().ShouldBe(1);
        results.OfType<AppendResult.Conflict>().ShouldAllBe(conflict => conflict.Actual == 1);
        (await VersionsAsync(stream)).ShouldBe([1]);
    }

    /// <summary>A store with its own connections to the one database of the test, disposed by whoever asked for it.</summary>
    protected abstract IEventStore Open(int queueCapacity);

    protected IEventStore AnotherProcess(int queueCapacity = 4096)
    {
        var another = Open(queueCapacity);
        opened.Add(another);
        return another;
    }

    protected static IReadOnlyList<AppendedEvent> Appended(AppendResult result) =>
        result.ShouldBeOfType<AppendResult.Appended>().Events;

    protected async Task<IReadOnlyList<AppendedEvent>> AppendedAsync(string stream, long? expected, params NewEvent[] events) =>
        Appended(await Store.AppendAsync(Said.Request(stream, expected, events), Token));

    protected async Task<List<StoredEvent>> StreamAsync(string stream) =>
        await Store.ReadStreamAsync(stream, 0, int.MaxValue, Token).ToListAsync(Token);

    protected async Task<IEnumerable<long>> VersionsAsync(string stream) =>
        (await StreamAsync(stream)).Select(read => read.Version);
}
