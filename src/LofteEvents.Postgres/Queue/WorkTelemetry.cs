using System.Diagnostics.Metrics;
using LofteEvents.Postgres.EventStore;

namespace LofteEvents.Postgres.Queue;

/// <summary>What the workers tell OpenTelemetry. Kinds and numbers only.</summary>
internal static class WorkTelemetry
{
    private static readonly Meter Meter = new(EventStoreTelemetry.Name);

    private static readonly Counter<long> Attempts =
        Meter.CreateCounter<long>("lofte.work.attempts", "{attempt}", "Attempts at work, by its kind and what became of them.");

    private static readonly Histogram<double> Waited =
        Meter.CreateHistogram<double>("lofte.work.wait", "s", "From being put in line to the start of the first attempt.");

    private static readonly Histogram<double> Took =
        Meter.CreateHistogram<double>("lofte.work.duration", "s", "How long an attempt took.");

    public static void Started(LeasedWork work, DateTimeOffset now)
    {
        if (work.Attempt == 1)
        {
            Waited.Record((now - work.QueuedAt).TotalSeconds, Kind(work));
        }
    }

    public static void Ended(LeasedWork work, Settled settled, TimeSpan took)
    {
        Attempts.Add(1, Kind(work), new KeyValuePair<string, object?>("outcome", settled.Outcome));
        Took.Record(took.TotalSeconds, Kind(work));
    }

    private static KeyValuePair<string, object?> Kind(LeasedWork work) => new("kind", work.Kind);
}
