using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.EventStore;

/// <summary>One group on its way: its connection, and what is done when the group or the connection fails.</summary>
internal sealed partial class AppendLane(NpgsqlDataSource dataSource, LogSignal signal, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    // In times of the work. A second commit costs that much, and gains about the work's time, in which callers are answered and
    // the next group is made up.
    private const double SlowCommit = 2;

    private readonly ILogger logger = logger;
    private readonly AppendGroup single = new();
    private AppendCommand? command;
    private AppendCommand? singleCommand;

    /// <summary>
    /// Whether the last group's commit took long beside the work for it: then the disk is what takes the time, and one large
    /// commit is sooner done than two small ones. Not known (null) before a group was large enough to tell.
    /// </summary>
    public bool? CommitsSlowly { get; private set; }

    /// <summary>Filled before <see cref="CommitAsync"/>, empty after it.</summary>
    public AppendGroup Group { get; } = new();

    /// <summary>Commits the group and answers all its callers, whatever happens.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            command ??= await AppendCommand.OpenAsync(dataSource, Group, cancellationToken);
            Answer(Group, await ExecuteAsync(command, Group, cancellationToken));
        }
        catch (Exception exception) when (DatabaseFault.IsOfTheRequest(exception) && Group.Requests.Count > 1)
        {
            LogGroupFailed(Group.Requests.Count, ((PostgresException)exception).SqlState);
            foreach (var pending in Group.Requests)
            {
                await CommitAloneAsync(pending, cancellationToken);
            }
        }
        // The writer outlives every failure: whatever it was, the group's callers are told and the next group is tried.
        catch (Exception exception)
        {
            await FailAsync(Group, exception);
        }

        Group.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        var (open, openSingle) = (command, singleCommand);
        (command, singleCommand) = (null, null);
        if (open is not null)
        {
            await open.DisposeAsync();
        }

        if (openSingle is not null)
        {
            await openSingle.DisposeAsync();
        }
    }

    private async Task CommitAloneAsync(PendingAppend pending, CancellationToken cancellationToken)
    {
        single.Clear();
        single.Add(pending);
        try
        {
            singleCommand ??= await AppendCommand.OpenAsync(dataSource, single, cancellationToken);
            Answer(single, await ExecuteAsync(singleCommand, single, cancellationToken));
        }
        // As above.
        catch (Exception exception)
        {
            await FailAsync(single, exception);
        }
    }

    private async Task<AppendOutcome> ExecuteAsync(AppendCommand on, AppendGroup group, CancellationToken cancellationToken)
    {
        using var activity = AppendTrace.Start(group);
        var started = time.GetTimestamp();
        var outcome = await on.ExecuteAsync(cancellationToken);
        AppendTrace.Committed(activity, group);
        var took = time.GetElapsedTime(started);
        EventStoreTelemetry.AppendDuration.Record(took.TotalSeconds);
        EventStoreTelemetry.GroupSize.Record(group.EventIds.Count);
        if (group.Requests.Count >= AppendWriter.LeastOfSecondGroup && outcome is { Worked: { } worked, Elapsed: { } elapsed })
        {
            CommitsSlowly = took - elapsed > SlowCommit * worked;
        }

        LogCommitted(group.Requests.Count, group.EventIds.Count, took.TotalMilliseconds);
        return outcome;
    }

    private void Answer(AppendGroup group, AppendOutcome outcome)
    {
        var results = outcome.ResultsOf(group);
        signal.Advance(outcome.Newest);
        for (var i = 0; i < results.Length; i++)
        {
            group.Requests[i].TrySetResult(results[i]);
        }
    }

    private async Task FailAsync(AppendGroup group, Exception exception)
    {
        var answer = exception;
        if (DatabaseFault.IsOfTheRequest(exception))
        {
            var reason = ((PostgresException)exception).MessageText;
            answer = new ArgumentException($"The database does not take this request: {reason}.", exception);
        }
        else
        {
            if (DatabaseFault.IsUnavailability(exception))
            {
                LogUnavailable(exception, group.Requests.Count);
                answer = DatabaseFault.Unavailable(exception);
            }
            else
            {
                LogFailed(exception, group.Requests.Count);
            }

            await DisposeAsync();
        }

        foreach (var pending in group.Requests)
        {
            pending.TrySetException(answer);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Committed {Requests} requests with {Events} events in {Milliseconds} ms")]
    private partial void LogCommitted(int requests, int events, double milliseconds);

    // Not the exception itself: its context quotes the payload.
    [LoggerMessage(LogLevel.Warning, "A group of {Requests} requests failed by one of them ({SqlState}) and is tried one by one")]
    private partial void LogGroupFailed(int requests, string sqlState);

    [LoggerMessage(LogLevel.Warning, "The database is unavailable; {Requests} requests are told to come again")]
    private partial void LogUnavailable(Exception exception, int requests);

    [LoggerMessage(LogLevel.Error, "{Requests} requests could not be appended")]
    private partial void LogFailed(Exception exception, int requests);
}
