using LofteEvents.Notices;
using LofteEvents.Postgres.Projections;
using LofteEvents.Postgres.Queue;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.Notices;

/// <summary>
/// Follows the log in at most one process at a time, asks the policy what each event makes to be done, and puts that in line
/// in the transaction that moves its position.
/// </summary>
/// <remarks>
/// That commit is not waited for by the disk: forgotten, the same events make the same work again under the same keys.
/// An event that cannot be read stops it, as it stops a projection: nothing is passed over.
/// </remarks>
/// <param name="enqueued">Called after a commit that put work in line.</param>
internal sealed partial class NoticeFollower(
    IEventStore store, NpgsqlDataSource dataSource, Action enqueued, TimeProvider clock, ILogger logger)
{
    /// <summary>The name that its position and its stop have.</summary>
    public const string Name = "NoticePolicy";

    private const int PageEvents = 500;
    private const string Advance = "SELECT lofte.projection_advance($1, $2, $3)";
    private const string GoesOn = "DELETE FROM lofte.projection_stop WHERE name = $1";
    private static readonly TimeSpan s_untilNextLook = TimeSpan.FromSeconds(1);

    /// <summary>Runs until cancelled. A lost database or lock is waited for and taken again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        ProjectionStop? stopped = null;
        while (!cancellationToken.IsCancellationRequested && stopped is null)
        {
            try
            {
                stopped = await RunWithLockAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (CatchUp.IsOfTheDatabase(failure))
            {
                LogInterrupted(logger, failure.Message);
            }

            await Task.Delay(s_untilNextLook, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>The event it stopped at; null when another process has the lock.</returns>
    private async Task<ProjectionStop?> RunWithLockAsync(CancellationToken cancellationToken)
    {
        await using var held = await ProjectionLock.TryTakeAsync(dataSource, Name, ProjectionLock.Live, cancellationToken);
        if (held is null)
        {
            return null;
        }

        LogTaken(logger);
        await using (var settings = new NpgsqlCommand("SET synchronous_commit = off", held.Connection))
        {
            await settings.ExecuteNonQueryAsync(cancellationToken);
        }

        var row = ProjectionNames.RowOf(Name);
        var position = await ProjectionProgress.BeginAsync(held.Connection, row, cancellationToken);
        var states = new NoticeStates(store);
        while (true)
        {
            var page = await ReadPageAsync(position, cancellationToken);
            if (page.Count == 0)
            {
                await store.WaitForNewAsync(position, cancellationToken);
                continue;
            }

            var (work, reached, stop) = await ReactAsync(states, page, position, cancellationToken);
            if (reached > position)
            {
                await WriteAsync(held.Connection, row, position, reached, work, cancellationToken);
                position = reached;
                LogReacted(logger, page.Count, work.Count, position);
            }

            if (stop is not null)
            {
                await ProjectionProgress.StopAsync(held.Connection, stop, cancellationToken);
                LogStopped(logger, stop.Position, stop.EventId, stop.Type, stop.Reason);
                return stop;
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

    private async Task<(List<WorkItem> Work, long Reached, ProjectionStop? Stop)> ReactAsync(
        NoticeStates states, List<StoredEvent> page, long position, CancellationToken cancellationToken)
    {
        var work = new List<WorkItem>();
        var concerned = page.Where(stored => !EventRows.IsTombstone(stored) && NoticePolicy.Concerns(stored.Stream)).ToList();
        var reached = position;
        try
        {
            await states.LoadAsync(concerned, cancellationToken);
            foreach (var stored in concerned)
            {
                var happened = EventCatalogue.ToRecorded(stored);
                var before = states.Before(happened);

                // What was imported is the past: whoever had to be told of it was told then, or was not.
                if (EventHeaders.FromJson(stored.Headers.Span).Imported != true)
                {
                    work.AddRange(NoticePolicy.React(before, happened).Select(each => Item(each, stored.Position)));
                }

                states.After(before, happened);
                reached = stored.Position;
            }

            return (work, page[^1].Position, null);
        }
        catch (Exception reason) when (reason is not OperationCanceledException && !CatchUp.IsOfTheDatabase(reason))
        {
            // Whatever it is, it is why this event cannot be followed: it is shown to the operators, and nothing is skipped.
            var failed = concerned.First(stored => stored.Position > reached);
            return (work, reached, ProjectionStop.Of(Name, failed, reason, clock.GetUtcNow()));
        }
    }

    private static WorkItem Item(NoticeWork work, long position) =>
        new(work.Key, NoticeWorkHandler.Kind, work.Lane, work.ToJson(), position, work.NotBefore);

    private async Task WriteAsync(
        NpgsqlConnection connection, string row, long from, long to, List<WorkItem> work, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Advance)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = row },
                new NpgsqlParameter<long> { TypedValue = from },
                new NpgsqlParameter<long> { TypedValue = to },
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(GoesOn)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = Name } },
        });
        if (work.Count > 0)
        {
            batch.BatchCommands.Add(QueuedWork.Command(work));
        }

        await batch.PrepareAsync(cancellationToken);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        if (work.Count > 0)
        {
            enqueued();
        }
    }

    [LoggerMessage(LogLevel.Information, "The policy of notices runs in this process.")]
    private static partial void LogTaken(ILogger logger);

    [LoggerMessage(LogLevel.Debug, "{Events} events made {Work} pieces of work, up to position {Position}.")]
    private static partial void LogReacted(ILogger logger, int events, int work, long position);

    [LoggerMessage(LogLevel.Warning, "The policy of notices was interrupted and tries again: {Reason}")]
    private static partial void LogInterrupted(ILogger logger, string reason);

    [LoggerMessage(
        LogLevel.Error,
        "The policy of notices stopped at position {Position}, event {EventId} of type {Type}: {Reason} "
        + "It goes on when a program that can read the event is started.")]
    private static partial void LogStopped(ILogger logger, long position, Guid eventId, string type, string reason);
}
