using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LofteEvents.Loften;

namespace LofteEvents.Tests.Schemas;

/// <summary>
/// The schemas of the events: what publishers read, what intake validates with, and what the code decodes, are the same.
/// </summary>
public class Event_schemas
{
    private static readonly string[] Groups = ["properties", "patternProperties", "$defs"];

    public static TheoryData<string> Names => [.. EventCatalogue.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Say_what_they_are_with_examples_that_fit(string name)
    {
        var schema = Text(name);

        schema.GetProperty("$schema").GetString().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        schema.GetProperty("$id").GetString().ShouldBe($"/api/v1/schemas/{name}");
        schema.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        schema.GetProperty("description").GetString()!.ShouldContain(
            Sample.Type(name).StreamPrefix is var prefix && prefix == "log" ? "Subject: log." : $"{prefix}/{{id}}");
        schema.GetProperty("examples").EnumerateArray().ShouldNotBeEmpty();
        foreach (var example in schema.GetProperty("examples").EnumerateArray())
        {
            Sample.Type(name).Schema.Check(example).ShouldBeEmpty();
            StrictJson.Check(Encoding.UTF8.GetBytes(example.GetRawText())).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Describe_and_limit_everything(string name)
    {
        foreach (var (pointer, schema) in Subschemas(Text(name), ""))
            NamedLimits(schema).ShouldBeEmpty($"{name}#{pointer}");

        static IEnumerable<string> NamedLimits(JsonElement schema)
        {
            var type = schema.TryGetProperty("type", out var said) ? said.GetString() : null;
            if (type == "string" && !schema.TryGetProperty("maxLength", out _) && !schema.TryGetProperty("format", out _))
                yield return "a text without maxLength";
            if (type == "array" && !schema.TryGetProperty("maxItems", out _))
                yield return "a list without maxItems";
            if (type is "integer" or "number"
                && !(schema.TryGetProperty("minimum", out _) && schema.TryGetProperty("maximum", out _)))
                yield return "a number without minimum and maximum";
            if (type == "object" && !schema.TryGetProperty("additionalProperties", out _))
                yield return "an object with room for anything";
            if (type == "object" && !schema.TryGetProperty("maxProperties", out _)
                && (schema.TryGetProperty("patternProperties", out _)
                    || schema.GetProperty("additionalProperties").ValueKind != JsonValueKind.False))
                yield return "an object with any number of members";
            if (!schema.TryGetProperty("description", out _) && !schema.TryGetProperty("$ref", out _)
                && !schema.TryGetProperty("const", out _) && !schema.TryGetProperty("title", out _))
                yield return "no description";
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_exactly_the_members_that_the_code_reads(string name) =>
        Compare(Text(name), Text(name), Info(Sample.Type(name).ClrType), name, []);

    [Fact]
    public void Of_a_correction_are_those_of_the_report_and_a_reason()
    {
        MembersOf("insats.corrected.v1").ShouldBe([.. MembersOf("insats.carried-out.v1"), "reason"]);
        MembersOf("forum.meeting-corrected.v1").ShouldBe([.. MembersOf("forum.meeting-held.v1"), "reason"]);
    }

    [Fact]
    public void Define_the_same_words_the_same_way()
    {
        var definitions = EventCatalogue.All
            .Where(type => Text(type.Name).TryGetProperty("$defs", out _))
            .SelectMany(type => Text(type.Name).GetProperty("$defs").EnumerateObject())
            .GroupBy(definition => definition.Name, definition => definition.Value.GetRawText());

        foreach (var definition in definitions)
            definition.Distinct().Count().ShouldBe(1, definition.Key);
    }

    [Fact]
    public void Let_the_shipped_definitions_and_the_demonstration_year_through()
    {
        var folder = Path.Combine(Tidy.House.Root, "deploy", "loften");
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
            Sample.Type("lofte.given.v1").Schema.Check(Parsed(File.ReadAllText(file))).ShouldBeEmpty(file);

        var lines = Directory.EnumerateFiles(folder, "*.ndjson").SelectMany(File.ReadLines).Select(Parsed).ToList();
        lines.ShouldNotBeEmpty();
        foreach (var said in lines)
        {
            var type = Sample.Type(said.GetProperty("type").GetString()!["se.lofteevents.".Length..]);
            type.Schema.Check(said.GetProperty("data")).ShouldBeEmpty(said.GetRawText());
        }
    }

    /// <summary>Intake takes thousands of events a second: checking one may leave nothing behind for the collector.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Pass_a_valid_payload_without_allocating(string name)
    {
        var schema = Sample.Type(name).Schema;
        var payload = Parsed(File.ReadAllText(Sample.GoldenFile(name)));
        for (var i = 0; i < 200; i++)
            schema.IsValid(payload).ShouldBeTrue();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var valid = schema.IsValid(payload);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        valid.ShouldBeTrue();
        allocated.ShouldBe(0);
    }

    /// <summary>Walks a schema and the type that it describes side by side.</summary>
    private static void Compare(JsonElement root, JsonElement schema, JsonTypeInfo type, string at, HashSet<Type> seen)
    {
        schema = Resolved(root, schema);
        if (type.Kind == JsonTypeInfoKind.Enumerable && schema.TryGetProperty("items", out var items))
        {
            Compare(root, items, Info(type.ElementType!), at + "[]", seen);
        }
        else if (type.PolymorphismOptions is { } family)
        {
            CompareForms(root, schema, family, at, seen);
        }
        else if (type.Kind == JsonTypeInfoKind.Object && seen.Add(type.Type))
        {
            // A constant tells the form, and is no member of the type; what is sealed is taken out before anything is stored.
            var described = schema.GetProperty("properties").EnumerateObject()
                .Where(member => !member.Value.TryGetProperty("const", out _) && member.Name != "sealed")
                .ToDictionary(member => member.Name, member => member.Value);
            var read = type.Properties.Where(member => member.Get is not null)
                .ToDictionary(member => member.Name, member => Info(member.PropertyType));
            described.Keys.ShouldBe(read.Keys, ignoreOrder: true, at);
            foreach (var (name, member) in read)
                Compare(root, described[name], member, $"{at}/{name}", seen);
        }
    }

    /// <summary>Every form of a family is allowed where any is, but as evidence, which is counted.</summary>
    private static void CompareForms(
        JsonElement root, JsonElement schema, JsonPolymorphismOptions family, string at, HashSet<Type> seen)
    {
        var isChoice = schema.TryGetProperty("oneOf", out var oneOf);
        var forms = (isChoice ? oneOf.EnumerateArray().ToList() : [schema]).ConvertAll(form => Resolved(root, form));
        var names = forms.ConvertAll(form => form.GetProperty("properties").GetProperty(family.TypeDiscriminatorPropertyName)
            .GetProperty("const").GetString());
        if (!at.EndsWith("/evidence", StringComparison.Ordinal))
            names.ShouldBe(family.DerivedTypes.Select(derived => derived.TypeDiscriminator as string), ignoreOrder: true, at);

        foreach (var (name, form) in names.Zip(forms))
        {
            var derived = family.DerivedTypes.Single(derived => name!.Equals(derived.TypeDiscriminator));
            Compare(root, form, Info(derived.DerivedType), $"{at}({name})", seen);
        }
    }

    /// <summary>The definition inside an event is read by rules of its own.</summary>
    private static JsonTypeInfo Info(Type type)
    {
        var read = type == typeof(LofteGiven) ? typeof(LofteDefinition) : type;
        var infos = new[] { EventsJson.Default.GetTypeInfo(read), LofteJson.Default.GetTypeInfo(read) }
            .OfType<JsonTypeInfo>().ToList();
        return infos.Find(info => info.Kind != JsonTypeInfoKind.None) ?? infos[0];
    }

    private static JsonElement Resolved(JsonElement root, JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
            schema = root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);

        return schema;
    }

    private static IEnumerable<(string Pointer, JsonElement Schema)> Subschemas(JsonElement schema, string at)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            yield break;

        yield return (at, schema);
        foreach (var group in Groups.Where(group => schema.TryGetProperty(group, out _)))
        {
            foreach (var found in schema.GetProperty(group).EnumerateObject()
                .SelectMany(member => Subschemas(member.Value, $"{at}/{group}/{member.Name}")))
                yield return found;
        }

        foreach (var found in schema.TryGetProperty("items", out var items) ? Subschemas(items, at + "/items") : [])
            yield return found;
        foreach (var found in schema.TryGetProperty("oneOf", out var forms)
            ? forms.EnumerateArray().SelectMany((form, index) => Subschemas(form, $"{at}/oneOf/{index}"))
            : [])
            yield return found;
        foreach (var found in schema.TryGetProperty("additionalProperties", out var more)
            ? Subschemas(more, at + "/additionalProperties")
            : [])
            yield return found;
    }

    private static List<string> MembersOf(string name) =>
        [.. Text(name).GetProperty("properties").EnumerateObject().Select(member => member.Name)];

    private static JsonElement Text(string name) => JsonDocument.Parse(Sample.Type(name).Schema.Text).RootElement;

    private static JsonElement Parsed(string json) => JsonDocument.Parse(json).RootElement;
}
