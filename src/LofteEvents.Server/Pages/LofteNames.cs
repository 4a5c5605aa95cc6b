using System.Globalization;
using LofteEvents.Loften;
using LofteEvents.Server.Loften;

namespace LofteEvents.Server.Pages;

/// <summary>Makes ids readable: kinds by the promise's own names, areas by the deployment's, days in words.</summary>
internal sealed class LofteNames(LofteAnswer lofte, Areas areas, IReadOnlyDictionary<string, string> forums, Words words)
{
    public string Kind(string? kind) =>
        kind is null ? words.NoData : lofte.Kinds.FirstOrDefault(declared => declared.Id == kind)?.Name ?? kind;

    public string Area(string area) => areas.TryFind(area, out var found) ? found.Name : area;

    public string Part(string key) => key.StartsWith("forum/", StringComparison.Ordinal) ? Forum(key) : Any(key);

    /// <summary>The sentence that names the first of the parts that were missed; null where none was.</summary>
    public static string? Missed(PartsAnswer parts, LofteWords words, LofteNames names)
    {
        const int MostNamed = 10;
        var missed = parts.Listed.Where(part => part.State is PartState.Missed).Take(MostNamed);
        return parts.Missed == 0
            ? null
            : words.MissedParts(parts.Missed, parts.Total, parts.Each, [.. missed.Select(part => names.Part(part.Key))]);
    }

    /// <summary>An id of which only the place where it stands says what it is.</summary>
    public string Any(string id)
    {
        if (DateOnly.TryParseExact(id, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return words.Day(day);
        }

        return lofte.Kinds.FirstOrDefault(declared => declared.Id == id)?.Name
            ?? (areas.TryFind(id, out var area) ? area.Name : forums.GetValueOrDefault(id) ?? id);
    }

    /// <summary>Where it was: the place as people call it, then the area.</summary>
    public string Where(EvidenceAnswer evidence) => (evidence.Place, evidence.Area) switch
    {
        ({ } place, { } area) => $"{place}, {Area(area)}",
        ({ } place, null) => place,
        (null, { } area) => Area(area),
        _ => words.NoData,
    };

    /// <summary>What an event of the timeline means for the promise.</summary>
    public string Means(TimelineEntry entry)
    {
        if (entry.ReplacedBy is { } by)
        {
            return words.Lofte.ReplacedBy(by);
        }

        var replaces = entry.Replaces is { } replaced ? words.Lofte.Replaces(replaced) : null;
        if (entry.Stream.StartsWith("lofte/", StringComparison.Ordinal))
        {
            var text = lofte.Commitments.FirstOrDefault(commitment => commitment.Id == entry.Commitment)?.Text;
            return string.Join(" ", new[] { text, entry.Reason }.OfType<string>());
        }

        return string.Join(
            ", ",
            new[] { entry.CountsFor.Count > 0 ? words.Lofte.CountsNow : words.Lofte.CountsNot, replaces }.OfType<string>());
    }

    private string Forum(string stream) => forums.GetValueOrDefault(stream) ?? stream["forum/".Length..];
}
