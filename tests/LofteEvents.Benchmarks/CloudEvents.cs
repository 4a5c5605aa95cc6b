using System.Globalization;
using System.Text;

namespace LofteEvents.Benchmarks;

/// <summary>The measured event as an operational system publishes it: each new, to a stream of its own.</summary>
internal static class CloudEvents
{
    public const string Structured = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";

    // Nobody need be told of a traffic insats, so that intake is measured and not what a notice costs.
    private static readonly string Data = Payload.Data.Replace("youth-narcotics", "traffic", StringComparison.Ordinal);

    private static long said;

    public static string New(DateTimeOffset? recorded = null)
    {
        var number = Interlocked.Increment(ref said);
        var history = recorded is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"\"recordedtime\":\"{at:yyyy-MM-ddTHH:mm:ss.ffffffZ}\",")
            : "";
        return $$"""
            {"specversion":"1.0","type":"se.lofteevents.{{Payload.Type}}","source":"urn:lofte:demo",
            "id":"bench-{{Environment.ProcessId}}-{{number}}","subject":"{{Payload.Stream(number)}}",
            "time":"2018-03-16T17:00:00+00:00",{{history}}"data":{{Data}}}
            """;
    }

    public static string NewBatch(int events, DateTimeOffset? recorded = null)
    {
        var batch = new StringBuilder("[");
        for (var i = 0; i < events; i++)
        {
            batch.Append(i == 0 ? "" : ",").Append(New(recorded));
        }

        return batch.Append(']').ToString();
    }
}
