using LofteEvents.Postgres.EventStore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// Seals what is recorded, in at most one process at a time. Where the database shows less than it sealed, or something else,
/// it stops, says so, and signs nothing more; it never repairs.
/// </summary>
/// <remarks>See <c>README.md</c> beside this file for what it believes and in which order it does things.</remarks>
public sealed partial class Sealer(
    NpgsqlDataSource dataSource,
    IEventStore store,
    LogFolder folder,
    SealerOptions options,
    SealerStatus status,
    TimeProvider time,
    ILogger<Sealer> logger)
{
    private static readonly TimeSpan UntilNextTry = TimeSpan.FromSeconds(1);

    private ulong _walked;

    /// <summary>For tests: told of each step, and may throw there.</summary>
    internal Action<SealerStep> Passed { get; init; } = _ => { };

    /// <summary>
    /// Runs until cancelled or until it finds something wrong. A lost database or lock is waited for and taken again.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        status.Become(now => now with { Phase = SealerPhase.Standby });
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await RunWithLockAsync(cancellationToken) is { } alarm)
                {
                    await StopAsync(alarm, cancellationToken);
                    return;
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (IsPassing(failure))
            {
                LogInterrupted(logger, failure.Message);
            }

            await Task.Delay(UntilNextTry, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool IsPassing(Exception failure) =>
        failure is EventStoreUnavailableException || DatabaseFault.IsUnavailability(failure);

    /// <returns>Why it stopped; null when another process has the lock.</returns>
    private async Task<SealerAlarm?> RunWithLockAsync(CancellationToken cancellationToken)
    {
        await using var held = await SealerLock.TryTakeAsync(dataSource, cancellationToken);
        if (held is null)
        {
            status.Become(now => now with { Phase = SealerPhase.Standby });
            return null;
        }

        try
        {
            var begin = new SealerBegin(held.Connection, folder, options, time, Passed);
            var (state, keys, alarm) = await begin.RunAsync(cancellationToken);
            using (keys)
            {
                alarm ??= await AfterAlarmAsync(held.Connection, state!, cancellationToken);
                return alarm ?? await FollowAsync(held.Connection, state!, keys!, cancellationToken);
            }
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // With row_security off this is what a policy that hides rows looks like, and a right taken away is no better.
            return Alarm(SealerAlarms.RowsMissing, $"The database does not show the events: {refused.MessageText}.");
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.UndefinedTable
            or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction)
        {
            return Alarm(SealerAlarms.RowsMissing, $"The database has not what the sealer reads: {refused.MessageText}.");
        }
    }

    /// <summary>After an alarm nothing is signed before everything that was sealed has been read and found whole.</summary>
    private async Task<SealerAlarm?> AfterAlarmAsync(
        NpgsqlConnection connection, SealerState state, CancellationToken cancellationToken)
    {
        if (await SealerAlarm.ReadAsync(folder, cancellationToken) is not { } before)
        {
            return null;
        }

        var walk = new SealedWalk(connection, time);
        var size = (await LogTables.PublishedAsync(connection, cancellationToken)).Leaves;
        for (var begin = 0UL; begin < state.Size && size >= state.Size; begin += (ulong)options.WalkLeaves)
        {
            var end = Math.Min(begin + (ulong)options.WalkLeaves, state.Size);
            if (await walk.LookAsync(state, begin, end, cancellationToken) is { } alarm)
            {
                return alarm;
            }
        }

        File.Delete(folder.AlarmFile);
        LogWholeAgain(logger, before.Code, state.Size);
        return null;
    }

    private async Task<SealerAlarm> FollowAsync(
        NpgsqlConnection connection, SealerState state, SealerKeys keys, CancellationToken cancellationToken)
    {
        LogTaken(logger, state.Origin.ToString(), state.Size);
        var walk = new SealedWalk(connection, time);
        while (true)
        {
            var round = new SealingRound(connection, folder, keys, options, time, Passed);
            var outcome = await round.RunAsync(state, cancellationToken);
            state = outcome.State;
            if (outcome.Alarm is not null)
            {
                return outcome.Alarm;
            }

            if (outcome.Leaves > 0)
            {
                LogSealed(logger, outcome.Leaves, state.Size, state.Position);
            }

            status.Become(now => now with
            {
                Phase = SealerPhase.Sealing, Checkpoint = state.Checkpoint, Position = state.Position, WaitingSince = null,
            });
            if (outcome.Leaves < options.BatchLeaves)
            {
                if (await WalkOnAsync(walk, state, cancellationToken) is { } alarm)
                {
                    return alarm;
                }

                await WaitForNewAsync(state.Position, cancellationToken);
            }
        }
    }

    private async Task<SealerAlarm?> WalkOnAsync(SealedWalk walk, SealerState state, CancellationToken cancellationToken)
    {
        if (state.Size == 0 || options.WalkLeaves == 0)
        {
            return null;
        }

        var begin = _walked < state.Size ? _walked : 0;
        var end = Math.Min(begin + (ulong)options.WalkLeaves, state.Size);
        if (await walk.LookAsync(state, begin, end, cancellationToken) is { } alarm)
        {
            return alarm;
        }

        _walked = end;
        if (end == state.Size)
        {
            status.Become(now => now with { Walks = now.Walks + 1 });
        }

        return null;
    }

    /// <summary>
    /// Until enough is new, or something is and has waited long enough; and never longer, so that the walk goes on.
    /// </summary>
    private async Task WaitForNewAsync(long position, CancellationToken cancellationToken)
    {
        using var delay = new CancellationTokenSource(options.MaxDelay, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(delay.Token, cancellationToken);
        try
        {
            await store.WaitForNewAsync(position, either.Token);
            status.Become(now => now with { WaitingSince = time.GetUtcNow() });
            await store.WaitForNewAsync(position + options.MaxLeaves - 1, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The delay is over; what came in it is sealed now.
        }
    }

    private async Task StopAsync(SealerAlarm alarm, CancellationToken cancellationToken)
    {
        status.Become(now => now with { Phase = SealerPhase.Stopped, Alarm = alarm });
        LogStopped(logger, alarm.Code, alarm.Sentence);
        await alarm.WriteAsync(folder, cancellationToken);
    }

    private SealerAlarm Alarm(string code, string sentence) => new(code, sentence, null, time.GetUtcNow());

    [LoggerMessage(LogLevel.Information, "The log {Origin} is sealed by this process, from {Size} leaves on.")]
    private static partial void LogTaken(ILogger logger, string origin, ulong size);

    [LoggerMessage(LogLevel.Debug, "Sealed {Leaves} events: {Size} leaves, up to position {Position}")]
    private static partial void LogSealed(ILogger logger, int leaves, ulong size, long position);

    [LoggerMessage(LogLevel.Warning, "Sealing was interrupted and is tried again: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string reason);

    [LoggerMessage(
        LogLevel.Warning,
        "Sealing had stopped with {Code}. All {Size} sealed events have been read again and are whole; it goes on.")]
    private static partial void LogWholeAgain(ILogger logger, string code, ulong size);

    [LoggerMessage(
        LogLevel.Error,
        "Sealing stopped, {Code}: {Sentence} Nothing more is signed. Keep the database and the log's folder as they are, and run "
        + "'lofte verify --database'.")]
    private static partial void LogStopped(ILogger logger, string code, string sentence);
}
