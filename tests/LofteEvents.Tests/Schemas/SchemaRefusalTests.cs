using System.Text;
using LofteEvents.Schemas;

namespace LofteEvents.Tests.Schemas;

/// <summary>
/// A schema that is not understood whole is refused when it is loaded: a keyword passed over would be a check not made.
/// </summary>
public class A_json_schema_is_refused
{
    [Theory]
    [InlineData("""{"typ":"string"}""", "/typ")]
    [InlineData("""{"unevaluatedProperties":false}""", "/unevaluatedProperties")]
    [InlineData("""{"properties":{"a":{"multipleOf":2}}}""", "/properties/a/multipleOf")]
    [InlineData("""{"$defs":{"a/b":{"contains":true}}}""", "/$defs/a~1b/contains")]
    [InlineData("""{"items":{"$defs":{}}}""", "/items/$defs")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#"}""", "/$schema")]
    [InlineData("""{"type":"text"}""", "/type")]
    [InlineData("""{"type":"String"}""", "/type")]
    [InlineData("""{"type":"string,null"}""", "/type")]
    [InlineData("""{"type":[1]}""", "/type")]
    [InlineData("""{"type":1}""", "/type")]
    [InlineData("""{"enum":[]}""", "/enum")]
    [InlineData("""{"enum":"a"}""", "/enum")]
    [InlineData("""{"enum":["a"],"const":"a"}""", "/enum")]
    [InlineData("""{"minLength":-1}""", "/minLength")]
    [InlineData("""{"minLength":1.5}""", "/minLength")]
    [InlineData("""{"maximum":"1"}""", "/maximum")]
    [InlineData("""{"uniqueItems":"yes"}""", "/uniqueItems")]
    [InlineData("""{"required":"a"}""", "/required")]
    [InlineData("""{"required":[1]}""", "/required")]
    [InlineData("""{"required":["a","a"]}""", "/required")]
    [InlineData("""{"properties":[]}""", "/properties")]
    [InlineData("""{"properties":{"a":1}}""", "/properties/a")]
    [InlineData("""{"oneOf":[]}""", "/oneOf")]
    [InlineData("""{"anyOf":{}}""", "/anyOf")]
    [InlineData("""{"then":{}}""", "/then")]
    [InlineData("""{"else":{}}""", "/else")]
    [InlineData("""{"format":"email"}""", "/format")]
    [InlineData("""{"pattern":"["}""", "/pattern")]
    [InlineData("""{"pattern":"\\d"}""", "/pattern")]
    [InlineData("""{"pattern":"a\\"}""", "/pattern")]
    [InlineData("""{"pattern":"(?i)a"}""", "/pattern")]
    [InlineData("""{"pattern":"(?=a)"}""", "/pattern")]
    [InlineData("""{"pattern":"(a)\\1"}""", "/pattern")]
    [InlineData("""{"patternProperties":{"\\w":true}}""", "/patternProperties")]
    [InlineData("""{"$ref":"#/$defs/a"}""", "")]
    [InlineData("""{"$ref":"#/properties/a"}""", "")]
    [InlineData("""{"$ref":"other.json#/$defs/a","$defs":{"a":true}}""", "")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"allOf":[{"$ref":"#/$defs/a"}]}}}""", "")]
    [InlineData("""{"$defs":{"a":{"not":{"$ref":"#/$defs/a"}}}}""", "/$defs/a")]
    [InlineData("[]", "")]
    [InlineData("{", "")]
    [InlineData("""{"type":"string","type":"string"}""", "")]
    public void With_the_place_of_what_is_not_understood(string schema, string pointer)
    {
        var refusal = Should.Throw<JsonSchemaException>(() => JsonSchema.Parse(Encoding.UTF8.GetBytes(schema)));

        refusal.Pointer.ShouldBe(pointer);
        refusal.Message.ShouldContain($"#{pointer}'");
    }

    [Fact]
    public void With_more_required_members_than_can_be_counted_off()
    {
        static byte[] Requiring(int count) =>
            Encoding.UTF8.GetBytes($"{{\"required\":[{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"m{i}\""))}]}}");

        Should.Throw<JsonSchemaException>(() => JsonSchema.Parse(Requiring(65))).Pointer.ShouldBe("/required");
        var most = JsonSchema.Parse(Requiring(64));
        var all = $$"""{{{string.Join(',', Enumerable.Range(0, 64).Select(i => $"\"m{i}\":1"))}}}""";
        most.IsValid(System.Text.Json.JsonDocument.Parse(all).RootElement).ShouldBeTrue();
        most.IsValid(System.Text.Json.JsonDocument.Parse(all.Replace("\"m63\"", "\"n\"", StringComparison.Ordinal)).RootElement)
            .ShouldBeFalse();
    }
}
