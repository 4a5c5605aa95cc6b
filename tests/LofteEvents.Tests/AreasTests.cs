using System.Text;

namespace LofteEvents.Tests;

public class Areas_of_a_deployment
{
    [Fact]
    public void Include_what_lies_inside()
    {
        var areas = Sample.Areas;

        areas.Contains("norrmalm", "norrmalm").ShouldBeTrue();
        areas.Contains("stockholms-innerstad", "norrmalm").ShouldBeTrue();
        areas.Contains("stockholm", "norrmalm").ShouldBeTrue();
        areas.Contains("norrmalm", "stockholm").ShouldBeFalse();
        areas.Contains("sodermalm", "norrmalm").ShouldBeFalse();
        areas.Contains("atlantis", "atlantis").ShouldBeFalse();
    }

    [Fact]
    public void Are_named_outwards() =>
        Sample.Areas.Outwards("klaraomradet").ShouldBe(["klaraomradet", "norrmalm", "stockholms-innerstad", "stockholm"]);

    [Fact]
    public void Have_the_municipality_of_what_they_lie_in()
    {
        Sample.Areas.MunicipalityOf("norrmalm").ShouldBe("0180");
        Sample.Areas.MunicipalityOf("solna").ShouldBe("0184");
        Sample.Areas.MunicipalityOf("atlantis").ShouldBeNull();
    }

    [Fact]
    public void Know_what_is_declared()
    {
        Sample.Areas.Unknown("norrmalm", "/place/area").ShouldBeNull();

        var refusal = Sample.Areas.Unknown("norrmalms", "/place/area")!;

        (refusal.Code, refusal.Pointer).ShouldBe(("area.unknown", "/place/area"));
        refusal.Sentence.ShouldContain("'norrmalms'");
    }

    [Fact]
    public void Of_the_shipped_file_all_lie_in_a_municipality() =>
        Sample.Areas.All.ShouldAllBe(area => Sample.Areas.MunicipalityOf(area.Id) != null);

    [Theory]
    [InlineData("""{"areas":[{"id":"a","name":"A","parent":"b"}]}""", "area.unknown", "/areas/0/parent")]
    [InlineData("""{"areas":[{"id":"a","name":"A"},{"id":"a","name":"B"}]}""", "area.twice", "/areas/1/id")]
    [InlineData("""{"areas":[{"id":"a","name":"A","parent":"a"}]}""", "area.inside-itself", "/areas/0/parent")]
    [InlineData("""{"areas":[{"id":"Å","name":"Å"}]}""", "area.id", "/areas/0/id")]
    [InlineData("""{"areas":[{"id":"a--b","name":"A"}]}""", "area.id", "/areas/0/id")]
    [InlineData("""{"areas":[{"id":"a"}]}""", "areas.unreadable", null)]
    [InlineData("""{"areas":[{"id":"a","name":null}]}""", "areas.unreadable", null)]
    [InlineData("""{"areas":[{"id":"a","name":"A","parents":["b"]}]}""", "areas.unreadable", null)]
    [InlineData("""{"areas":""", "areas.unreadable", null)]
    [InlineData("""{"areas":[null]}""", "areas.unreadable", null)]
    [InlineData("null", "areas.unreadable", null)]
    public void That_make_no_tree_are_refused(string file, string code, string? pointer)
    {
        Areas.Parse(Encoding.UTF8.GetBytes(file), out var refusals).ShouldBeNull();

        var refusal = refusals.ShouldHaveSingleItem();
        (refusal.Code, refusal.Pointer).ShouldBe((code, pointer));
        refusal.Sentence.ShouldNotBeEmpty();
    }

    [Fact]
    public void That_lie_inside_each_other_are_refused_each_with_its_place()
    {
        const string file = """
            {"areas":[{"id":"a","name":"A","parent":"b"},{"id":"b","name":"B","parent":"c"},{"id":"c","name":"C","parent":"b"}]}
            """;

        Areas.Parse(Encoding.UTF8.GetBytes(file), out var refusals).ShouldBeNull();

        refusals.Select(refusal => refusal.Pointer).ShouldBe(["/areas/1/parent", "/areas/2/parent"]);
    }

    [Fact]
    public void May_be_none() => Areas.None.Knows("norrmalm").ShouldBeFalse();
}
