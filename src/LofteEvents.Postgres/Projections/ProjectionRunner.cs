using System.Text.Json;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>
/// Keeps one projection up with the log, in at most one process at a time, and builds it anew beside when that is asked for.
/// </summary>
/// <remarks>
/// It stops before an event that it cannot apply, says which and why in <c>projection_stop</c>, and gives the lock back, so
/// that a process with newer code may go on; this process tries again when it is started anew, or when a rebuild is asked for.
/// It never skips an event.
/// </remarks>
/// <param name="make">Makes the projection, with nothing in memory yet.</param>
internal sealed partial class ProjectionRunner(
    string name,
    Func<Projection> make,
    IEventStore store,
    NpgsqlDataSource dataSource,
    ProjectionPositions positions,
    TimeProvider clock,
    ILogger logger)
{
    private const int PageEvents = 500;
    private static readonly TimeSpan s_untilNextLook = TimeSpan.FromSeconds(1);

    /// <summary>Runs until cancelled. A lost database or lock is waited for and taken again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        ProjectionStop? stopped = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (stopped is null || await ProjectionRebuild.IsRequestedAsync(dataSource, name, cancellationToken))
                {
                    stopped = await RunWithLockAsync(cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (CatchUp.IsOfTheDatabase(failure))
            {
                LogInterrupted(logger, name, failure.Message);
            }

            await Task.Delay(s_untilNextLook, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>The event it stopped at; null when another process has the lock.</returns>
    private async Task<ProjectionStop?> RunWithLockAsync(CancellationToken cancellationToken)
    {
        await using var held = await ProjectionLock.TryTakeAsync(dataSource, name, ProjectionLock.Live, cancellationToken);
        if (held is null)
        {
            return null;
        }

        LogTaken(logger, name);
        var stop = await FollowAsync(held.Connection, cancellationToken);
        LogStopped(logger, stop.Name, stop.Position, stop.EventId, stop.Type, stop.Reason);
        return stop;
    }

    /// <summary>Applies what is in the log and then what comes, until an event stops it.</summary>
    private async Task<ProjectionStop> FollowAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var live = new CatchUp(make(), store, connection, PageEvents, position => positions.Moved(name, position), clock, logger);
        var stop = await BeginAsync(live, connection, cancellationToken);
        positions.Moved(name, live.Position, mayFall: true);
        await using var rebuild = new ProjectionRebuild(name, make, store, dataSource, clock, logger);
        while (true)
        {
            stop ??= await live.RunAsync(cancellationToken);
            if (await rebuild.LookAsync(live.Position, mustWait: stop is not null, cancellationToken))
            {
                // The live tables are other ones now, and what is in memory belongs to the old ones.
                stop = await BeginAsync(live, connection, cancellationToken);
                positions.Moved(name, live.Position);
            }
            else if (stop is not null)
            {
                return stop;
            }
            else
            {
                await WaitForNewAsync(live.Position, cancellationToken);
            }
        }
    }

    /// <summary>Reads the documents. Those that an older program wrote may not be readable any more: then only a rebuild
    /// helps.</summary>
    private async Task<ProjectionStop?> BeginAsync(CatchUp live, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await live.BeginAsync(cancellationToken);
            return null;
        }
        catch (JsonException unreadable)
        {
            var reason = $"The documents are of another version; ask for a rebuild. {unreadable.Message}";
            var stop = new ProjectionStop(name, live.Position, Guid.Empty, "", reason, clock.GetUtcNow());
            await ProjectionProgress.StopAsync(connection, stop, cancellationToken);
            return stop;
        }
    }

    /// <summary>Waits for an event, and not longer than until the next look for a rebuild.</summary>
    private async Task WaitForNewAsync(long position, CancellationToken cancellationToken)
    {
        using var look = new CancellationTokenSource(s_untilNextLook, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(look.Token, cancellationToken);
        try
        {
            await store.WaitForNewAsync(position, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing new came; the next look follows.
        }
    }

    [LoggerMessage(LogLevel.Information, "Projection {Projection} runs in this process.")]
    private static partial void LogTaken(ILogger logger, string projection);

    [LoggerMessage(LogLevel.Warning, "Projection {Projection} was interrupted and tries again: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string projection, string reason);

    [LoggerMessage(
        LogLevel.Error,
        "Projection {Projection} stopped at position {Position}, event {EventId} of type {Type}: {Reason} "
        + "It goes on when a program that can apply the event is started, or when a rebuild is asked for.")]
    private static partial void LogStopped(
        ILogger logger, string projection, long position, Guid eventId, string type, string reason);
}
