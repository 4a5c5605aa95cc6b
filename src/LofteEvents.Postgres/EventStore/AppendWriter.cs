using Microsoft.Extensions.Logging;
using Npgsql;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// The one writer of a process. What waits while a commit runs is the next group: there is no timer, so a lone caller waits for
/// nobody and many callers share a commit. Every caller is answered after the commit that holds its events.
/// </summary>
/// <remarks>
/// Under load two groups are on their way: while one is committed the other lies ready in the database and waits for the lock, so
/// that the database need not wait while this process answers callers and makes up the next group. Not where the disk is what
/// takes the time. Whoever brings a request that may go at once sends it himself: no other thread has to wake for it.
/// </remarks>
internal sealed class AppendWriter : IAsyncDisposable
{
    /// <summary>Requests: two groups that are smaller cost more in transactions than they gain.</summary>
    public const int LeastOfSecondGroup = 16;

    // Turns of the thread pool without a new request, after which a group goes without those who were just answered.
    private const int StillTurns = 4;

    private readonly AppendQueue waiting;
    private readonly Lock gate = new();
    private readonly Stack<AppendLane> idle = new();
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ExecutionContext context = ExecutionContext.Capture()
        ?? throw new InvalidOperationException("An event store cannot be opened where no execution context flows.");

    private int inFlight;
    private bool goesInPairs = true;
    private bool isClosing;

    public AppendWriter(NpgsqlDataSource dataSource, LogSignal signal, int queueCapacity, TimeProvider time, ILogger logger)
    {
        waiting = new AppendQueue(queueCapacity);
        idle.Push(new AppendLane(dataSource, signal, time, logger));
        idle.Push(new AppendLane(dataSource, signal, time, logger));
    }

    /// <summary>
    /// Waits for a place in the queue, then for the commit. A cancelled request that the writer has taken keeps its outcome.
    /// </summary>
    public async Task<AppendResult> AppendAsync(PendingAppend pending, CancellationToken cancellationToken)
    {
        await waiting.AddAsync(pending, cancellationToken);
        var sent = Send();
        if (pending.IsTaken)
        {
            // Who has sent his own request goes on from its commit directly, without another thread to wake.
            await sent;
        }

        if (pending.Task.IsCompleted || !cancellationToken.CanBeCanceled)
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
        waiting.Close();
        lock (gate)
        {
            isClosing = true;
        }

        _ = Send();
        await drained.Task;
        foreach (var lane in idle)
        {
            await lane.DisposeAsync();
        }
    }

    /// <summary>Sends what may go now, on the thread that found it so.</summary>
    /// <returns>Completes when the first group that was sent is answered, and never fails.</returns>
    private Task Send()
    {
        Task? first = null;
        while (NextGroup() is { } lane)
        {
            // The group belongs to no caller in particular: not to this one's trace, nor to what else flows with it.
            Task? sent = null;
            ExecutionContext.Run(context, _ => sent = CommitAsync(lane, CancellationToken.None), null);
            first ??= sent;
        }

        return first ?? Task.CompletedTask;
    }

    private AppendLane? NextGroup()
    {
        lock (gate)
        {
            while (RequestsToSend() is var requests and > 0)
            {
                var lane = idle.Peek();
                waiting.Fill(lane.Group, requests);
                if (lane.Group.Requests.Count > 0)
                {
                    inFlight += lane.Group.Requests.Count;
                    return idle.Pop();
                }
            }

            if (isClosing && inFlight == 0)
            {
                drained.TrySetResult();
            }

            return null;
        }
    }

    // A group that is alone on its way takes all that waits, or half of it where the other half is a group too.
    private int RequestsToSend()
    {
        var count = waiting.Count;
        if (inFlight == 0)
        {
            return goesInPairs && count >= 2 * LeastOfSecondGroup ? (count + 1) / 2 : count;
        }

        return goesInPairs && idle.Count > 0 && count >= Math.Max(LeastOfSecondGroup, inFlight) ? count : 0;
    }

    private async Task CommitAsync(AppendLane lane, CancellationToken cancellationToken)
    {
        var requests = lane.Group.Requests.Count;
        await lane.CommitAsync(cancellationToken);
        if (requests > 1)
        {
            await AnsweredRunAsync(requests);
        }

        lock (gate)
        {
            inFlight -= requests;
            goesInPairs = lane.CommitsSlowly is not true;
            idle.Push(lane);
        }

        _ = Send();
    }

    /// <summary>Lets those who were answered run, so that what they say next shares the next commit.</summary>
    private async Task AnsweredRunAsync(int requests)
    {
        var before = waiting.Count;
        var all = before + requests;
        for (var still = 0; still < StillTurns && before < all; still++)
        {
            await Task.Yield();
            if (waiting.Count is var now && now > before)
            {
                (before, still) = (now, -1);
            }
        }
    }
}
