using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using LofteEvents.Insatser;

namespace LofteEvents.Subjects;

/// <summary>
/// How long sealed data is kept before its person is forgotten: classes by the suspicion that a sealed event names. How long the
/// law asks for is the authority's to decide; nothing is forgotten by time where no rules are given.
/// </summary>
public sealed record Retention(IReadOnlyList<RetentionClass> Classes)
{
    private const int MostDays = 36_500;

    /// <summary>Reads the rules of a deployment.</summary>
    /// <param name="fault">One sentence: what is wrong with the file.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Retention? rules, [NotNullWhen(false)] out string? fault)
    {
        rules = null;
        try
        {
            rules = JsonSerializer.Deserialize(utf8, RetentionJson.Default.Retention);
            fault = rules is null ? "It holds nothing." : Fault(rules);
        }
        catch (JsonException wrong)
        {
            fault = $"It is no file of retention classes: {wrong.Message}";
        }

        rules = fault is null ? rules : null;
        return rules is not null;
    }

    /// <summary>When a person is to be forgotten: when the last class that holds something of them has run out.</summary>
    /// <param name="sealedEvents">Every event of the person with a sealed part: its suspicion, and when it was recorded.</param>
    /// <returns>Null where no class has an end for all of it.</returns>
    public (DateTimeOffset At, RetentionClass By)? EndOf(
        IEnumerable<(Suspicion Suspicion, DateTimeOffset RecordedAt)> sealedEvents)
    {
        (DateTimeOffset At, RetentionClass By)? last = null;
        foreach (var (suspicion, recordedAt) in sealedEvents)
        {
            if (Classes.FirstOrDefault(each => each.Suspicions.Contains(suspicion)) is not { } found)
                return null;
            var end = recordedAt.AddDays(found.Days);
            if (last is null || end > last.Value.At)
                last = (end, found);
        }

        return last;
    }

    private static string? Fault(Retention rules) =>
        rules.Classes.Count == 0 ? "It names no class."
        : rules.Classes.FirstOrDefault(each => each.Days is < 1 or > MostDays) is { } wrong
            ? $"The class '{wrong.Name}' has {wrong.Days} days; it has 1 to {MostDays}."
        : rules.Classes.SelectMany(each => each.Suspicions).GroupBy(each => each)
            .FirstOrDefault(each => each.Count() > 1) is { } twice
            ? $"The suspicion '{twice.Key}' stands in two classes; put it in one."
        : null;
}

/// <param name="Name">Recorded as the reason.</param>
/// <param name="Suspicions">Of the events that it holds.</param>
/// <param name="Days">Counted from when the event was recorded.</param>
public sealed record RetentionClass(string Name, IReadOnlyList<Suspicion> Suspicions, int Days);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(KebabCase<Suspicion>)])]
[JsonSerializable(typeof(Retention))]
internal sealed partial class RetentionJson : JsonSerializerContext;
