using System.Text;
using System.Text.Json;
using LofteEvents.Schemas;

namespace LofteEvents.Tests.Schemas;

/// <summary>Each fault says what is wrong, where, and what to do.</summary>
public class Faults_of_a_document
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "\"x\"", "", "'x' is a string, where an integer belongs.")]
    [InlineData("""{"type":["integer","null"]}""", "{}", "", "What stands here is an object, where null or an integer belongs.")]
    [InlineData("""{"enum":["a",1]}""", "\"b\"", "", "'b' is none of 'a', 1; take one of them.")]
    [InlineData("""{"const":"a"}""", "\"b\"", "", "'b' stands where only 'a' may.")]
    [InlineData("""{"minimum":1}""", "0", "", "0 is less than 1, the least that is allowed.")]
    [InlineData("""{"maximum":1}""", "2", "", "2 is more than 1, the most that is allowed.")]
    [InlineData("""{"minLength":1}""", "\"\"", "", "This text is empty; say something here.")]
    [InlineData("""{"minLength":3}""", "\"ab\"", "", "This text has 2 characters; at least 3 are needed.")]
    [InlineData("""{"maxLength":1}""", "\"ab\"", "", "This text has 2 characters; at most 1 are allowed.")]
    [InlineData("""{"pattern":"^a$","description":"The letter a. Nothing else."}""", "\"b\"", "",
        "'b' does not have the form that belongs here: The letter a.")]
    [InlineData("""{"pattern":"^a$"}""", "\"b\"", "", "'b' does not have the form that belongs here: ^a\\z.")]
    [InlineData("""{"format":"uuid"}""", "\"b\"", "", "This value is not a UUID, such as 0f8fad5b-d9cb-469f-a165-70867728950e.")]
    [InlineData("""{"required":["a"]}""", "{}", "/a", "'a' is missing; add it.")]
    [InlineData("""{"required":["a"],"properties":{"a":{"description":"The first letter."}}}""", "{}", "/a",
        "'a' is missing; add it (The first letter).")]
    [InlineData("""{"additionalProperties":false}""", """{"a/b~":1}""", "/a~1b~0", "'a/b~' is not known here; take it out.")]
    [InlineData("""{"properties":{"targetGroup":true},"additionalProperties":false}""", """{"targetgroup":1}""", "/targetgroup",
        "'targetgroup' is not known here; was 'targetGroup' meant?")]
    [InlineData("""{"properties":{"kind":true,"find":true},"additionalProperties":false}""", """{"kin":1}""", "/kin",
        "'kin' is not known here; was 'kind' meant?")]
    [InlineData("""{"maxProperties":0}""", """{"a":1}""", "", "This object has 1 members; at most 0 are allowed.")]
    [InlineData("""{"minItems":1}""", "[]", "", "This list has 0 items; at least 1 are needed.")]
    [InlineData("""{"items":{"type":"integer"}}""", "[1,\"x\"]", "/1", "'x' is a string, where an integer belongs.")]
    [InlineData("""{"uniqueItems":true}""", "[1,2,1]", "/2",
        "This item is the same as item 0 (counted from 0); keep one of them.")]
    [InlineData("""{"prefixItems":[true],"items":false}""", "[1,2]", "/1", "This list may have 1 items only; take this one out.")]
    [InlineData("""{"not":{"description":"A zero"}}""", "0", "", "What stands here may not: A zero.")]
    [InlineData("""{"not":true}""", "0", "", "0 may not stand here; change it.")]
    [InlineData("false", "0", "", "Nothing may stand here; take it out.")]
    [InlineData("""{"properties":{"a":false}}""", """{"a":1}""", "/a", "Nothing may stand here; take it out.")]
    [InlineData("""{"if":{"required":["a"]},"then":{"required":["b"]}}""", """{"a":1}""", "/b", "'b' is missing; add it.")]
    public void Say_one_thing_in_one_place(string schema, string document, string pointer, string detail) =>
        Check(schema, document).ShouldBe([new Fault(pointer, detail)]);

    [Fact]
    public void Are_all_named_at_once()
    {
        const string schema = """
            {"type":"object","required":["kind","place"],"additionalProperties":false,"properties":{
              "kind":{"type":"string","maxLength":3},
              "place":{"type":"object","required":["area"],"properties":{"area":{"type":"string"}}},
              "tags":{"type":"array","items":{"pattern":"^[a-z]+$"}}}}
            """;

        var faults = Check(schema, """{"kind":"long","place":{"area":1},"tags":["ok","NO","Nej"],"extra":true}""");

        faults.Select(fault => fault.Pointer).ShouldBe(["/kind", "/place/area", "/tags/1", "/tags/2", "/extra"]);
    }

    [Fact]
    public void Of_a_wrong_type_are_not_followed_by_all_that_the_type_would_lack() =>
        Check("""{"type":"string","enum":["a"],"minLength":1}""", "1").ShouldHaveSingleItem();

    [Fact]
    public void Of_a_text_that_is_too_long_say_nothing_of_its_form() =>
        Check("""{"maxLength":2,"pattern":"^a*$","format":"date"}""", "\"bbb\"").ShouldHaveSingleItem();

    private const string Shapes = """
        {"oneOf":[
          {"type":"object","required":["shape","radius"],"properties":{"shape":{"const":"circle"},"radius":{"type":"integer"}}},
          {"type":"object","required":["shape","side"],
           "properties":{"shape":{"enum":["square","cube"]},"side":{"type":"integer"}}}]}
        """;

    [Theory]
    [InlineData("""{"shape":"circle","radius":"x"}""", "/radius", "'x' is a string, where an integer belongs.")]
    [InlineData("""{"shape":"cube"}""", "/side", "'side' is missing; add it.")]
    [InlineData("""{"shape":"oval"}""", "/shape", "'oval' is none of 'circle', 'square', 'cube'; take one of them.")]
    [InlineData("{}", "/shape", "'shape' is missing; it tells which form this is: 'circle', 'square', 'cube'.")]
    [InlineData("1", "", "1 is a number, where an object belongs.")]
    public void Are_those_of_the_form_that_was_meant(string document, string pointer, string detail) =>
        Check(Shapes, document).ShouldBe([new Fault(pointer, detail)]);

    [Fact]
    public void Are_those_of_the_form_of_the_same_type() =>
        Check("""{"oneOf":[{"type":"integer","minimum":1},{"type":"string","pattern":"^[0-9]$"}]}""", "0")
            .ShouldBe([new Fault("", "0 is less than 1, the least that is allowed.")]);

    [Fact]
    public void Are_those_of_the_closest_form_where_nothing_tells_them_apart()
    {
        var faults = Check(
            """
            {"anyOf":[{"title":"named","required":["name","born"]},{"title":"numbered","required":["number"]}]}
            """,
            "{}");

        faults.ShouldBe(
        [
            new Fault(
                "",
                "This fits none of the 2 forms that are allowed here (named, numbered); the closest one's faults follow."),
            new Fault("/number", "'number' is missing; add it."),
        ]);
    }

    [Fact]
    public void Say_when_more_than_one_form_fits() =>
        Check("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "3").ShouldHaveSingleItem().Detail
            .ShouldBe("This fits 2 of the forms that are allowed here, and must fit one; take out what is too much.");

    [Fact]
    public void Never_quote_what_is_only_to_be_written()
    {
        const string schema = """
            {"properties":{
              "sealed":{"writeOnly":true,"properties":{"personalNumber":{"pattern":"^[0-9]+$"}}},
              "open":{"type":"null"}}}
            """;

        var faults = Check(schema, """{"sealed":{"personalNumber":"Kalle"},"open":"Anka"}""");

        faults[0].Detail.ShouldStartWith("This value does not have the form");
        faults[1].Detail.ShouldStartWith("'Anka' is a string");
    }

    [Fact]
    public void Quote_long_values_in_part()
    {
        var detail = Check("""{"type":"null"}""", $"\"{new string('x', 37)}👮👮\"").ShouldHaveSingleItem().Detail;

        detail.ShouldBe($"'{new string('x', 37)}👮… is a string, where null belongs.");
    }

    [Fact]
    public void Are_a_hundred_at_most() =>
        Check("""{"items":{"type":"string"}}""", $"[{string.Join(',', Enumerable.Repeat("1", 1000))}]").Count.ShouldBe(100);

    private static IReadOnlyList<Fault> Check(string schema, string document) =>
        JsonSchema.Parse(Encoding.UTF8.GetBytes(schema)).Check(JsonDocument.Parse(document).RootElement);
}
