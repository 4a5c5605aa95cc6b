using System.Collections.Concurrent;

namespace LofteEvents.Tests.Contracts;

/// <summary>
/// What every engine's workers owe, stated once. An engine inherits the class and says how work is put in line, how a process is
/// started that does it, and how what was given up is found and put in line again.
/// </summary>
public abstract partial class WorkerContract
{
    protected const int AttemptsAllowed = 3;
    protected const int Concurrency = 4;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_is_done_once_when_nothing_goes_wrong_however_many_processes_there_are()
    {
        var done = new ConcurrentQueue<string>();
        await using var first = StartWorker(Note(done));
        await using var second = StartWorker(Note(done));

        await EnqueueAsync([.. Enumerable.Range(0, 300).Select(n => new Job($"job-{n}", $"lane-{n % 20}"))], Token);
        await Eventually.BecomesAsync("all is done", () => done.Count >= 300, Token);

        await NothingIsLeftAsync();
        done.Order().ShouldBe(Enumerable.Range(0, 300).Select(n => $"job-{n}").Order());
    }

    [Fact]
    public async Task A_key_is_done_once_however_often_it_is_put_in_line()
    {
        var done = new ConcurrentQueue<string>();
        await EnqueueAsync([new Job("same", "a"), new Job("same", "a")], Token);
        await using (StartWorker(Note(done)))
        {
            await Eventually.BecomesAsync("it is done", () => !done.IsEmpty, Token);
            await NothingIsLeftAsync();
            await EnqueueAsync([new Job("same", "a"), new Job("last", "a")], Token);
            await Eventually.BecomesAsync("the last is done", () => done.Contains("last"), Token);
        }

        done.ShouldBe(["same", "last"]);
    }

    [Fact]
    public async Task Work_of_one_lane_is_done_in_order_one_after_the_other_also_when_attempts_fail()
    {
        var done = new ConcurrentQueue<string>();
        var atOnce = new ConcurrentDictionary<string, int>();
        var overlaps = 0;
        async Task<JobEnd> Handle(JobAttempt attempt, CancellationToken stop)
        {
            if (atOnce.AddOrUpdate(attempt.Lane, 1, (_, running) => running + 1) > 1)
            {
                Interlocked.Increment(ref overlaps);
            }

            await Task.Yield();
            atOnce.AddOrUpdate(attempt.Lane, 0, (_, running) => running - 1);
            if (attempt.Number == 1 && attempt.Key.EndsWith('3'))
            {
                return new JobEnd.Fails("the first attempt at every tenth");
            }

            done.Enqueue(attempt.Key);
            return new JobEnd.Done();
        }

        await EnqueueAsync([.. Enumerable.Range(0, 120).Select(n => new Job($"{n % 3}/{n:000}", $"lane-{n % 3}"))], Token);
        await using var first = StartWorker(Handle);
        await using var second = StartWorker(Handle);
        await Eventually.BecomesAsync("all is done", () => done.Count >= 120, Token);

        overlaps.ShouldBe(0);
        foreach (var lane in done.GroupBy(key => key[0]))
        {
            lane.ShouldBe(lane.Order());
        }
    }

    [Fact]
    public async Task One_lane_that_fails_does_not_hold_up_the_others()
    {
        var done = new ConcurrentQueue<string>();
        await EnqueueAsync([new Job("bad", "a"), new Job("behind it", "a"), new Job("good", "b")], Token);
        await using var worker = StartWorker((attempt, _) =>
        {
            done.Enqueue(attempt.Key);
            return Task.FromResult<JobEnd>(
                attempt.Key == "bad" && !done.Contains("good") ? new JobEnd.Fails("no") : new JobEnd.Done());
        });

        await Eventually.BecomesAsync("all is done", () => done.Contains("behind it"), Token);
        done.ToList().IndexOf("behind it").ShouldBeGreaterThan(done.ToList().LastIndexOf("bad"));
    }

