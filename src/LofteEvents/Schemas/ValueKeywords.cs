using System.Text.Json;

namespace LofteEvents.Schemas;

/// <summary>The schema <c>false</c>: nothing may stand there.</summary>
internal sealed class NeverKeyword : SchemaKeyword
{
    public override bool Holds(in JsonElement value, SchemaReport? report) =>
        report is not null && Fail(report, "Nothing may stand here; take it out.");
}

/// <summary><c>type</c> (JSON Schema Validation 2020-12 §6.1.1): one or several; <c>1.0</c> is an integer.</summary>
internal sealed class TypeKeyword(JsonTypes types) : SchemaKeyword
{
    public JsonTypes Types => types;

    public override bool Holds(in JsonElement value, SchemaReport? report)
    {
        if (Admits(value))
            return true;

        return report is not null && Fail(report, $"{report.Quote(value)} is {Named(Of(value))}, where {Named(types)} belongs.");
    }

    public bool Admits(in JsonElement value)
    {
        var type = Of(value);
        return (types & type) != 0
            || ((types & JsonTypes.Integer) != 0 && type == JsonTypes.Number && JsonNumber.IsInteger(value));
    }

    private static JsonTypes Of(in JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonTypes.Object,
        JsonValueKind.Array => JsonTypes.Array,
        JsonValueKind.String => JsonTypes.String,
        JsonValueKind.Number => JsonTypes.Number,
        JsonValueKind.True or JsonValueKind.False => JsonTypes.Boolean,
        _ => JsonTypes.Null,
    };

    private static string Named(JsonTypes types) =>
        string.Join(" or ", Enum.GetValues<JsonTypes>().Where(type => types.HasFlag(type)).Select(type => type switch
        {
            JsonTypes.Object => "an object",
            JsonTypes.Array => "an array",
            JsonTypes.Integer => "an integer",
            JsonTypes.Null => "null",
            _ => "a " + type.ToString().ToLowerInvariant(),
        }));
}

[Flags]
internal enum JsonTypes
{
    Null = 1,
    Boolean = 2,
    Object = 4,
    Array = 8,
    Number = 16,
    String = 32,
    Integer = 64,
}

/// <summary><c>const</c> and <c>enum</c> (§6.1.2, §6.1.3).</summary>
internal sealed class OneOfValuesKeyword(JsonElement[] values) : SchemaKeyword
{
    public JsonElement[] Values => values;

    public override bool Holds(in JsonElement value, SchemaReport? report)
    {
        foreach (var allowed in values)
        {
            if (JsonElement.DeepEquals(allowed, value))
                return true;
        }

        return report is not null && Fail(report, values.Length == 1
            ? $"{report.Quote(value)} stands where only {Shown(values[0])} may."
            : $"{report.Quote(value)} is none of {string.Join(", ", values.Select(Shown))}; take one of them.");
    }

    private static string Shown(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? $"'{value.GetString()}'" : value.GetRawText();
}

/// <summary><c>minimum</c> and <c>maximum</c> (§6.2.2, §6.2.4), both inclusive.</summary>
internal sealed class RangeKeyword(decimal? minimum, decimal? maximum) : SchemaKeyword
{
    public override bool Holds(in JsonElement value, SchemaReport? report)
    {
        if (value.ValueKind != JsonValueKind.Number)
            return true;
        if (minimum is { } least && JsonNumber.Compare(value, least) < 0)
            return report is not null && Fail(report, $"{report.Quote(value)} is less than {least}, the least that is allowed.");
        if (maximum is { } most && JsonNumber.Compare(value, most) > 0)
            return report is not null && Fail(report, $"{report.Quote(value)} is more than {most}, the most that is allowed.");

        return true;
    }
}
