using System.Text.Json;

namespace LofteEvents.Tests;

public sealed class Differences_of_JSON
{
    [Theory]
    [InlineData("""{"a":1,"b":[1,{"c":"å"}]}""", """{ "b": [1.0, {"c": "\u00e5"}], "a": 1e0 }""")]
    [InlineData("[]", "[]")]
    [InlineData("null", "null")]
    [InlineData("12345678901234567890123456789012345", "12345678901234567890123456789012345")]
    public void The_order_of_members_and_the_spelling_of_values_are_none(string one, string other) =>
        Between(one, other).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"a":{"b":[1,2]}}""", """{"a":{"b":[1,3]}}""", "/a/b/1", "2", "3")]
    [InlineData("""{"a/b":1}""", "{}", "/a~1b", "1", null)]
    [InlineData("{}", """{"a":null}""", "/a", null, "null")]
    [InlineData("[1]", "[1,[2]]", "/1", null, "[2]")]
    [InlineData("[1,2]", "[1]", "/1", "2", null)]
    [InlineData("true", "false", "", "true", "false")]
    [InlineData("\"1\"", "1", "", "\"1\"", "1")]
    [InlineData("0.1", "0.10000000000000001", "", "0.1", "0.10000000000000001")]
    public void The_innermost_place_is_named_with_both_values(
        string one, string other, string pointer, string? there, string? otherThere) =>
        Between(one, other).ShouldBe([new JsonDifference(pointer, there, otherThere)]);

    private static List<JsonDifference> Between(string one, string other)
    {
        using var ones = JsonDocument.Parse(one);
        using var others = JsonDocument.Parse(other);
        return [.. JsonDifference.Between(ones.RootElement, others.RootElement)];
    }
}
