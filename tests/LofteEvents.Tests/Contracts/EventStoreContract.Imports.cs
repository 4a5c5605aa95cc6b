namespace LofteEvents.Tests.Contracts;

public abstract partial class EventStoreContract
{
    [Fact]
    public async Task Imported_history_keeps_its_recorded_times_to_the_microsecond()
    {
        var last = (await AppendedAsync(Said.NewStream(), 0, Said.Event())).Single().RecordedAt;
        await BecomesPastAsync(last.AddMicroseconds(20));
        var stream = Said.NewStream();

        var appended = await AppendedAsync(
            stream, 0, At(last), At(last.AddMicroseconds(3)), At(last.AddMicroseconds(3)), At(last.AddTicks(49)));

        DateTimeOffset[] kept = [last, last.AddMicroseconds(3), last.AddMicroseconds(3), last.AddMicroseconds(4)];
        appended.Select(one => one.RecordedAt).ShouldBe(kept);
        (await StreamAsync(stream)).Select(read => read.RecordedAt).ShouldBe(kept);
    }

    [Fact]
    public async Task An_imported_time_before_the_last_recorded_one_is_refused_with_both()
    {
        var last = (await AppendedAsync(Said.NewStream(), 0, Said.Event())).Single().RecordedAt;
        var stream = Said.NewStream();
        var given = last.AddMicroseconds(-1);

        var result = await Store.AppendAsync(Said.Request(stream, 0, At(given)), Token);

        var refused = result.ShouldBeOfType<AppendResult.RecordedTimeRefused>();
        refused.Given.ShouldBe(given);
        refused.LastRecorded.ShouldBe(last);
        refused.Now.ShouldBeGreaterThanOrEqualTo(last);
        (await StreamAsync(stream)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_imported_time_in_the_future_is_refused()
    {
        var last = (await AppendedAsync(Said.NewStream(), 0, Said.Event())).Single().RecordedAt;
        var given = last.AddHours(1);

        var result = await Store.AppendAsync(Said.Request(Said.NewStream(), 0, Said.Event(), At(given)), Token);

        result.ShouldBeOfType<AppendResult.RecordedTimeRefused>().Given.ShouldBe(given);
    }

    [Fact]
    public async Task Imported_times_that_fall_within_a_request_are_refused()
    {
        var last = (await AppendedAsync(Said.NewStream(), 0, Said.Event())).Single().RecordedAt;
        await BecomesPastAsync(last.AddMicroseconds(20));

        var result = await Store.AppendAsync(
            new AppendRequest(
            [
                new(Said.NewStream(), 0, [At(last.AddMicroseconds(5))]),
                new(Said.NewStream(), 0, [At(last.AddMicroseconds(4))]),
            ]),
            Token);

        result.ShouldBeOfType<AppendResult.RecordedTimeRefused>().Given.ShouldBe(last.AddMicroseconds(4));
    }

    [Fact]
    public async Task What_is_recorded_now_cannot_be_followed_in_a_request_by_an_earlier_import()
    {
        var last = (await AppendedAsync(Said.NewStream(), 0, Said.Event())).Single().RecordedAt;
        await BecomesPastAsync(last.AddMicroseconds(20));

        var result = await Store.AppendAsync(Said.Request(Said.NewStream(), 0, Said.Event(), At(last.AddMicroseconds(1))), Token);

        result.ShouldBeOfType<AppendResult.RecordedTimeRefused>();
    }

    [Fact]
    public async Task Imports_among_other_writers_refuse_and_disturb_only_themselves()
    {
        var last = (await AppendedAsync(Said.NewStream(), 0, Said.Event())).Single().RecordedAt;

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Store.AppendAsync(
            Said.Request(Said.NewStream(), 0, i % 2 == 0 ? Said.Event() : At(last.AddMicroseconds(-1 - i))), Token)));

        results.Where((_, i) => i % 2 == 0).ShouldAllBe(result => result is AppendResult.Appended);
        results.Where((_, i) => i % 2 == 1).ShouldAllBe(result => result is AppendResult.RecordedTimeRefused);
    }

    private static NewEvent At(DateTimeOffset recordedAt) => Said.Event() with { RecordedAt = recordedAt };

    // By the database's clock, which may stand elsewhere than the test's.
    private Task BecomesPastAsync(DateTimeOffset moment) =>
        Eventually.BecomesAsync(
            "the database's clock has moved on",
            async token =>
            {
                var far = await Store.AppendAsync(Said.Request(Said.NewStream(), 0, At(moment.AddYears(1))), token);
                return ((AppendResult.RecordedTimeRefused)far).Now > moment;
            },
            Token);
}
