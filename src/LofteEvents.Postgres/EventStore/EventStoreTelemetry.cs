using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LofteEvents.Postgres.EventStore;

/// <summary>What the event store tells OpenTelemetry. Ids and numbers only, never payloads.</summary>
internal static class EventStoreTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "LofteEvents.Postgres";

    /// <summary>The tag of the events' correlation ids.</summary>
    public const string Correlations = "lofte.correlations";

    internal static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    internal static readonly Histogram<int> GroupSize =
        Meter.CreateHistogram<int>("lofte.append.group_size", "{event}", "Events that one commit made durable.");

    internal static readonly Histogram<double> AppendDuration =
        Meter.CreateHistogram<double>("lofte.append.duration", "s", "From the start of a group's transaction to its commit.");

    internal static readonly UpDownCounter<int> QueueLength =
        Meter.CreateUpDownCounter<int>("lofte.append.queue_length", "{request}", "Requests that wait for the writer.");
}
