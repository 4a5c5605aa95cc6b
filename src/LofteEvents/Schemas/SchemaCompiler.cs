using System.Text.Json;
using System.Text.RegularExpressions;

namespace LofteEvents.Schemas;

/// <summary>
/// Turns a schema's text into nodes, and refuses what it does not understand: a keyword passed over would be a check not made.
/// </summary>
internal sealed class SchemaCompiler
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>Words for people and tools, which no value is held to.</summary>
    private static readonly string[] Annotations =
        ["$id", "$comment", "title", "description", "examples", "default", "deprecated", "readOnly", "writeOnly"];

    private static readonly Dictionary<string, JsonTypes> TypeNames = new(StringComparer.Ordinal)
    {
        ["null"] = JsonTypes.Null,
        ["boolean"] = JsonTypes.Boolean,
        ["object"] = JsonTypes.Object,
        ["array"] = JsonTypes.Array,
        ["number"] = JsonTypes.Number,
        ["string"] = JsonTypes.String,
        ["integer"] = JsonTypes.Integer,
    };

    private readonly JsonElement _root;
    private readonly Dictionary<string, SchemaNode> _definitions = new(StringComparer.Ordinal);
    private readonly List<(string Pointer, SchemaNode Node)> _nodes = [];

    private SchemaCompiler(JsonElement root) => _root = root;

    public static SchemaNode Compile(JsonElement root)
    {
        var compiler = new SchemaCompiler(root);
        var node = compiler.Node(root, "");
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("$defs", out var definitions))
        {
            // Also those that nothing refers to: they are part of what the schema says.
            foreach (var definition in definitions.EnumerateObject())
                compiler.Definition($"#/$defs/{definition.Name}", "/$defs");
        }

        SchemaCycles.Refuse(compiler._nodes);
        foreach (var (_, compiled) in compiler._nodes)
        {
            foreach (var choice in compiled.Keywords.OfType<ChoiceKeyword>())
                choice.Settle();
        }

        return node;
    }

    private SchemaNode Node(JsonElement schema, string at)
    {
        var node = new SchemaNode();
        Fill(node, schema, at);
        return node;
    }

    private void Fill(SchemaNode node, JsonElement schema, string at)
    {
        _nodes.Add((at, node));
        switch (schema.ValueKind)
        {
            case JsonValueKind.True:
                return;
            case JsonValueKind.False:
                node.Become([new NeverKeyword()], null, null, false);
                return;
            case not JsonValueKind.Object:
                throw new JsonSchemaException(at, "A schema is an object, true or false.");
        }

        var says = new SchemaObject(schema, at);
        says.Pass(Annotations);
        if (says.Text("$schema") is { } dialect && dialect != Dialect)
            throw says.Wrong("$schema", $"Only the dialect {Dialect} is implemented.");
        if (at.Length == 0)
            says.Pass(["$defs"]);

        var keywords = new SchemaKeyword?[]
        {
            Type(says), Values(says), Range(says), String(says, node), Object(says), Array(says), Reference(says), AllOf(says),
            Choice(says, "oneOf", onlyOne: true), Choice(says, "anyOf", onlyOne: false), Not(says), Conditional(says),
        };
        says.RefuseTheRest();

        // Where an opaque id belongs, a mistaken publisher may have put a personal number.
        var isSecret = says.Flag("writeOnly") || says.Text("format") == "uuid";
        node.Become([.. keywords.OfType<SchemaKeyword>()], says.Text("title"), says.Text("description"), isSecret);
    }

    private static TypeKeyword? Type(SchemaObject says)
    {
        if (says.Take("type") is not { } type)
            return null;

        var names = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().ToList() : [type];
        var types = (JsonTypes)0;
        foreach (var name in names)
        {
            types |= name.ValueKind == JsonValueKind.String && TypeNames.TryGetValue(name.GetString()!, out var one)
                ? one
                : throw says.Wrong("type", $"There is no type {name.GetRawText()}.");
        }

        return new TypeKeyword(types);
    }

    private static OneOfValuesKeyword? Values(SchemaObject says)
    {
        var constant = says.Take("const");
        var choice = says.Take("enum");
        if (constant is not null && choice is not null)
            throw says.Wrong("enum", "Say const or enum, not both.");
        if (constant is { } only)
            return new OneOfValuesKeyword([only]);

        if (choice is not { } values)
            return null;

        return values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0
            ? new OneOfValuesKeyword([.. values.EnumerateArray()])
            : throw says.Wrong("enum", "An enum is a list of values, and not an empty one.");
    }

    private static RangeKeyword? Range(SchemaObject says)
    {
        var minimum = says.Decimal("minimum");
        var maximum = says.Decimal("maximum");
        return minimum is null && maximum is null ? null : new RangeKeyword(minimum, maximum);
    }

    private static StringKeyword? String(SchemaObject says, SchemaNode node)
    {
        var minLength = says.Count("minLength");
        var maxLength = says.Count("maxLength");
        var pattern = says.Text("pattern") is { } text ? Pattern(text, says, "pattern") : null;
        var format = says.Text("format") is { } name
            ? StringFormat.Find(name) ?? throw says.Wrong("format", $"The format '{name}' is not implemented.")
            : null;
        return minLength is null && maxLength is null && pattern is null && format is null
            ? null
            : new StringKeyword(node, minLength ?? 0, maxLength, pattern, format);
    }

    private ObjectKeyword? Object(SchemaObject says)
    {
        var properties = says.Members("properties");
        var required = says.Texts("required");
        var patterns = says.Members("patternProperties")
            .Select(member => (Pattern(member.Name, says, "patternProperties"), Node(member.Schema, member.At))).ToList();
        var additional = Single(says, "additionalProperties");
        var names = Single(says, "propertyNames");
        var minCount = says.Count("minProperties");
        var maxCount = says.Count("maxProperties");
        if (properties.Count + required.Count + patterns.Count == 0
            && additional is null && names is null && minCount is null && maxCount is null)
        {
            return null;
        }

        if (required.Count > ObjectKeyword.MostRequired)
            throw says.Wrong("required", $"At most {ObjectKeyword.MostRequired} members of one object can be required.");

        var described = properties.Select(member =>
            new KnownMember(member.Name, Node(member.Schema, member.At), required.IndexOf(member.Name)));
        var named = required.Where(name => properties.TrueForAll(member => member.Name != name))
            .Select(name => new KnownMember(name, null, required.IndexOf(name)));
        return new ObjectKeyword(
            new ObjectRules([.. described, .. named], [.. patterns], additional, names, minCount ?? 0, maxCount));
    }

    private ArrayKeyword? Array(SchemaObject says)
    {
        var prefix = Several(says, "prefixItems");
        var items = Single(says, "items");
        var minCount = says.Count("minItems");
        var maxCount = says.Count("maxItems");
        var unique = says.Flag("uniqueItems");
        return prefix is null && items is null && minCount is null && maxCount is null && !unique
            ? null
            : new ArrayKeyword(prefix ?? [], items, minCount ?? 0, maxCount, unique);
    }

    private RefKeyword? Reference(SchemaObject says) =>
        says.Text("$ref") is { } reference ? new RefKeyword(Definition(reference, says.At)) : null;

    private AllOfKeyword? AllOf(SchemaObject says) => Several(says, "allOf") is { } all ? new AllOfKeyword(all) : null;

    private ChoiceKeyword? Choice(SchemaObject says, string keyword, bool onlyOne) =>
        Several(says, keyword) is { } forms ? new ChoiceKeyword(forms, onlyOne) : null;

    private NotKeyword? Not(SchemaObject says) => Single(says, "not") is { } excluded ? new NotKeyword(excluded) : null;

    private ConditionalKeyword? Conditional(SchemaObject says)
    {
        var condition = Single(says, "if");
        var then = Single(says, "then");
        var otherwise = Single(says, "else");
        return condition is null && (then is not null || otherwise is not null)
            ? throw says.Wrong(then is null ? "else" : "then", "Without an 'if' this says nothing.")
            : condition is null ? null : new ConditionalKeyword(condition, then, otherwise);
    }

    private SchemaNode? Single(SchemaObject says, string keyword) =>
        says.Take(keyword) is { } schema ? Node(schema, JsonPointer.Member(says.At, keyword)) : null;

    private SchemaNode[]? Several(SchemaObject says, string keyword)
    {
        if (says.Take(keyword) is not { } schemas)
            return null;
        if (schemas.ValueKind != JsonValueKind.Array || schemas.GetArrayLength() == 0)
            throw says.Wrong(keyword, "A list of schemas belongs here, and not an empty one.");

        var at = JsonPointer.Member(says.At, keyword);
        return [.. schemas.EnumerateArray().Select((schema, index) => Node(schema, JsonPointer.Item(at, index)))];
    }

    private SchemaNode Definition(string reference, string at)
    {
        if (_definitions.TryGetValue(reference, out var known))
            return known;

        const string prefix = "#/$defs/";
        var name = reference.StartsWith(prefix, StringComparison.Ordinal) ? reference[prefix.Length..] : "";
        if (name.Length == 0 || !_root.TryGetProperty("$defs", out var definitions)
            || definitions.ValueKind != JsonValueKind.Object || !definitions.TryGetProperty(name, out var definition))
        {
            throw new JsonSchemaException(
                at, $"'{reference}' is no definition of this schema; only {prefix}… can be referred to.");
        }

        // Known before it is compiled, so that a definition may refer to itself.
        var node = new SchemaNode();
        _definitions.Add(reference, node);
        Fill(node, definition, JsonPointer.Member("/$defs", name));
        return node;
    }

    private static Regex Pattern(string pattern, SchemaObject says, string keyword) =>
        SchemaPattern.Compile(pattern, out var reason) ?? throw says.Wrong(keyword, reason!);
}
