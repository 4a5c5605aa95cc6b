using System.Text;
using System.Text.Json;
using LofteEvents.Schemas;

namespace LofteEvents.Tests.Schemas;

/// <summary>What each keyword means, by JSON Schema 2020-12.</summary>
public class A_json_schema
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "1", true)]
    [InlineData("""{"type":"integer"}""", "1.0", true)]
    [InlineData("""{"type":"integer"}""", "1.5", false)]
    [InlineData("""{"type":"integer"}""", "1e2", true)]
    [InlineData("""{"type":"integer"}""", "125e-2", false)]
    [InlineData("""{"type":"integer"}""", "1200e-2", true)]
    [InlineData("""{"type":"integer"}""", "0e-5", true)]
    [InlineData("""{"type":"integer"}""", "1.25e400", true)]
    [InlineData("""{"type":"integer"}""", "1e-400", false)]
    [InlineData("""{"type":"integer"}""", "\"1\"", false)]
    [InlineData("""{"type":"number"}""", "1", true)]
    [InlineData("""{"type":"number"}""", "1.5", true)]
    [InlineData("""{"type":"number"}""", "true", false)]
    [InlineData("""{"type":"string"}""", "\"\"", true)]
    [InlineData("""{"type":"string"}""", "1", false)]
    [InlineData("""{"type":"object"}""", "{}", true)]
    [InlineData("""{"type":"object"}""", "[]", false)]
    [InlineData("""{"type":"array"}""", "[]", true)]
    [InlineData("""{"type":"array"}""", "{}", false)]
    [InlineData("""{"type":"boolean"}""", "false", true)]
    [InlineData("""{"type":"boolean"}""", "0", false)]
    [InlineData("""{"type":"boolean"}""", "null", false)]
    [InlineData("""{"type":"null"}""", "null", true)]
    [InlineData("""{"type":"null"}""", "false", false)]
    [InlineData("""{"type":["integer","null"]}""", "null", true)]
    [InlineData("""{"type":["integer","null"]}""", "\"null\"", false)]
    public void Judges_by_type(string schema, string document, bool valid) => Judge(schema, document, valid);

    [Theory]
    [InlineData("""{"const":1}""", "1.0", true)]
    [InlineData("""{"const":1}""", "true", false)]
    [InlineData("""{"const":{"a":1,"b":[2]}}""", """{"b":[2],"a":1}""", true)]
    [InlineData("""{"const":{"a":1,"b":[2]}}""", """{"b":[2,3],"a":1}""", false)]
    [InlineData("""{"const":"é"}""", "\"\\u00e9\"", true)]
    [InlineData("""{"enum":["a","b",null]}""", "null", true)]
    [InlineData("""{"enum":["a","b",null]}""", "\"b\"", true)]
    [InlineData("""{"enum":["a","b",null]}""", "\"c\"", false)]
    public void Judges_by_values(string schema, string document, bool valid) => Judge(schema, document, valid);

    [Theory]
    [InlineData("""{"minimum":1,"maximum":3}""", "1", true)]
    [InlineData("""{"minimum":1,"maximum":3}""", "3", true)]
    [InlineData("""{"minimum":1,"maximum":3}""", "0.9999999999999999999999", false)]
    [InlineData("""{"minimum":1,"maximum":3}""", "3.0000000000000000000001", false)]
    [InlineData("""{"minimum":1,"maximum":3}""", "1e400", false)]
    [InlineData("""{"minimum":1,"maximum":3}""", "-1e400", false)]
    [InlineData("""{"minimum":1,"maximum":3}""", "\"9\"", true)]
    [InlineData("""{"maximum":9007199254740991}""", "9007199254740992", false)]
    public void Judges_by_limits(string schema, string document, bool valid) => Judge(schema, document, valid);

    [Theory]
    [InlineData("""{"minLength":2,"maxLength":3}""", "\"é\"", false)]
    [InlineData("""{"minLength":2,"maxLength":3}""", "\"éé\"", true)]
    [InlineData("""{"minLength":2,"maxLength":3}""", "\"👮👮👮\"", true)]
    [InlineData("""{"minLength":2,"maxLength":3}""", "\"👮👮👮👮\"", false)]
    [InlineData("""{"minLength":2,"maxLength":3}""", "\"\\ud83d\\udc6e\"", false)]
    [InlineData("""{"minLength":2,"maxLength":3}""", "\"\\u00e9\\n\"", true)]
    [InlineData("""{"minLength":2,"maxLength":3}""", "1", true)]
    public void Counts_the_characters_of_a_text_and_not_its_bytes_or_code_units(string schema, string document, bool valid) =>
        Judge(schema, document, valid);

    [Theory]
    [InlineData("""{"pattern":"b+"}""", "\"abba\"", true)]
    [InlineData("""{"pattern":"b+"}""", "\"aca\"", false)]
    [InlineData("""{"pattern":"^[a-z]+$"}""", "\"abc\"", true)]
    [InlineData("""{"pattern":"^[a-z]+$"}""", "\"abc\\n\"", false)]
    [InlineData("""{"pattern":"^[$]$"}""", "\"$\"", true)]
    [InlineData("""{"pattern":"^\\$$"}""", "\"$\"", true)]
    [InlineData("""{"pattern":"^[i]$"}""", "\"İ\"", false)]
    [InlineData("""{"pattern":"^a"}""", "1", true)]
    public void Searches_for_a_pattern_anywhere_with_the_anchors_of_ECMA_262(string schema, string document, bool valid) =>
        Judge(schema, document, valid);

    [Theory]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"a":1,"b":"x"}""", true)]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"a":"x"}""", false)]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"\u0061":"x"}""", false)]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", "[]", true)]
    [InlineData("""{"properties":{"a":false}}""", """{"a":1}""", false)]
    [InlineData("""{"properties":{"a":false}}""", "{}", true)]
    [InlineData("""{"required":["a","b"]}""", """{"b":1,"a":null}""", true)]
    [InlineData("""{"required":["a","b"]}""", """{"a":1}""", false)]
    [InlineData("""{"required":["a"]}""", """{"\u0061":1}""", true)]
    [InlineData("""{"required":["a"]}""", "\"a\"", true)]
    [InlineData("""{"properties":{"a":true},"additionalProperties":false}""", """{"a":1}""", true)]
    [InlineData("""{"properties":{"a":true},"additionalProperties":false}""", """{"a":1,"b":1}""", false)]
    [InlineData("""{"properties":{"a":true},"additionalProperties":{"type":"integer"}}""", """{"a":"x","b":1}""", true)]
    [InlineData("""{"properties":{"a":true},"additionalProperties":{"type":"integer"}}""", """{"b":"x"}""", false)]
    [InlineData("""{"additionalProperties":false}""", "{}", true)]
    [InlineData("""{"additionalProperties":false,"required":["a"]}""", """{"a":1}""", false)]
    [InlineData("""{"patternProperties":{"^x":{"type":"integer"}}}""", """{"x1":1,"y":"y"}""", true)]
    [InlineData("""{"patternProperties":{"^x":{"type":"integer"}}}""", """{"x1":"y"}""", false)]
    [InlineData("""{"patternProperties":{"^x":{"type":"integer"}}}""", """{"\u0078":"y"}""", false)]
    [InlineData("""{"patternProperties":{"^x":true},"additionalProperties":false}""", """{"x1":1,"y":2}""", false)]
    [InlineData("""{"patternProperties":{"^x":{"minimum":1},"y$":{"maximum":2}}}""", """{"xy":3}""", false)]
    [InlineData("""{"properties":{"x":{"minimum":1}},"patternProperties":{"^x":{"maximum":2}}}""", """{"x":3}""", false)]
    [InlineData("""{"propertyNames":{"maxLength":2}}""", """{"ab":1}""", true)]
    [InlineData("""{"propertyNames":{"maxLength":2}}""", """{"abc":1}""", false)]
    [InlineData("""{"propertyNames":{"enum":["å"]}}""", """{"å":1}""", true)]
    [InlineData("""{"minProperties":1,"maxProperties":2}""", "{}", false)]
    [InlineData("""{"minProperties":1,"maxProperties":2}""", """{"a":1,"b":2}""", true)]
    [InlineData("""{"minProperties":1,"maxProperties":2}""", """{"a":1,"b":2,"c":3}""", false)]
    public void Judges_by_members(string schema, string document, bool valid) => Judge(schema, document, valid);

    [Theory]
    [InlineData("""{"items":{"type":"integer"}}""", "[1,2]", true)]
    [InlineData("""{"items":{"type":"integer"}}""", "[1,\"2\"]", false)]
    [InlineData("""{"items":{"type":"integer"}}""", "{\"0\":\"x\"}", true)]
    [InlineData("""{"prefixItems":[{"type":"integer"},{"type":"string"}]}""", "[1]", true)]
    [InlineData("""{"prefixItems":[{"type":"integer"},{"type":"string"}]}""", "[1,2]", false)]
    [InlineData("""{"prefixItems":[{"type":"integer"}],"items":{"type":"string"}}""", "[1,\"a\",\"b\"]", true)]
    [InlineData("""{"prefixItems":[{"type":"integer"}],"items":{"type":"string"}}""", "[1,2]", false)]
    [InlineData("""{"prefixItems":[{"type":"integer"}],"items":false}""", "[1]", true)]
    [InlineData("""{"prefixItems":[{"type":"integer"}],"items":false}""", "[1,2]", false)]
    [InlineData("""{"minItems":1,"maxItems":2}""", "[]", false)]
    [InlineData("""{"minItems":1,"maxItems":2}""", "[1,2]", true)]
    [InlineData("""{"minItems":1,"maxItems":2}""", "[1,2,3]", false)]
    [InlineData("""{"uniqueItems":true}""", "[1,2]", true)]
    [InlineData("""{"uniqueItems":true}""", "[1,1.0]", false)]
    [InlineData("""{"uniqueItems":true}""", "[1,true]", true)]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1,"b":2},{"b":2,"a":1}]""", false)]
    [InlineData("""{"uniqueItems":true}""", """["a","\u0061"]""", false)]
    [InlineData("""{"uniqueItems":false}""", "[1,1]", true)]
    public void Judges_by_items(string schema, string document, bool valid) => Judge(schema, document, valid);

    [Theory]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":2}]}""", "2", true)]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":2}]}""", "3", false)]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":2}]}""", "2", true)]
    [InlineData("""{"anyOf":[{"minimum":1},{"minimum":2}]}""", "3", true)]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":2}]}""", "1", false)]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "1", true)]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "2", false)]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "0", false)]
    [InlineData("""{"not":{"type":"string"}}""", "1", true)]
    [InlineData("""{"not":{"type":"string"}}""", "\"1\"", false)]
    [InlineData("""{"if":{"minimum":10},"then":{"maximum":20},"else":{"minimum":5}}""", "15", true)]
    [InlineData("""{"if":{"minimum":10},"then":{"maximum":20},"else":{"minimum":5}}""", "25", false)]
    [InlineData("""{"if":{"minimum":10},"then":{"maximum":20},"else":{"minimum":5}}""", "7", true)]
    [InlineData("""{"if":{"minimum":10},"then":{"maximum":20},"else":{"minimum":5}}""", "3", false)]
    [InlineData("""{"if":{"minimum":10},"else":{"minimum":5}}""", "25", true)]
    [InlineData("""{"$ref":"#/$defs/a","maximum":5,"$defs":{"a":{"minimum":1}}}""", "3", true)]
    [InlineData("""{"$ref":"#/$defs/a","maximum":5,"$defs":{"a":{"minimum":1}}}""", "0", false)]
    [InlineData("""{"$ref":"#/$defs/a","maximum":5,"$defs":{"a":{"minimum":1}}}""", "6", false)]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"properties":{"next":{"$ref":"#/$defs/a"}},"required":["v"]}}}""",
        """{"v":1,"next":{"v":2}}""", true)]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"properties":{"next":{"$ref":"#/$defs/a"}},"required":["v"]}}}""",
        """{"v":1,"next":{"next":{"v":2}}}""", false)]
    public void Judges_by_several_schemas_at_once(string schema, string document, bool valid) => Judge(schema, document, valid);

    [Theory]
    [InlineData(Shapes, """{"shape":"circle","radius":1}""", true)]
    [InlineData(Shapes, """{"shape":"square","side":1}""", true)]
    [InlineData(Shapes, """{"shape":"square","radius":1}""", false)]
    [InlineData(Shapes, """{"shape":"oval","radius":1}""", false)]
    [InlineData(Shapes, """{"radius":1}""", false)]
    [InlineData(Shapes, "1", false)]
    public void Judges_by_the_form_that_a_member_tells(string schema, string document, bool valid) =>
        Judge(schema, document, valid);

    [Theory]
    [InlineData("true", "1", true)]
    [InlineData("false", "1", false)]
    [InlineData("""{"title":"t","description":"d","examples":[1],"default":1,"$comment":"c","deprecated":true}""", "\"x\"", true)]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"/a"}""", "1", true)]
    public void Judges_nothing_by_annotations(string schema, string document, bool valid) => Judge(schema, document, valid);

    private const string Shapes = """
        {"oneOf":[{"$ref":"#/$defs/circle"},
          {"type":"object","required":["shape","side"],"properties":{"shape":{"const":"square"},"side":{"type":"integer"}},
           "additionalProperties":false}],
         "$defs":{"circle":{"type":"object","required":["shape","radius"],
           "properties":{"shape":{"const":"circle"},"radius":{"type":"integer"}},"additionalProperties":false}}}
        """;

    [Fact]
    public void Finds_equal_items_among_many()
    {
        var schema = JsonSchema.Parse("""{"uniqueItems":true}"""u8.ToArray());
        var different = string.Join(',', Enumerable.Range(0, 500).Select(i => $$"""{"a":{{i}},"b":[null,true,"{{i}}"]}"""));

        schema.IsValid(Parsed($"[{different}]")).ShouldBeTrue();

        schema.Check(Parsed($$"""[{{different}},{"b":[null,true,"7"],"a":7.0}]""")).ShouldHaveSingleItem()
            .ShouldBe(new Fault("/500", "This item is the same as item 7 (counted from 0); keep one of them."));
    }

    private static void Judge(string schema, string document, bool valid)
    {
        var compiled = JsonSchema.Parse(Encoding.UTF8.GetBytes(schema));
        var value = Parsed(document);

        compiled.IsValid(value).ShouldBe(valid);
        (compiled.Check(value).Count == 0).ShouldBe(valid);
    }

    private static JsonElement Parsed(string json) => JsonDocument.Parse(json).RootElement;
}
