using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace LofteEvents.Tests.Log;

/// <summary>Random JSON of the kind that intake admits, and two ways to write the same value down differently.</summary>
internal static class JsonTexts
{
    private static readonly string[] Pieces =
        ["a", "b", "B", "ä", "€", "\u0080", "\uFB33", "😀", "\"", "\\", "/", "\n", "\u000F", "\u007F", "\u2028", "~", "1"];

    public static Gen<JsonNode?> Values { get; } = Gen.Choose(0, 3).SelectMany(Value);

    private static Gen<string> Strings { get; } = Gen.Elements(Pieces).ArrayOf().Select(string.Concat);

    private static Gen<long> Integers { get; } =
        from sign in Gen.Elements(-1L, 1L)
        from bits in Gen.Choose(0, 52)
        from number in Laws.ULong
        select sign * (long)(number % (1UL << 53) >> bits);

    /// <summary>
    /// As <c>jsonb</c> gives a value back (PostgreSQL 8.14.1, <c>jsonb_out</c>): names sorted by their length in bytes and then
    /// by their bytes, a space after every colon and comma.
    /// </summary>
    public static string AsJsonb(JsonNode? value) => value switch
    {
        JsonObject members => $"{{{string.Join(", ", members
            .OrderBy(member => Encoding.UTF8.GetByteCount(member.Key))
            .ThenBy(member => Convert.ToHexString(Encoding.UTF8.GetBytes(member.Key)), StringComparer.Ordinal)
            .Select(member => $"{JsonSerializer.Serialize(member.Key)}: {AsJsonb(member.Value)}"))}}}",
        JsonArray items => $"[{string.Join(", ", items.Select(AsJsonb))}]",
        null => "null",
        _ => value.ToJsonString(),
    };

    /// <summary>As a sender might: names the other way round, indented, every character of a text escaped.</summary>
    public static string AsSent(JsonNode? value) => value switch
    {
        JsonObject members => $"{{\r\n\t{string.Join(" ,\n  ", members.Reverse()
            .Select(member => $"{Escaped(member.Key)} :{AsSent(member.Value)}"))} }}",
        JsonArray items => $"[ {string.Join("\t,", items.Select(AsSent))}\n]",
        null => " null",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => Escaped(text.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    private static string Escaped(string text) => $"\"{string.Concat(text.Select(character => $"\\u{(int)character:X4}"))}\"";

    private static Gen<JsonNode?> Value(int depth)
    {
        var leaf = Gen.OneOf(
            Strings.Select(text => (JsonNode?)JsonValue.Create(text)),
            Integers.Select(number => (JsonNode?)JsonValue.Create(number)),
            Gen.Elements(true, false).Select(flag => (JsonNode?)JsonValue.Create(flag)),
            Gen.Constant((JsonNode?)null));
        if (depth == 0)
            return leaf;
        var inner = Value(depth - 1);
        var members =
            from names in Strings.ArrayOf()
            let different = names.Distinct(StringComparer.Ordinal).ToArray()
            from values in inner.ArrayOf(different.Length)
            select (JsonNode?)new JsonObject(different.Zip(values, KeyValuePair.Create));
        return Gen.OneOf(leaf, inner.ArrayOf().Select(items => (JsonNode?)new JsonArray(items)), members);
    }
}
