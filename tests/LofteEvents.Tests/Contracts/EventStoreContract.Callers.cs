namespace LofteEvents.Tests.Contracts;

public abstract partial class EventStoreContract
{
    [Fact]
    public async Task A_caller_who_has_left_before_he_is_heard_stores_nothing()
    {
        var stream = Said.NewStream();

        await Should.ThrowAsync<OperationCanceledException>(
            () => Store.AppendAsync(Said.Request(stream, 0, Said.Event()), new CancellationToken(canceled: true)));

        await AppendedAsync(Said.NewStream(), 0, Said.Event());
        (await StreamAsync(stream)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_who_leaves_is_either_not_stored_or_told_where_and_harms_nobody()
    {
        var callers = Enumerable.Range(0, 200).Select(i => (Stream: Said.NewStream(), Leaves: i % 2 == 0)).ToList();
        using var leaving = new CancellationTokenSource();

        var answers = callers
            .Select(caller => AnswerAsync(caller.Stream, caller.Leaves ? leaving.Token : Token))
            .ToList();
        await answers[1];
        await leaving.CancelAsync();
        var told = await Task.WhenAll(answers);

        foreach (var (caller, isStored) in callers.Zip(told))
        {
            (await StreamAsync(caller.Stream)).Count.ShouldBe(isStored ? 1 : 0);
            (caller.Leaves || isStored).ShouldBeTrue("who stays is stored");
        }

        async Task<bool> AnswerAsync(string stream, CancellationToken cancellationToken)
        {
            try
            {
                return Appended(await Store.AppendAsync(Said.Request(stream, 0, Said.Event()), cancellationToken)).Count == 1;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task More_callers_than_the_queue_holds_wait_and_all_are_served()
    {
        var process = AnotherProcess(queueCapacity: 2);
        var before = await Store.HeadAsync(Token);

        var results = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ =>
            process.AppendAsync(Said.Request(Said.NewStream(), 0, Said.Event()), Token)));

        results.ShouldAllBe(result => result is AppendResult.Appended);
        (await Store.ReadAllAsync(before, 1000, Token).CountAsync(Token)).ShouldBe(300);
    }

    [Fact]
    public async Task A_store_that_closes_answers_those_who_wait_and_takes_no_more()
    {
        var process = Open(queueCapacity: 4096);
        var waiting = Enumerable.Range(0, 100)
            .Select(_ => process.AppendAsync(Said.Request(Said.NewStream(), 0, Said.Event()), Token))
            .ToList();

        await ((IAsyncDisposable)process).DisposeAsync();

        (await Task.WhenAll(waiting)).ShouldAllBe(result => result is AppendResult.Appended);
        await Should.ThrowAsync<ObjectDisposedException>(
            () => process.AppendAsync(Said.Request(Said.NewStream(), 0, Said.Event()), Token));
    }
}
