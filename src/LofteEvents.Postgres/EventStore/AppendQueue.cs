using System.Threading.Channels;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// The requests that wait for the writer. Bounded: a caller who finds it full waits with his request in hand. Only one at a time
/// may fill a group from it.
/// </summary>
internal sealed class AppendQueue(int capacity)
{
    private readonly Channel<PendingAppend> channel = Channel.CreateBounded<PendingAppend>(capacity);

    /// <summary>How many wait now.</summary>
    public int Count => channel.Reader.Count;

    /// <exception cref="ObjectDisposedException">The queue was closed.</exception>
    public async ValueTask AddAsync(PendingAppend pending, CancellationToken cancellationToken)
    {
        try
        {
            await channel.Writer.WriteAsync(pending, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(PostgresEventStore));
        }

        EventStoreTelemetry.QueueLength.Add(1);
    }

    /// <summary>Takes no more requests; those that wait stay.</summary>
    public void Close() => channel.Writer.TryComplete();

    /// <summary>
    /// Moves so many requests into the group, unless it is full before; leaves out those whose caller has left.
    /// </summary>
    public void Fill(AppendGroup group, int requests)
    {
        for (var i = 0; i < requests && channel.Reader.TryPeek(out var pending) && group.HasRoomFor(pending); i++)
        {
            channel.Reader.TryRead(out _);
            EventStoreTelemetry.QueueLength.Add(-1);
            if (pending.TryTake())
            {
                group.Add(pending);
            }
        }
    }
}