    [Fact]
    public async Task No_more_is_worked_on_at_once_than_was_said()
    {
        var running = 0;
        var most = 0;
        var full = new TaskCompletionSource();
        var done = 0;
        await EnqueueAsync([.. Enumerable.Range(0, 40).Select(n => new Job($"job-{n}", $"lane-{n}"))], Token);
        await using var worker = StartWorker(async (_, stop) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now >= Concurrency)
            {
                full.TrySetResult();
            }

            await full.Task.WaitAsync(stop);
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref done);
            return new JobEnd.Done();
        });

        await Eventually.BecomesAsync("all is done", () => Volatile.Read(ref done) == 40, Token);
        most.ShouldBe(Concurrency);
    }

    [Fact]
    public async Task Work_for_later_waits_for_its_time_and_holds_nobody_up()
    {
        var done = new ConcurrentQueue<(string Key, DateTimeOffset At)>();
        var due = TimeProvider.System.GetUtcNow().AddSeconds(2);
        await using var worker = StartWorker((attempt, _) =>
        {
            done.Enqueue((attempt.Key, TimeProvider.System.GetUtcNow()));
            return Task.FromResult<JobEnd>(new JobEnd.Done());
        });

        await EnqueueAsync([new Job("later", "a", due), new Job("now", "a")], Token);
        await Eventually.BecomesAsync("both are done", () => done.Count == 2, Token);

        done.Select(each => each.Key).ShouldBe(["now", "later"]);
        done.Last().At.ShouldBeGreaterThanOrEqualTo(due);
    }

    [Fact]
    public async Task A_worker_that_is_stopped_brings_to_an_end_what_it_has_begun_and_begins_nothing_more()
    {
        var begun = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var done = new ConcurrentQueue<string>();
        await EnqueueAsync([new Job("begun", "a"), new Job("not begun", "a")], Token);
        var worker = StartWorker(async (attempt, _) =>
        {
            begun.TrySetResult();
            await goOn.Task;
            done.Enqueue(attempt.Key);
            return new JobEnd.Done();
        });
        await begun.Task.WaitAsync(Token);

        var stopped = worker.DisposeAsync().AsTask();
        goOn.SetResult();
        await stopped;
        done.ShouldBe(["begun"]);

        await using var next = StartWorker(Note(done));
        await Eventually.BecomesAsync("the rest is done", () => done.Contains("not begun"), Token);
        await NothingIsLeftAsync();
        done.ShouldBe(["begun", "not begun"]);
    }

    [Fact]
    public async Task What_a_worker_that_died_had_begun_is_done_by_another()
    {
        var begun = new TaskCompletionSource();
        var done = new ConcurrentQueue<string>();
        await EnqueueAsync([new Job("orphan", "a"), new Job("behind it", "a")], Token);
        var dying = StartWorkerThatDies(async (_, stop) =>
        {
            begun.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(stop);
            return new JobEnd.Done();
        });
        await begun.Task.WaitAsync(Token);
        await dying.DisposeAsync();

        await using var next = StartWorker(Note(done));
        await Eventually.BecomesAsync("all is done", () => done.Count == 2, Token);
        done.ShouldBe(["orphan", "behind it"]);
    }

    /// <summary>Puts work in line, durably.</summary>
    private protected abstract Task EnqueueAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken);

    /// <summary>Starts what a process of the engine runs, until it is disposed of: that is its graceful stop.</summary>
    private protected abstract IAsyncDisposable StartWorker(Func<JobAttempt, CancellationToken, Task<JobEnd>> handle);

    /// <summary>The same, but to dispose of it is its sudden death: it writes nothing more.</summary>
    private protected abstract IAsyncDisposable StartWorkerThatDies(Func<JobAttempt, CancellationToken, Task<JobEnd>> handle);

    /// <summary>How much is in line, being done or waiting for its time.</summary>
    protected abstract Task<long> OpenAsync(CancellationToken cancellationToken);

    private protected abstract Task<IReadOnlyList<DeadJob>> DeadAsync(CancellationToken cancellationToken);

    /// <returns>How many there are; where that is not what was expected, nothing was done.</returns>
    protected abstract Task<long> ReplayAllAsync(long expected, CancellationToken cancellationToken);

    private protected static Func<JobAttempt, CancellationToken, Task<JobEnd>> Note(ConcurrentQueue<string> done) =>
        (attempt, _) =>
        {
            done.Enqueue(attempt.Key);
            return Task.FromResult<JobEnd>(new JobEnd.Done());
        };

    protected Task NothingIsLeftAsync() =>
        Eventually.BecomesAsync("nothing is left", async stop => await OpenAsync(stop) == 0, Token);

    private static void InterlockedMax(ref int most, int candidate)
    {
        var seen = Volatile.Read(ref most);
        while (candidate > seen)
        {
            seen = Interlocked.CompareExchange(ref most, candidate, seen) is var before && before == seen ? candidate : before;
        }
    }
}

internal sealed record Job(string Key, string Lane, DateTimeOffset? NotBefore = null)
{
    public string Data => $$"""{"job": "{{Key}}"}""";
}

internal sealed record JobAttempt(string Key, string Lane, int Number);

internal sealed record DeadJob(string Key, string Lane, int Attempts, string Reason, string Data);

/// <summary>What became of an attempt, in no engine's words.</summary>
internal abstract record JobEnd
{
    public sealed record Done : JobEnd;

    public sealed record Fails(string Reason) : JobEnd;

    public sealed record Hopeless(string Reason) : JobEnd;
}
