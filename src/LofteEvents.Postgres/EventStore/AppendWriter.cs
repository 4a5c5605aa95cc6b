using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// The one writer of a process. What waits while a commit runs is the next group: there is no timer, so a lone caller waits
/// for nobody and many callers share a commit. Every caller is answered after the commit that holds its events.
/// </summary>
internal sealed partial class AppendWriter : IAsyncDisposable
{
    // Requests that wait for a place in a group besides those in the channel, at most.
    private const int MaximumDeferred = 256;

    private readonly NpgsqlDataSource dataSource;
    private readonly LogSignal signal;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Channel<PendingAppend> waiting;
    private readonly AppendGroup group = new();
    private readonly AppendGroup single = new();
    private readonly Task running;
    private List<PendingAppend> deferred = [];
    private List<PendingAppend> spare = [];
    private AppendCommand? command;
    private AppendCommand? singleCommand;

    public AppendWriter(NpgsqlDataSource dataSource, LogSignal signal, int queueCapacity, TimeProvider time, ILogger logger)
    {
        this.dataSource = dataSource;
        this.signal = signal;
        this.time = time;
        this.logger = logger;
        waiting = Channel.CreateBounded<PendingAppend>(
            new BoundedChannelOptions(queueCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        running = Task.Run(RunAsync);
    }

    /// <summary>
    /// Waits for a place in the queue, then for the commit. A cancelled request that the writer has taken keeps its outcome.
    /// </summary>
    public async Task<AppendResult> AppendAsync(PendingAppend pending, CancellationToken cancellationToken)
    {
        try
        {
            await waiting.Writer.WriteAsync(pending, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(PostgresEventStore));
        }

        EventStoreTelemetry.QueueLength.Add(1);
        if (!cancellationToken.CanBeCanceled)
        {
            return await pending.Task;
        }

        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((PendingAppend)state!).TryCancel(token), pending);
        return await pending.Task;
    }

    /// <summary>Takes no more requests and returns when those that wait are answered.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await running;
    }

    private async Task RunAsync()
    {
        while (deferred.Count > 0 || await waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            Gather();
            if (group.Requests.Count > 0)
            {
                await CommitAsync();
                group.Clear();

                // The answered callers run first, so that what they say next shares the next commit.
                await Task.Yield();
            }
        }

        await CloseAsync();
    }

    private void Gather()
    {
        (deferred, spare) = (spare, deferred);
        foreach (var pending in spare)
        {
            TakeOrDefer(pending);
        }

        spare.Clear();
        while (!group.IsFull && deferred.Count < MaximumDeferred && waiting.Reader.TryRead(out var pending))
        {
            EventStoreTelemetry.QueueLength.Add(-1);
            TakeOrDefer(pending);
        }
    }

    private void TakeOrDefer(PendingAppend pending)
    {
        if (!group.TryAdd(pending))
        {
            deferred.Add(pending);
        }
    }

    private async Task CommitAsync()
    {
        try
        {
            command ??= await AppendCommand.OpenAsync(dataSource, group, CancellationToken.None);
            Answer(group, await ExecuteAsync(command, group));
        }
        catch (Exception exception) when (DatabaseFault.IsOfTheRequest(exception) && group.Requests.Count > 1)
        {
            LogGroupFailed(group.Requests.Count, ((PostgresException)exception).SqlState);
            foreach (var pending in group.Requests)
            {
                await CommitAloneAsync(pending);
            }
        }
        // The writer outlives every failure: whatever it was, the group's callers are told and the next group is tried.
        catch (Exception exception)
        {
            await FailAsync(group, exception);
        }
    }

    private async Task CommitAloneAsync(PendingAppend pending)
    {
        single.Clear();
        single.TryAdd(pending);
        try
        {
            singleCommand ??= await AppendCommand.OpenAsync(dataSource, single, CancellationToken.None);
            Answer(single, await ExecuteAsync(singleCommand, single));
        }
        // As above.
        catch (Exception exception)
        {
            await FailAsync(single, exception);
        }
    }

    private async Task<AppendOutcome> ExecuteAsync(AppendCommand on, AppendGroup group)
    {
        using var activity = EventStoreTelemetry.Activities.StartActivity("lofte.append");
        activity?.SetTag("lofte.requests", group.Requests.Count);
        activity?.SetTag("lofte.events", group.EventIds.Count);
        var started = time.GetTimestamp();
        var outcome = await on.ExecuteAsync(group, CancellationToken.None);
        var took = time.GetElapsedTime(started);
        EventStoreTelemetry.AppendDuration.Record(took.TotalSeconds);
        EventStoreTelemetry.GroupSize.Record(group.EventIds.Count);
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
        Exception answer = exception;
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

            await CloseAsync();
        }

        foreach (var pending in group.Requests)
        {
            pending.TrySetException(answer);
        }
    }

    private async Task CloseAsync()
    {
        var open = (command, singleCommand);
        (command, singleCommand) = (null, null);
        foreach (var each in new[] { open.command, open.singleCommand })
        {
            if (each is not null)
            {
                await each.DisposeAsync();
            }
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
