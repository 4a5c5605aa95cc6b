using System.Globalization;
using System.Text.Json;

namespace LofteEvents;

/// <summary>A place where two JSON values are not the same.</summary>
/// <param name="Pointer">RFC 6901; empty for the whole value.</param>
/// <param name="One">What the one has there, as JSON; null where it has nothing.</param>
/// <param name="Other">What the other has there, as JSON; null where it has nothing.</param>
public sealed record JsonDifference(string Pointer, string? One, string? Other)
{
    /// <summary>
    /// Every place where two values differ, the innermost: members by name whatever their order, items by place, numbers by
    /// value.
    /// </summary>
    public static IEnumerable<JsonDifference> Between(JsonElement one, JsonElement other) => Between("", one, other);

    private static IEnumerable<JsonDifference> Between(string pointer, JsonElement one, JsonElement other) =>
        (one.ValueKind, other.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => OfObjects(pointer, one, other),
            (JsonValueKind.Array, JsonValueKind.Array) => OfArrays(pointer, one, other),
            _ => IsSame(one, other) ? [] : [new JsonDifference(pointer, one.GetRawText(), other.GetRawText())],
        };

    private static IEnumerable<JsonDifference> OfObjects(string pointer, JsonElement one, JsonElement other)
    {
        foreach (var member in one.EnumerateObject())
        {
            var at = JsonPointer.Member(pointer, member.Name);
            if (!other.TryGetProperty(member.Name, out var there))
            {
                yield return new JsonDifference(at, member.Value.GetRawText(), null);
                continue;
            }

            foreach (var difference in Between(at, member.Value, there))
                yield return difference;
        }

        foreach (var member in other.EnumerateObject().Where(member => !one.TryGetProperty(member.Name, out _)))
            yield return new JsonDifference(JsonPointer.Member(pointer, member.Name), null, member.Value.GetRawText());
    }

    private static IEnumerable<JsonDifference> OfArrays(string pointer, JsonElement one, JsonElement other)
    {
        var (ones, others) = (one.GetArrayLength(), other.GetArrayLength());
        for (var i = 0; i < Math.Max(ones, others); i++)
        {
            var at = JsonPointer.Item(pointer, i);
            if (i >= ones)
            {
                yield return new JsonDifference(at, null, other[i].GetRawText());
                continue;
            }

            if (i >= others)
            {
                yield return new JsonDifference(at, one[i].GetRawText(), null);
                continue;
            }

            foreach (var difference in Between(at, one[i], other[i]))
                yield return difference;
        }
    }

    private static bool IsSame(JsonElement one, JsonElement other) => (one.ValueKind, other.ValueKind) switch
    {
        (JsonValueKind.String, JsonValueKind.String) => one.ValueEquals(other.GetString()),
        (JsonValueKind.Number, JsonValueKind.Number) =>
            one.GetRawText() == other.GetRawText() || (Number(one) is { } number && number == Number(other)),
        var (kind, otherKind) => kind == otherKind,
    };

    private static decimal? Number(JsonElement value) =>
        decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
