using System.Collections.Concurrent;

namespace LofteEvents.Tests.Contracts;

public abstract partial class EventStoreContract
{
    [Fact]
    public async Task A_reader_that_follows_many_writers_in_many_processes_never_meets_an_event_behind_it()
    {
        const int writers = 32;
        const int requests = 20;
        var before = await Store.HeadAsync(Token);
        IEventStore[] processes = [Store, AnotherProcess(), AnotherProcess(), AnotherProcess()];
        var reader = AnotherProcess();
        using var done = new CancellationTokenSource();
        var following = FollowAsync(reader, before, done.Token);

        await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            for (var i = 0; i < requests; i++)
            {
                var request = Said.Request(Said.NewStream(), 0, Said.Events(1 + (i % 3)));
                Appended(await processes[writer % processes.Length].AppendAsync(request, Token));
            }
        }));
        var head = await Store.HeadAsync(Token);
        await Eventually.BecomesAsync(
            "the follower has read to the end", () => following.Seen.LastOrDefault()?.Position == head, Token);
        await done.CancelAsync();
        await following.Running;

        var log = await reader.ReadAllAsync(before, long.MaxValue, Token).ToListAsync(Token);
        following.Seen.Select(seen => seen.Position).ShouldBe(log.Select(stored => stored.Position));
        log.Count.ShouldBe(writers * (requests / 3 * 6 + 1 + 2));
        log.Select(stored => stored.Position).ShouldBeInOrder(SortDirection.Ascending);
        log.Select(stored => stored.RecordedAt).ShouldBeInOrder(SortDirection.Ascending);
    }

    [Fact]
    public async Task The_order_of_answers_is_the_order_of_positions()
    {
        IEventStore[] processes = [Store, AnotherProcess()];
        var last = 0L;
        for (var i = 0; i < 40; i++)
        {
            var result = await processes[i % 2].AppendAsync(Said.Request(Said.NewStream(), 0, Said.Event()), Token);
            var position = Appended(result).Single().Position;
            position.ShouldBeGreaterThan(last);
            last = position;
        }

        (await Store.HeadAsync(Token)).ShouldBe(last);
    }

    [Fact]
    public async Task Whoever_decides_again_after_a_conflict_gets_through_and_no_version_is_lost()
    {
        var stream = Said.NewStream();
        IEventStore[] processes = [Store, AnotherProcess(), AnotherProcess()];

        await Task.WhenAll(Enumerable.Range(0, 12).Select(async writer =>
        {
            var process = processes[writer % processes.Length];
            for (var i = 0; i < 10; i++)
            {
                AppendResult result;
                do
                {
                    var seen = (await process.LoadAsync([], [stream], Token)).Streams[stream].Count;
                    result = await process.AppendAsync(Said.Request(stream, seen, Said.Event()), Token);
                }
                while (result is AppendResult.Conflict);
                Appended(result);
            }
        }));

        (await VersionsAsync(stream)).ShouldBe(Enumerable.Range(1, 120).Select(n => (long)n));
    }

    [Fact]
    public async Task A_failed_request_leaves_nothing_to_stumble_over()
    {
        var before = await Store.HeadAsync(Token);
        var (first, bad, last) = (Said.NewStream(), Said.NewStream(), Said.NewStream());
        await AppendedAsync(first, 0, Said.Event());
        await Should.ThrowAsync<ArgumentException>(
            () => Store.AppendAsync(Said.Request(bad, 0, Said.Event(), Said.Event(data: "no JSON")), Token));
        await AppendedAsync(last, 0, Said.Event());

        var log = await Store.ReadAllAsync(before, 1000, Token).ToListAsync(Token);

        log.Select(stored => stored.Stream).ShouldBe([first, last]);
        (await AppendedAsync(bad, 0, Said.Event())).Single().Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_commit_in_one_process_wakes_who_waits_in_another()
    {
        var before = await Store.HeadAsync(Token);
        var other = AnotherProcess();
        var here = Store.WaitForNewAsync(before, Token);
        var there = Enumerable.Range(0, 5).Select(_ => other.WaitForNewAsync(before, Token)).ToList();

        var position = (await AppendedAsync(Said.NewStream(), 0, Said.Event())).Single().Position;

        (await here.WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldBe(position);
        (await Task.WhenAll(there).WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldAllBe(head => head == position);
    }

    [Fact]
    public async Task Whoever_waits_for_what_is_there_already_does_not_wait()
    {
        var position = (await AppendedAsync(Said.NewStream(), 0, Said.Event())).Single().Position;

        foreach (var process in new[] { Store, AnotherProcess() })
        {
            var known = await process.WaitForNewAsync(position - 1, Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
            known.ShouldBe(position);
        }
    }

    [Fact]
    public async Task Whoever_waits_no_longer_is_let_go_and_others_wait_on()
    {
        var before = await Store.HeadAsync(Token);
        using var impatience = new CancellationTokenSource();
        var impatient = Store.WaitForNewAsync(before, impatience.Token);
        var patient = Store.WaitForNewAsync(before, Token);

        await impatience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(impatient);
        patient.IsCompleted.ShouldBeFalse();
        var position = (await AppendedAsync(Said.NewStream(), 0, Said.Event())).Single().Position;
        (await patient.WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldBe(position);
    }

    private static Following FollowAsync(IEventStore store, long after, CancellationToken cancellationToken)
    {
        var seen = new ConcurrentQueue<StoredEvent>();
        return new Following(seen, RunAsync());

        async Task RunAsync()
        {
            var position = after;
            try
            {
                while (true)
                {
                    await foreach (var stored in store.ReadAllAsync(position, 50, cancellationToken))
                    {
                        seen.Enqueue(stored);
                        position = stored.Position;
                    }

                    await store.WaitForNewAsync(position, cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The test has seen enough.
            }
        }
    }

    private sealed record Following(ConcurrentQueue<StoredEvent> Seen, Task Running);
}
