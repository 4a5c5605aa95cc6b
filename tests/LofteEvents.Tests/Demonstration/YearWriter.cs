using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LofteEvents.Tests.Demonstration;

/// <summary>
/// Collects what happened and when it was learnt, and writes it as the lines of a file that <c>lofte events publish
/// --history</c> takes: one CloudEvent a line, in the order of the recorded time.
/// </summary>
internal sealed class YearWriter
{
    private const string Source = "urn:lofte:demo";
    private static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<Entry> entries = [];
    private readonly Dictionary<string, int> perStream = new(StringComparer.Ordinal);

    /// <summary>A wall-clock time in Stockholm.</summary>
    public static DateTimeOffset At(DateOnly day, int hour, int minute = 0)
    {
        var local = day.ToDateTime(new TimeOnly(hour, minute));
        return new DateTimeOffset(local, Stockholm.GetUtcOffset(local));
    }

    public static string Text(DateTimeOffset time) =>
        time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <param name="recorded">When it was learnt.</param>
    /// <param name="happened">When it happened.</param>
    /// <param name="type">Stored name.</param>
    public void Say(DateTimeOffset recorded, DateTimeOffset happened, string type, string stream, JsonObject data)
    {
        var place = perStream[stream] = perStream.GetValueOrDefault(stream) + 1;
        entries.Add(new Entry(recorded, entries.Count, new JsonObject
        {
            ["specversion"] = "1.0",
            ["type"] = "se.lofteevents." + type,
            ["source"] = Source,
            ["id"] = $"{stream.Replace('/', '-')}-{place}",
            ["subject"] = stream,
            ["time"] = Text(happened),
            ["recordedtime"] = Text(recorded),
            ["datacontenttype"] = "application/json",
            ["data"] = data,
        }));
    }

    public IReadOnlyList<string> Lines() =>
        [.. entries.OrderBy(entry => entry.Recorded).ThenBy(entry => entry.Said)
            .Select(entry => entry.Event.ToJsonString(Readable))];

    private sealed record Entry(DateTimeOffset Recorded, int Said, JsonObject Event);
}
