namespace LofteEvents.Tests;

public class A_json_pointer
{
    [Fact]
    public void Leads_to_members_and_items() =>
        JsonPointer.Item(JsonPointer.Member(JsonPointer.Member("", "data"), "tags"), 2).ShouldBe("/data/tags/2");

    [Fact]
    public void Escapes_what_would_mean_another_place() => JsonPointer.Member("", "a/b~c").ShouldBe("/a~1b~0c");

    [Theory]
    [InlineData("", "#")]
    [InlineData("/data/kind", "#/data/kind")]
    [InlineData("/1/data/kind", "#/1/data/kind")]
    [InlineData("/a~1b", "#/a~1b")]
    [InlineData("/a b", "#/a%20b")]
    [InlineData("/å", "#/%C3%A5")]
    [InlineData("/👮\"%<", "#/%F0%9F%91%AE%22%25%3C")]
    public void Is_written_as_a_fragment(string pointer, string fragment) => JsonPointer.ToFragment(pointer).ShouldBe(fragment);
}
