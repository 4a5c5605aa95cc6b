namespace LofteEvents.Postgres.EventStore;

/// <summary>The newest position that this process knows of, and a way to wait for the next.</summary>
internal sealed class LogSignal
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long head;

    public long Head => Volatile.Read(ref head);

    /// <summary>Completes at the next advance. Taken before <see cref="Head"/> is read, no advance can slip between.</summary>
    public Task Next
    {
        get
        {
            lock (gate)
            {
                return next.Task;
            }
        }
    }

    /// <summary>Wakes those who wait when the position is newer than what was known.</summary>
    public void Advance(long position)
    {
        if (position <= Head)
        {
            return;
        }

        TaskCompletionSource reached;
        lock (gate)
        {
            if (position <= head)
            {
                return;
            }

            Volatile.Write(ref head, position);
            reached = next;
            next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        reached.SetResult();
    }
}
