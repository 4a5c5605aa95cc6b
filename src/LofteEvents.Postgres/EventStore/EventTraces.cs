using System.Collections.Concurrent;
using System.Diagnostics;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// In which trace the newest events were committed by this process: a trace is of the moment, so it is not stored with an event.
/// </summary>
internal static class EventTraces
{
    private const int Most = 10_000;

    private static readonly ConcurrentDictionary<Guid, ActivityContext> s_traces = new();
    private static readonly ConcurrentQueue<Guid> s_order = new();

    public static void Remember(IEnumerable<Guid> events, ActivityContext trace)
    {
        foreach (var id in events)
        {
            s_traces[id] = trace;
            s_order.Enqueue(id);
        }

        while (s_order.Count > Most && s_order.TryDequeue(out var oldest))
        {
            s_traces.TryRemove(oldest, out _);
        }
    }

    /// <summary>The traces of some events, each once; those of other processes and of long ago are not known.</summary>
    public static IReadOnlyList<ActivityContext> Of(IEnumerable<StoredEvent> events) =>
    [
        .. events.Select(stored => s_traces.GetValueOrDefault(stored.Id)).Where(trace => trace != default).Distinct(),
    ];
}
