using System.Text.Json;

namespace LofteEvents.Schemas;

/// <summary>One schema's keywords as they are written. What nobody takes is refused in the end.</summary>
internal sealed class SchemaObject
{
    private readonly Dictionary<string, JsonElement> _left = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _all;

    public SchemaObject(JsonElement schema, string at)
    {
        At = at;
        foreach (var member in schema.EnumerateObject())
            _left[member.Name] = member.Value;

        _all = new(_left, StringComparer.Ordinal);
    }

    /// <summary>JSON pointer to this schema.</summary>
    public string At { get; }

    public void Pass(IEnumerable<string> keywords)
    {
        foreach (var keyword in keywords)
            _left.Remove(keyword);
    }

    public void RefuseTheRest()
    {
        if (_left.Keys.FirstOrDefault() is { } keyword)
            throw Wrong(keyword, $"The keyword '{keyword}' is not implemented here.");
    }

    public JsonElement? Take(string keyword)
    {
        _left.Remove(keyword);
        return _all.TryGetValue(keyword, out var value) ? value : null;
    }

    public string? Text(string keyword) => Take(keyword) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Wrong(keyword, "A text belongs here."),
    };

    public bool Flag(string keyword) => Take(keyword) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(keyword, "true or false belongs here."),
    };

    public int? Count(string keyword) => Take(keyword) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var count) && count >= 0 => count,
        _ => throw Wrong(keyword, "A whole number from 0 belongs here."),
    };

    public decimal? Decimal(string keyword) => Take(keyword) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var limit) => limit,
        _ => throw Wrong(keyword, "A number belongs here."),
    };

    public List<string> Texts(string keyword)
    {
        if (Take(keyword) is not { } list)
            return [];

        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            throw Wrong(keyword, "A list of texts belongs here.");

        var texts = list.EnumerateArray().Select(item => item.GetString()!).ToList();
        return texts.Distinct().Count() == texts.Count ? texts : throw Wrong(keyword, "A text stands twice in this list.");
    }

    public List<(string Name, JsonElement Schema, string At)> Members(string keyword)
    {
        if (Take(keyword) is not { } members)
            return [];
        if (members.ValueKind != JsonValueKind.Object)
            throw Wrong(keyword, "An object of schemas belongs here.");

        var at = JsonPointer.Member(At, keyword);
        return [.. members.EnumerateObject().Select(member => (member.Name, member.Value, JsonPointer.Member(at, member.Name)))];
    }

    public JsonSchemaException Wrong(string keyword, string sentence) => new(JsonPointer.Member(At, keyword), sentence);
}
