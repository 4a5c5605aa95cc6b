using System.Collections.Concurrent;

namespace LofteEvents.Tests.Contracts;

/// <summary>What becomes of work that does not succeed.</summary>
public abstract partial class WorkerContract
{
    [Fact]
    public async Task Work_that_keeps_failing_is_given_up_with_its_reason_its_attempts_and_as_it_was()
    {
        var attempts = new ConcurrentQueue<int>();
        await EnqueueAsync([new Job("poison", "a")], Token);
        await using var worker = StartWorker((attempt, _) =>
        {
            attempts.Enqueue(attempt.Number);
            return attempt.Number < AttemptsAllowed
                ? throw new InvalidOperationException("it is poison")
                : Task.FromResult<JobEnd>(new JobEnd.Fails("it is still poison"));
        });

        await Eventually.BecomesAsync("it is given up", async stop => (await DeadAsync(stop)).Count == 1, Token);
        var dead = (await DeadAsync(Token)).ShouldHaveSingleItem();
        dead.ShouldBe(new DeadJob("poison", "a", AttemptsAllowed, "it is still poison", """{"job": "poison"}"""));
        attempts.ShouldBe(Enumerable.Range(1, AttemptsAllowed));
    }

    [Fact]
    public async Task What_is_hopeless_is_given_up_at_once_and_lets_what_is_behind_it_pass()
    {
        var done = new ConcurrentQueue<string>();
        await EnqueueAsync([new Job("hopeless", "a"), new Job("behind it", "a")], Token);
        await using var worker = StartWorker((attempt, _) =>
        {
            done.Enqueue(attempt.Key);
            return Task.FromResult<JobEnd>(attempt.Key == "hopeless" ? new JobEnd.Hopeless("gone") : new JobEnd.Done());
        });

        await Eventually.BecomesAsync("the other is done", () => done.Contains("behind it"), Token);
        done.ShouldBe(["hopeless", "behind it"]);
        (await DeadAsync(Token)).ShouldHaveSingleItem().Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_given_up_is_done_when_it_is_put_in_line_again_and_only_in_the_number_that_was_said()
    {
        var heals = false;
        var done = new ConcurrentQueue<string>();
        await EnqueueAsync([.. Enumerable.Range(0, 5).Select(n => new Job($"job-{n}", $"lane-{n}"))], Token);
        await using var worker = StartWorker((attempt, _) =>
        {
            if (!Volatile.Read(ref heals))
            {
                return Task.FromResult<JobEnd>(new JobEnd.Hopeless("closed"));
            }

            done.Enqueue(attempt.Key);
            return Task.FromResult<JobEnd>(attempt.Number == 1 ? new JobEnd.Done() : new JobEnd.Hopeless("counts on"));
        });
        await Eventually.BecomesAsync("all are given up", async stop => (await DeadAsync(stop)).Count == 5, Token);

        (await ReplayAllAsync(expected: 4, Token)).ShouldBe(5);
        (await DeadAsync(Token)).Count.ShouldBe(5);
        Volatile.Write(ref heals, true);
        (await ReplayAllAsync(expected: 5, Token)).ShouldBe(5);

        await Eventually.BecomesAsync("all are done", () => done.Count == 5, Token);
        await NothingIsLeftAsync();
        (await DeadAsync(Token)).ShouldBeEmpty();
    }
}
