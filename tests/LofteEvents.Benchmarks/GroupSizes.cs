using System.Diagnostics.Metrics;
using LofteEvents.Postgres.EventStore;

namespace LofteEvents.Benchmarks;

/// <summary>How many events share a commit, as the event store's own meter tells it.</summary>
internal sealed class GroupSizes : IDisposable
{
    private readonly MeterListener listener = new();
    private long commits;
    private long events;

    public GroupSizes()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == EventStoreTelemetry.Name && instrument.Name == "lofte.append.group_size")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, size, _, _) =>
        {
            Interlocked.Increment(ref commits);
            Interlocked.Add(ref events, size);
        });
        listener.Start();
    }

    /// <summary>Since the last restart; 1 where nothing was grouped.</summary>
    public double Average => commits == 0 ? 1 : (double)events / commits;

    public void Restart() => (commits, events) = (0, 0);

    public void Dispose() => listener.Dispose();
}
