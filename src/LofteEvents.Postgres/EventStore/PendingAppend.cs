using System.Diagnostics;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// A request on its way through the writer. It is either cancelled before the writer takes it, or its outcome stands.
/// </summary>
internal sealed class PendingAppend(AppendRequest request, int events, long bytes)
    : TaskCompletionSource<AppendResult>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Cancelled = 2;

    private int state;

    public AppendRequest Request { get; } = request;

    /// <summary>The trace that the caller is in, while somebody traces.</summary>
    public ActivityContext Trace { get; } =
        EventStoreTelemetry.Activities.HasListeners() ? Activity.Current?.Context ?? default : default;

    /// <summary>How many events the request has.</summary>
    public int Events { get; } = events;

    /// <summary>Payload and headers together.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Whether the request is in a group, or was.</summary>
    public bool IsTaken => Volatile.Read(ref state) == Taken;

    /// <summary>Called by the writer when it puts the request in a group; false when the caller went away before.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref state, Taken, Waiting) != Cancelled;

    /// <summary>Called by the caller; has no effect once the request is in a group.</summary>
    public void TryCancel(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref state, Cancelled, Waiting) == Waiting)
        {
            TrySetCanceled(cancellationToken);
        }
    }
}
