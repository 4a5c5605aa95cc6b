using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.Queue;

/// <summary>
/// Works the queue off, so much at once: takes work with a short lease, lets it be done with no transaction open, and writes
/// what became of it. What ends while one exchange with the database runs goes together into the next, so there is no timer
/// between.
/// </summary>
/// <param name="handle">Does a piece of work. It may be called again for the same work, also when it succeeded and nobody lived
/// to write it down. What it throws counts as a failed attempt.</param>
internal sealed partial class Worker(
    NpgsqlDataSource dataSource,
    Func<LeasedWork, CancellationToken, Task<WorkOutcome>> handle,
    WorkerOptions options,
    TimeProvider clock,
    ILogger logger)
{
    private const int LongestReason = 2_000; // characters
    private static readonly TimeSpan s_untilNextTry = TimeSpan.FromMilliseconds(500);

    private readonly Guid _id = Guid.CreateVersion7();
    private readonly WorkSignal _bell = new();
    private readonly ConcurrentQueue<Settled> _ended = new();
    private readonly List<Settled> _unwritten = [];
    private WorkExchange? _exchange;
    private int _running;

    /// <summary>There is new work: no need to wait for the next look.</summary>
    public void Wake() => _bell.Ring();

    /// <summary>Runs until cancelled; then takes nothing more, gives what is begun time to end, and writes it down.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var attempts = new CancellationTokenSource();
        var listening = new WorkListener(dataSource, Wake, clock, logger).RunAsync(cancellationToken);
        LogStarted(logger, _id, options.Concurrency);
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var mayBeMore = await TryExchangeAsync(options.Concurrency - Volatile.Read(ref _running), attempts.Token);
                if (!mayBeMore && _ended.IsEmpty)
                {
                    await _bell.WaitAsync(options.Poll, clock, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop while it waited.
        }

        await StopAsync(attempts);
        await listening;
    }

    /// <returns>Whether it is worth looking again at once.</returns>
    private async Task<bool> TryExchangeAsync(int wanted, CancellationToken attempts)
    {
        while (_ended.TryDequeue(out var ended))
        {
            _unwritten.Add(ended);
        }

        if (wanted <= 0 && _unwritten.Count == 0)
        {
            return false;
        }

        try
        {
            _exchange ??= await WorkExchange.OpenAsync(dataSource, _id, options, CancellationToken.None);
            var exchanged = await _exchange.ExchangeAsync(_unwritten, wanted, CancellationToken.None);
            if (exchanged.Late > 0)
            {
                LogLate(logger, exchanged.Late);
            }

            _unwritten.Clear();
            foreach (var work in exchanged.Leased)
            {
                Interlocked.Increment(ref _running);
                _ = Task.Run(() => AttemptAsync(work, attempts), CancellationToken.None);
            }

            return wanted > 0 && exchanged.Leased.Count == wanted;
        }
        catch (Exception failure) when (IsOfTheDatabase(failure))
        {
            LogInterrupted(logger, failure.Message);
            await CloseAsync();
            await Task.Delay(s_untilNextTry, clock, CancellationToken.None);
            return false;
        }
    }

    private async Task AttemptAsync(LeasedWork work, CancellationToken stopping)
    {
        var started = clock.GetTimestamp();
        WorkTelemetry.Started(work, clock.GetUtcNow());
        using var deadline = new CancellationTokenSource(options.AttemptTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, deadline.Token);
        WorkOutcome outcome;
        try
        {
            outcome = work.Attempt > options.Attempts
                ? new WorkOutcome.Hopeless($"Its worker ended without a word in each of {options.Attempts} attempts.")
                : await handle(work, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            outcome = stopping.IsCancellationRequested
                ? new WorkOutcome.GivenBack("The worker was told to stop.")
                : new WorkOutcome.Failed($"The attempt was stopped after {options.AttemptTime.TotalSeconds:0.#} s.");
        }
        catch (Exception failure) when (IsOfTheDatabase(failure))
        {
            outcome = new WorkOutcome.GivenBack($"The database is away: {failure.Message}");
        }
        // Whatever a piece of work throws is its own failure, shown to the operators with it; the worker goes on.
        catch (Exception failure)
        {
            outcome = new WorkOutcome.Failed($"{failure.GetType().Name}: {failure.Message}");
        }

        var settled = Settle(work, outcome);
        WorkTelemetry.Ended(work, settled, clock.GetElapsedTime(started));
        LogEnded(work, settled);
        _ended.Enqueue(settled);
        Interlocked.Decrement(ref _running);
        _bell.Ring();
    }

    private Settled Settle(LeasedWork work, WorkOutcome outcome)
    {
        Settled Ended(string state, TimeSpan delay, string? reason) =>
            new(work.Id, work.Attempt, state, delay, Shortened(reason));

        return outcome switch
        {
            WorkOutcome.Hopeless hopeless => Ended("dead", TimeSpan.Zero, hopeless.Reason),
            WorkOutcome.Failed failed when work.IsLastAttempt => Ended("dead", TimeSpan.Zero, failed.Reason),
            WorkOutcome.Failed failed => Ended("pending", WaitAfter(work, failed), failed.Reason),
            WorkOutcome.GivenBack back => Ended("given-back", s_untilNextTry, back.Reason),
            _ => Ended("done", TimeSpan.Zero, null),
        };
    }

    /// <summary>What the other side asks for counts, where it is longer than usual, and up to the longest wait.</summary>
    private TimeSpan WaitAfter(LeasedWork work, WorkOutcome.Failed failed)
    {
        var usual = options.WaitAfter(work.Attempt, Random.Shared.NextDouble());
        return failed.RetryAfter is not { } asked || asked <= usual ? usual
            : asked < options.LongestWait ? asked
            : options.LongestWait;
    }

    private async Task StopAsync(CancellationTokenSource attempts)
    {
        attempts.CancelAfter(options.Stop);
        while (Volatile.Read(ref _running) > 0)
        {
            await _bell.WaitAsync(options.Poll, clock, CancellationToken.None);
        }

        if (!_ended.IsEmpty || _unwritten.Count > 0)
        {
            await TryExchangeAsync(wanted: 0, CancellationToken.None);
        }

        await CloseAsync();
        LogStopped(logger, _id);
    }

    private async Task CloseAsync()
    {
        if (_exchange is not null)
        {
            await _exchange.DisposeAsync();
            _exchange = null;
        }
    }

    private static bool IsOfTheDatabase(Exception failure) => failure is NpgsqlException or EventStoreUnavailableException;

    private static string? Shortened(string? reason) => reason?.Length > LongestReason ? reason[..LongestReason] : reason;

    private void LogEnded(LeasedWork work, Settled settled)
    {
        switch (settled.Outcome)
        {
            case "dead":
                LogDead(logger, work.Key, work.Attempt, settled.Reason);
                break;
            case "pending":
                LogFailed(logger, work.Key, work.Attempt, settled.Delay.TotalSeconds, settled.Reason);
                break;
            default:
                LogDone(logger, work.Key, work.Attempt, settled.Outcome);
                break;
        }
    }

    [LoggerMessage(LogLevel.Information, "Worker {Worker} works on {Concurrency} things at once.")]
    private static partial void LogStarted(ILogger logger, Guid worker, int concurrency);

    [LoggerMessage(LogLevel.Information, "Worker {Worker} has stopped.")]
    private static partial void LogStopped(ILogger logger, Guid worker);

    [LoggerMessage(LogLevel.Warning, "The queue cannot be reached and is tried again: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "{Count} attempts ended after their lease had run out; others have taken that work.")]
    private static partial void LogLate(ILogger logger, long count);

    [LoggerMessage(LogLevel.Debug, "Work {Key}, attempt {Attempt}: {Outcome}.")]
    private static partial void LogDone(ILogger logger, string key, int attempt, string outcome);

    [LoggerMessage(LogLevel.Warning, "Work {Key} failed at attempt {Attempt} and waits {Seconds:0.0} s: {Reason}")]
    private static partial void LogFailed(ILogger logger, string key, int attempt, double seconds, string? reason);

    [LoggerMessage(LogLevel.Error, "Work {Key} is given up after attempt {Attempt} and lies with the dead letters: {Reason}")]
    private static partial void LogDead(ILogger logger, string key, int attempt, string? reason);
}
