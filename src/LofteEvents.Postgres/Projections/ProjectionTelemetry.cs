using System.Diagnostics;
using System.Diagnostics.Metrics;
using LofteEvents.Postgres.EventStore;

namespace LofteEvents.Postgres.Projections;

/// <summary>What the projections tell OpenTelemetry. Names and numbers only.</summary>
internal static class ProjectionTelemetry
{
    private const int MostLinks = 32;

    private static readonly Meter Meter = new(EventStoreTelemetry.Name);

    private static readonly Counter<long> Applied =
        Meter.CreateCounter<long>("lofte.projection.events", "{event}", "Events that a projection has made durable.");

    private static readonly Histogram<double> Took =
        Meter.CreateHistogram<double>("lofte.projection.duration", "s", "From reading a page's facts to its commit.");

    private static readonly Gauge<long> LagEvents =
        Meter.CreateGauge<long>("lofte.projection.lag", "{event}", "Events in the log that a projection has not yet applied.");

    private static readonly Gauge<double> LagSeconds =
        Meter.CreateGauge<double>("lofte.projection.lag_time", "s", "How long the oldest of them has waited.");

    private static readonly Gauge<int> Stopped =
        Meter.CreateGauge<int>("lofte.projection.stopped", "1", "1 while it stands before an event that it cannot apply.");

    /// <summary>Whether somebody wants to know how far behind the projections are.</summary>
    public static bool LagIsAsked => LagEvents.Enabled || LagSeconds.Enabled || Stopped.Enabled;

    /// <summary>A span over some events; in their trace where they came in one, otherwise with a link to each.</summary>
    public static Activity? Start(string projection, IReadOnlyList<StoredEvent> events)
    {
        if (!EventStoreTelemetry.Activities.HasListeners())
        {
            return null;
        }

        var traces = EventTraces.Of(events);
        var activity = EventStoreTelemetry.Activities.StartActivity(
            "lofte.project",
            ActivityKind.Internal,
            traces.Count == 1 ? traces[0] : default,
            links: traces.Count == 1 ? [] : traces.Take(MostLinks).Select(trace => new ActivityLink(trace)));
        activity?.SetTag("lofte.projection", projection);
        activity?.SetTag("lofte.events", events.Count);
        activity?.SetTag("lofte.position", events[^1].Position);
        AppendTrace.SetCorrelations(activity, events.Select(stored => stored.CorrelationId));
        return activity;
    }

    public static void Committed(string projection, int events, TimeSpan took)
    {
        Applied.Add(events, Of(projection));
        Took.Record(took.TotalSeconds, Of(projection));
    }

    public static void Record(ProjectionState state)
    {
        LagEvents.Record(state.LagEvents, Of(state.Name));
        LagSeconds.Record(state.LagSeconds, Of(state.Name));
        Stopped.Record(state.Stop is null ? 0 : 1, Of(state.Name));
    }

    private static KeyValuePair<string, object?> Of(string projection) => new("projection", projection);
}
