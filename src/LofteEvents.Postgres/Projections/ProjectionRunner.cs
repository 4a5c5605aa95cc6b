using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>
/// Keeps one projection up with the log, in at most one process at a time. Every page of events is one transaction: what was folded, the
/// position, and the guard that the position is still the one the page began at.
/// </summary>
/// <remarks>
/// It stops before an event that it cannot apply, says which and why in <c>projection_stop</c>, and gives the lock back, so that a process with
/// newer code may go on; this process tries again when it is started anew or after a rebuild. It never skips an event.
/// </remarks>
internal sealed partial class ProjectionRunner(
    Projection projection,
    IEventStore store,
    NpgsqlDataSource dataSource,
    ProjectionPositions positions,
    TimeProvider clock,
    ILogger logger)
{
    private const int PageEvents = 500;
    private static readonly TimeSpan s_untilNextTry = TimeSpan.FromSeconds(1);

    /// <summary>Runs until cancelled. A lost database or lock is waited for and taken again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var held = await ProjectionLock.TryTakeAsync(
                    dataSource, projection.Name, ProjectionLock.Live, cancellationToken);
                if (held is not null)
                {
                    LogTaken(logger, projection.Name);
                    if (await FollowAsync(held.Connection, cancellationToken) is { } stop)
                    {
                        LogStopped(logger, stop.Name, stop.Position, stop.EventId, stop.Type, stop.Reason);
                        return;
                    }
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (IsOfTheDatabase(failure))
            {
                LogInterrupted(logger, projection.Name, failure.Message);
            }

            await Task.Delay(s_untilNextTry, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Applies what is in the log and then what comes, until cancelled or stopped by an event.</summary>
    private async Task<ProjectionStop?> FollowAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var position = await ProjectionProgress.BeginAsync(connection, projection.PositionRow, cancellationToken);
        await projection.LoadAsync(connection, cancellationToken);
        positions.Moved(projection.Name, position, mayFall: true);
        while (true)
        {
            var (reached, stop) = await CatchUpAsync(connection, position, cancellationToken);
            if (stop is not null)
            {
                return stop;
            }

            position = reached;
            await store.WaitForNewAsync(position, cancellationToken);
        }
    }

    /// <summary>Applies pages until the log has no more.</summary>
    private async Task<(long Position, ProjectionStop? Stop)> CatchUpAsync(
        NpgsqlConnection connection, long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await ReadPageAsync(position, cancellationToken);
            if (page.Count == 0)
            {
                return (position, null);
            }

            for (var done = 0; done < page.Count;)
            {
                var rest = page.GetRange(done, page.Count - done);
                var ready = await projection.PrepareAsync(connection, rest, cancellationToken);
                Debug.Assert(ready > 0 && ready <= rest.Count, "A projection folds at least one event at a time.");
                var (applied, stop) = Fold(rest, ready);
                if (applied > 0)
                {
                    var reached = rest[applied - 1].Position;
                    await ProjectionProgress.WriteAsync(connection, projection, position, reached, cancellationToken);
                    projection.Committed();
                    positions.Moved(projection.Name, reached);
                    LogApplied(logger, projection.Name, applied, reached);
                    position = reached;
                }

                if (stop is not null)
                {
                    await ProjectionProgress.StopAsync(connection, stop, cancellationToken);
                    return (position, stop);
                }

                done += applied;
            }
        }
    }

    private async Task<List<StoredEvent>> ReadPageAsync(long position, CancellationToken cancellationToken)
    {
        var page = new List<StoredEvent>();
        await foreach (var stored in store.ReadAllAsync(position, PageEvents, cancellationToken))
        {
            page.Add(stored);
        }

        return page;
    }

    private (int Applied, ProjectionStop? Stop) Fold(List<StoredEvent> events, int ready)
    {
        for (var i = 0; i < ready; i++)
        {
            try
            {
                projection.Apply(events[i]);
            }
            catch (Exception reason) when (reason is not OutOfMemoryException)
            {
                // Whatever it is, it is why this event cannot be applied: it is shown to the operators, and nothing is skipped.
                return (i, ProjectionStop.Of(projection.Name, events[i], reason, clock.GetUtcNow()));
            }
        }

        return (ready, null);
    }

    private static bool IsOfTheDatabase(Exception failure) =>
        failure is NpgsqlException or EventStoreUnavailableException or TimeoutException or IOException
            or System.Net.Sockets.SocketException or InvalidOperationException { InnerException: NpgsqlException };

    [LoggerMessage(LogLevel.Information, "Projection {Projection} runs in this process.")]
    private static partial void LogTaken(ILogger logger, string projection);

    [LoggerMessage(LogLevel.Debug, "Projection {Projection} applied {Events} events up to position {Position}.")]
    private static partial void LogApplied(ILogger logger, string projection, int events, long position);

    [LoggerMessage(LogLevel.Warning, "Projection {Projection} was interrupted and tries again: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string projection, string reason);

    [LoggerMessage(LogLevel.Error,
        "Projection {Projection} stopped at position {Position}, event {EventId} of type {Type}: {Reason}. Put right what it says and start anew.")]
    private static partial void LogStopped(ILogger logger, string projection, long position, Guid eventId, string type, string reason);
}
