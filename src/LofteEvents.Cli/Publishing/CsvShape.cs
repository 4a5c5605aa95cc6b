using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LofteEvents.Cli.Publishing;

/// <summary>
/// What the cells of a row are in JSON, by the schema of the row's event type. What does not fit stays a text: intake says so.
/// </summary>
internal sealed class CsvShape
{
    public const string TypePrefix = "se.lofteevents.";
    private const char Separator = ';';
    private static readonly Dictionary<string, CsvShape> Known = [];
    private static readonly CsvShape Nothing = new(default);

    private readonly JsonElement root;

    private CsvShape(JsonElement root) => this.root = root;

    /// <param name="type">CloudEvents <c>type</c>; of an unknown one every cell is a text.</param>
    public static CsvShape Of(string? type)
    {
        if (type is null || !type.StartsWith(TypePrefix, StringComparison.Ordinal)
            || !EventCatalogue.TryFind(type[TypePrefix.Length..], out var found))
        {
            return Nothing;
        }

        if (!Known.TryGetValue(type, out var shape))
        {
            using var schema = JsonDocument.Parse(found.Schema.Text);
            Known[type] = shape = new CsvShape(schema.RootElement.Clone());
        }

        return shape;
    }

    /// <summary>Puts a cell where its column says.</summary>
    /// <returns>One sentence where it cannot stand there; null when it is done.</returns>
    public string? Put(JsonObject data, string[] path, string cell)
    {
        JsonNode at = data;
        var schema = root;
        for (var i = 0; i < path.Length; i++)
        {
            schema = Inside(schema, path[i]);
            if (i == path.Length - 1)
            {
                return Value(cell, schema, out var fault) is { } value ? Set(at, path[i], value) : fault;
            }

            if (Step(at, path[i], path[i + 1]) is not { } next)
            {
                return $"'{path[i]}' is already a value; a column cannot go further into it.";
            }

            at = next;
        }

        return null;
    }

    private static JsonNode? Step(JsonNode at, string name, string after)
    {
        var inside = at switch
        {
            JsonObject members => members[name],
            JsonArray items when int.TryParse(name, out var index) && index >= 0 && index < items.Count => items[index],
            _ => null,
        };
        if (inside is not null)
        {
            return inside is JsonObject or JsonArray ? inside : null;
        }

        JsonNode made = int.TryParse(after, out _) ? new JsonArray() : new JsonObject();
        return Set(at, name, made) is null ? made : null;
    }

    private static string? Set(JsonNode at, string name, JsonNode value)
    {
        switch (at)
        {
            case JsonObject members when !members.ContainsKey(name):
                members[name] = value;
                return null;
            case JsonArray items when int.TryParse(name, out var index) && index == items.Count:
                items.Add(value);
                return null;
            case JsonArray:
                return $"'{name}' is not the next item of the list: number the columns from 0, and leave none between empty.";
            default:
                return $"'{name}' is said by two columns; keep one of them.";
        }
    }

    private JsonNode? Value(string cell, JsonElement schema, out string? fault)
    {
        fault = null;
        var types = Types(schema).ToList();
        if (cell[0] is '[' or '{' && (types.Contains("array") || types.Contains("object")))
        {
            var utf8 = Encoding.UTF8.GetBytes(cell);
            var faults = StrictJson.Check(utf8);
            fault = faults.Count > 0 ? $"The cell begins like JSON and is none: {faults[0].Detail}" : null;
            return fault is null ? JsonNode.Parse(utf8) : null;
        }

        if (types.Contains("array"))
        {
            var item = Resolve(schema).TryGetProperty("items", out var items) ? items : default;
            var values = cell.Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return new JsonArray([.. values.Select(value => Scalar(value, Types(item).ToList()))]);
        }

        return Scalar(cell, types);
    }

    private static JsonValue Scalar(string cell, List<string> types)
    {
        if (types.Contains("integer")
            && long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == cell)
        {
            return JsonValue.Create(number);
        }

        return types.Contains("boolean") && bool.TryParse(cell, out var yes) ? JsonValue.Create(yes) : JsonValue.Create(cell);
    }

    private JsonElement Inside(JsonElement schema, string name)
    {
        var here = Resolve(schema);
        if (here.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        if (here.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var member))
        {
            return member;
        }

        // Free names, such as those of results, share one shape.
        if (here.TryGetProperty("patternProperties", out var patterns))
        {
            return patterns.EnumerateObject().First().Value;
        }

        return here.TryGetProperty("items", out var items) ? items : default;
    }

    /// <summary>The types that a value may have, through references and choices.</summary>
    private IEnumerable<string> Types(JsonElement schema)
    {
        var here = Resolve(schema);
        if (here.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        if (here.TryGetProperty("type", out var type))
        {
            yield return type.ToString();
        }

        foreach (var choice in new[] { "oneOf", "anyOf" })
        {
            foreach (var inner in here.TryGetProperty(choice, out var choices) ? choices.EnumerateArray() : default)
            {
                foreach (var each in Types(inner))
                {
                    yield return each;
                }
            }
        }
    }

    private JsonElement Resolve(JsonElement schema)
    {
        while (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var reference))
        {
            schema = root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        }

        return schema;
    }
}
