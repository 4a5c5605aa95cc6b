using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>
/// Applies the log to a projection over one connection, page by page; every page is one transaction with the position.
/// </summary>
/// <param name="pageEvents">How many events are read at a time.</param>
/// <param name="moved">Called after every commit with the position reached.</param>
internal sealed partial class CatchUp(
    Projection projection,
    IEventStore store,
    NpgsqlConnection connection,
    int pageEvents,
    Action<long> moved,
    TimeProvider clock,
    ILogger logger)
{
    /// <summary>Every event up to here is applied and durable.</summary>
    public long Position { get; private set; }

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        Position = await ProjectionProgress.BeginAsync(connection, projection.PositionRow, cancellationToken);
        await projection.LoadAsync(connection, cancellationToken);
    }

    /// <summary>Applies events until the log has no more.</summary>
    /// <returns>The event that it stopped at, which is recorded; null when it has caught up.</returns>
    public async Task<ProjectionStop?> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await ReadPageAsync(cancellationToken);
            if (page.Count == 0)
            {
                return null;
            }

            if (await ApplyAsync(page, cancellationToken) is { } stop)
            {
                return stop;
            }
        }
    }

    private async Task<List<StoredEvent>> ReadPageAsync(CancellationToken cancellationToken)
    {
        var page = new List<StoredEvent>();
        await foreach (var stored in store.ReadAllAsync(Position, pageEvents, cancellationToken))
        {
            page.Add(stored);
        }

        return page;
    }

    private async Task<ProjectionStop?> ApplyAsync(List<StoredEvent> page, CancellationToken cancellationToken)
    {
        for (var done = 0; done < page.Count;)
        {
            var rest = page.GetRange(done, page.Count - done);
            using var activity = ProjectionTelemetry.Start(projection.Name, rest);
            var started = clock.GetTimestamp();
            var (applied, stop) = await FoldAsync(rest, cancellationToken);
            if (applied > 0)
            {
                await CommitAsync(rest[applied - 1].Position, applied, cancellationToken);
                ProjectionTelemetry.Committed(projection.Name, applied, clock.GetElapsedTime(started));
            }

            if (stop is not null)
            {
                await ProjectionProgress.StopAsync(connection, stop, cancellationToken);
                return stop;
            }

            done += applied;
        }

        return null;
    }

    private async Task CommitAsync(long reached, int events, CancellationToken cancellationToken)
    {
        await ProjectionProgress.WriteAsync(connection, projection, Position, reached, cancellationToken);
        projection.Committed();
        Position = reached;
        moved(reached);
        LogApplied(logger, projection.Name, events, reached);
    }

    private async Task<(int Applied, ProjectionStop? Stop)> FoldAsync(
        List<StoredEvent> events, CancellationToken cancellationToken)
    {
        var applied = 0;
        try
        {
            var ready = await projection.PrepareAsync(connection, events, cancellationToken);
            Debug.Assert(ready > 0 && ready <= events.Count, "A projection folds at least one event at a time.");
            for (; applied < ready; applied++)
            {
                projection.Apply(events[applied]);
            }

            return (applied, null);
        }
        catch (Exception reason) when (reason is not OperationCanceledException && !IsOfTheDatabase(reason))
        {
            // Whatever it is, it is why this event cannot be applied: it is shown to the operators, and nothing is skipped.
            return (applied, ProjectionStop.Of(projection.Name, events[applied], reason, clock.GetUtcNow()));
        }
    }

    /// <summary>Failures that pass: the database is away, or another process has taken over.</summary>
    internal static bool IsOfTheDatabase(Exception failure) =>
        failure is NpgsqlException or EventStoreUnavailableException or TimeoutException or IOException
            or System.Net.Sockets.SocketException;

    [LoggerMessage(LogLevel.Debug, "Projection {Projection} applied {Events} events up to position {Position}.")]
    private static partial void LogApplied(ILogger logger, string projection, int events, long position);
}
