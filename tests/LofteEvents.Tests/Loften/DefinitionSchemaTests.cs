using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class The_schema_of_a_definition
{
    private static readonly JsonElement Given = Definitions("lofte.given.v1");

    [Fact]
    public void Is_the_same_where_a_promise_is_given_and_where_it_is_amended()
    {
        var amended = Definitions("lofte.amended.v1");
        foreach (var definition in Given.EnumerateObject())
            JsonElement.DeepEquals(definition.Value, amended.GetProperty(definition.Name)).ShouldBeTrue(definition.Name);
    }

    [Fact]
    public void Has_a_file_of_its_own_that_says_what_a_given_promise_must_be()
    {
        var own = JsonDocument.Parse(DefinitionSchema.Schema.Text).RootElement;
        own.GetProperty("$id").GetString().ShouldBe("/api/v1/schemas/lofte.definition.v1");
        foreach (var member in JsonDocument.Parse(Sample.Type("lofte.given.v1").Schema.Text).RootElement.EnumerateObject())
        {
            if (member.Name is not ("$id" or "title" or "description"))
                JsonElement.DeepEquals(member.Value, own.GetProperty(member.Name)).ShouldBeTrue(member.Name);
        }

        foreach (var id in Corpus.Ids)
            DefinitionSchema.Schema.Check(Corpus.Parsed(id)).ShouldBeEmpty(id);
    }

    [Fact]
    public void Names_the_shapes_and_divisions_that_work_and_no_other()
    {
        var rules = Given.GetProperty("rule").GetProperty("oneOf").EnumerateArray()
            .Select(rule => rule.GetProperty("$ref").GetString()!["#/$defs/".Length..])
            .Select(name => Given.GetProperty(name).GetProperty("title").GetString());
        rules.ShouldBe(Named(typeof(Rule)), ignoreOrder: true);
        Given.GetProperty("division").GetProperty("oneOf").EnumerateArray()
            .Select(division => division.GetProperty("title").GetString())
            .ShouldBe(Named(typeof(Division)), ignoreOrder: true);
    }

    [Theory]
    [InlineData("""{"shape":"census","select":{"type":"insats"},"atLeast":1}""", "/commitments/0/rule/shape")]
    [InlineData("""{"select":{"type":"insats"},"atLeast":1}""", "/commitments/0/rule/shape")]
    [InlineData("""{"shape":"count","select":{"type":"planned-insats"},"atLeast":1}""", "/commitments/0/rule/select/type")]
    [InlineData("""{"shape":"count","select":{"type":"insats"},"atleast":1}""", "/commitments/0/rule/atleast")]
    [InlineData("""{"shape":"deliverable","deliverable":"Ett råd.","by":"2018-02-30"}""", "/commitments/0/rule/by")]
    public void Refuses_what_cannot_be_judged_at_its_place(string rule, string pointer)
    {
        var definition = JsonSerializer.SerializeToNode(A.Promise(A.Count(1)), LofteJson.Default.LofteDefinition)!;
        definition["commitments"]![0]!["rule"] = System.Text.Json.Nodes.JsonNode.Parse(rule);
        Sample.Type("lofte.given.v1").Schema.Check(JsonSerializer.SerializeToElement(definition))
            .ShouldHaveSingleItem().Pointer.ShouldBe(pointer);
    }

    private static JsonElement Definitions(string name) =>
        JsonDocument.Parse(Sample.Type(name).Schema.Text).RootElement.GetProperty("$defs");

    private static IEnumerable<string> Named(Type family) =>
        family.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => (string)derived.TypeDiscriminator!);
}
