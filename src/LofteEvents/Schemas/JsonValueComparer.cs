using System.Text.Json;

namespace LofteEvents.Schemas;

/// <summary>Values of JSON by what they say: numbers by value, objects whatever the order of their members.</summary>
internal sealed class JsonValueComparer : IEqualityComparer<JsonElement>
{
    public static JsonValueComparer Instance { get; } = new();

    public bool Equals(JsonElement one, JsonElement other) => JsonElement.DeepEquals(one, other);

    public int GetHashCode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => string.GetHashCode(value.GetString(), StringComparison.Ordinal),
        JsonValueKind.Number => value.TryGetDouble(out var number) ? number.GetHashCode() : 0,
        JsonValueKind.Array => value.EnumerateArray().Aggregate(1, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
        JsonValueKind.Object => value.EnumerateObject().Aggregate(
            2, (hash, member) => hash ^ HashCode.Combine(member.Name, GetHashCode(member.Value))),
        _ => (int)value.ValueKind,
    };
}
