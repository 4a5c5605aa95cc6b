using System.Text;
using LofteEvents.Postgres.Queue;
using LofteEvents.Tests.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace LofteEvents.Tests.Postgres;

/// <summary>The default engine keeps the contract of every engine's workers.</summary>
public sealed class The_PostgreSQL_workers : WorkerContract, IAsyncLifetime
{
    private static readonly WorkerOptions Quick = new()
    {
        Attempts = AttemptsAllowed,
        Concurrency = Concurrency,
        Lease = TimeSpan.FromSeconds(2),
        FirstWait = TimeSpan.FromMilliseconds(20),
        LongestWait = TimeSpan.FromMilliseconds(100),
        Poll = TimeSpan.FromMilliseconds(50),
        Stop = TimeSpan.FromSeconds(1),
    };

    private TestDatabase? _database;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The runner did not initialise the class.");

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync(Token);

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    [Fact]
    public async Task Work_whose_worker_ends_without_a_word_each_time_is_given_up()
    {
        await EnqueueAsync([new Job("deadly", "a")], Token);
        for (var n = 0; n < AttemptsAllowed; n++)
        {
            var begun = new TaskCompletionSource();
            await using var dying = StartWorkerThatDies(async (_, stop) =>
            {
                begun.TrySetResult();
                await new TaskCompletionSource().Task.WaitAsync(stop);
                return new JobEnd.Done();
            });
            await begun.Task.WaitAsync(Token);
        }

        await using var worker = StartWorker((_, _) => throw new InvalidOperationException("It is not tried again."));
        await Eventually.BecomesAsync("it is given up", async stop => (await DeadAsync(stop)).Count == 1, Token);
        (await DeadAsync(Token)).Single().Reason.ShouldContain("ended without a word");
    }

    [Fact]
    public async Task An_attempt_that_takes_longer_than_its_lease_allows_is_stopped_and_tried_again()
    {
        var done = false;
        await EnqueueAsync([new Job("slow", "a")], Token);
        await using var worker = StartWorker(async (attempt, stop) =>
        {
            if (attempt.Number == 1)
            {
                await new TaskCompletionSource().Task.WaitAsync(stop);
            }

            Volatile.Write(ref done, true);
            return new JobEnd.Done();
        });

        await Eventually.BecomesAsync("the second attempt succeeds", () => Volatile.Read(ref done), Token);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_killed_connection_loses_nothing()
    {
        var done = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var first = StartWorker(Note(done));
        await using var second = StartWorker(Note(done));
        for (var part = 0; part < 10; part++)
        {
            var jobs = Enumerable.Range(0, 30).Select(n => new Job($"job-{part}-{n}", $"lane-{n % 7}"));
            await EnqueueAsync([.. jobs], Token);
            await using var kill = Database.Owner.CreateCommand(
                """
                SELECT count(pg_terminate_backend(pid))
                FROM pg_stat_activity
                WHERE datname = current_database() AND query LIKE '%lofte.work_lease%' AND pid <> pg_backend_pid()
                """);
            await kill.ExecuteScalarAsync(Token);
        }

        await Eventually.BecomesAsync("nothing is left", async stop => await OpenAsync(stop) == 0, Token);
        done.Distinct().Count().ShouldBe(300);
    }

    [Fact]
    public void The_wait_doubles_up_to_its_bound_and_half_of_it_is_chance()
    {
        var options = new WorkerOptions { FirstWait = TimeSpan.FromSeconds(2), LongestWait = TimeSpan.FromHours(1) };

        options.WaitAfter(1, chance: 1).ShouldBe(TimeSpan.FromSeconds(2));
        options.WaitAfter(1, chance: 0).ShouldBe(TimeSpan.FromSeconds(1));
        options.WaitAfter(5, chance: 1).ShouldBe(TimeSpan.FromSeconds(32));
        options.WaitAfter(40, chance: 1).ShouldBe(TimeSpan.FromHours(1));
    }

    private protected override Task EnqueueAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken) =>
        QueuedWork.EnqueueAsync(
            Database.App,
            [.. jobs.Select(job => new WorkItem(job.Key, "job", job.Lane, Encoding.UTF8.GetBytes(job.Data), 0, job.NotBefore))],
            cancellationToken);

    private protected override IAsyncDisposable StartWorker(Func<JobAttempt, CancellationToken, Task<JobEnd>> handle) =>
        new ProjectionProcess(stop => Worker(Database.App, handle).RunAsync(stop));

    private protected override IAsyncDisposable StartWorkerThatDies(Func<JobAttempt, CancellationToken, Task<JobEnd>> handle) =>
        new DyingWorker(Database.ConnectionString, handle);

    protected override async Task<long> OpenAsync(CancellationToken cancellationToken)
    {
        await using var command = Database.App.CreateCommand(
            "SELECT count(*) FROM lofte.work WHERE state IN ('scheduled', 'pending', 'leased')");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private protected override async Task<IReadOnlyList<DeadJob>> DeadAsync(CancellationToken cancellationToken)
    {
        var (items, _) = await new DeadLetters(Database.App).FindAsync(new DeadLetterFilter(), 100, 0, cancellationToken);
        return
        [
            .. items.Select(dead =>
                new DeadJob(dead.Key, dead.Lane, dead.Attempts, dead.Reason, Encoding.UTF8.GetString(dead.Data.Span))),
        ];
    }

    protected override Task<long> ReplayAllAsync(long expected, CancellationToken cancellationToken) =>
        new DeadLetters(Database.App).ReplayAsync(null, new DeadLetterFilter(), expected, cancellationToken);

    private static Worker Worker(NpgsqlDataSource dataSource, Func<JobAttempt, CancellationToken, Task<JobEnd>> handle) => new(
        dataSource,
        async (work, stop) => await handle(new JobAttempt(work.Key, work.Lane, work.Attempt), stop) switch
        {
            JobEnd.Fails fails => new WorkOutcome.Failed(fails.Reason),
            JobEnd.Hopeless hopeless => new WorkOutcome.Hopeless(hopeless.Reason),
            _ => WorkOutcome.Finished,
        },
        Quick,
        TimeProvider.System,
        NullLogger.Instance);

    /// <summary>A worker whose way to the database is cut before it is told to stop.</summary>
    private sealed class DyingWorker : IAsyncDisposable
    {
        private readonly CuttableLine _line;
        private readonly NpgsqlDataSource _dataSource;
        private readonly ProjectionProcess _worker;

        public DyingWorker(string connectionString, Func<JobAttempt, CancellationToken, Task<JobEnd>> handle)
        {
            _line = CuttableLine.To(connectionString);
            _dataSource = NpgsqlDataSource.Create(_line.ConnectionString);
            _worker = new ProjectionProcess(stop => Worker(_dataSource, handle).RunAsync(stop));
        }

        public async ValueTask DisposeAsync()
        {
            _line.Cut();
            await _worker.DisposeAsync();
            await _dataSource.DisposeAsync();
            await _line.DisposeAsync();
        }
    }
}
