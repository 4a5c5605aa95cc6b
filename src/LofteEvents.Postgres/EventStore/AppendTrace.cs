using System.Diagnostics;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// The trace of a commit: that of its request where it has one, otherwise its own with a link to each request's. What follows the
/// log later finds it by the events.
/// </summary>
internal static class AppendTrace
{
    /// <summary>So many distinct values does one tag hold, and so many links one span.</summary>
    private const int Most = 32;

    public static Activity? Start(AppendGroup group)
    {
        if (!EventStoreTelemetry.Activities.HasListeners())
        {
            return null;
        }

        var traces = group.Requests.Select(request => request.Trace).Where(trace => trace != default).Distinct().ToList();
        var activity = EventStoreTelemetry.Activities.StartActivity(
            "lofte.append",
            ActivityKind.Internal,
            group.Requests.Count == 1 ? group.Requests[0].Trace : default,
            links: group.Requests.Count == 1 ? [] : traces.Take(Most).Select(trace => new ActivityLink(trace)));
        activity?.SetTag("lofte.requests", group.Requests.Count);
        activity?.SetTag("lofte.events", group.EventIds.Count);
        SetCorrelations(activity, group.EventCorrelations);
        return activity;
    }

    /// <summary>Before anybody is told of the commit.</summary>
    public static void Committed(Activity? activity, AppendGroup group)
    {
        if (activity is not null)
        {
            EventTraces.Remember(group.EventIds, activity.Context);
        }
    }

    /// <summary>Says on a span which correlations its events carry, by the name that is the same on every span.</summary>
    public static void SetCorrelations(Activity? activity, IEnumerable<string?> correlations)
    {
        if (activity is { IsAllDataRequested: true }
            && correlations.OfType<string>().Distinct(StringComparer.Ordinal).Take(Most).ToArray() is { Length: > 0 } some)
        {
            activity.SetTag(EventStoreTelemetry.Correlations, some);
        }
    }
}
