namespace LofteEvents.Tests.Tidy;

public class Words_and_places
{
    [Fact]
    public void Nothing_is_put_off_in_a_comment() => House.MustKeep(House.Files.SelectMany(Words.Postponed));

    [Fact]
    public void No_code_is_switched_off_in_a_comment() => House.MustKeep(House.Files.SelectMany(Words.SwitchedOff));

    [Fact]
    public void No_place_is_named_that_only_some_machine_has() => House.MustKeep(House.Files.SelectMany(Words.ForeignPlaces));

    [Theory]
    [InlineData("src/Sample.cs", "var x = 1; // TODO: finish")]
    [InlineData("src/Sample.cs", "/// <summary>FIXME</summary>\nclass C;")]
    [InlineData("src/Schema/sample.sql", "-- TODO index")]
    [InlineData("deploy/run", "# FIXME")]
    public void Work_that_is_put_off_is_found(string path, string text) =>
        Words.Postponed(new TextFile(path, text)).ShouldHaveSingleItem().Line.ShouldBe(1);

    [Fact]
    public void The_word_in_a_string_is_left_alone() =>
        Words.Postponed(new TextFile("src/Sample.cs", "var x = \"TODO\"; // A list of things to do.")).ShouldBeEmpty();

    [Theory]
    [InlineData("// await store.AppendAsync(request);")]
    [InlineData("// var x = 1;")]
    [InlineData("// Run(1, 2);")]
    public void Code_in_a_comment_is_found(string comment) =>
        Words.SwitchedOff(new TextFile("src/Sample.cs", $"class C;\n{comment}\n")).ShouldHaveSingleItem().Line.ShouldBe(2);

    [Theory]
    [InlineData("// The writer waits here; the next group is what comes meanwhile.")]
    [InlineData("// A group that fails is tried one by one;")]
    public void Prose_in_a_comment_is_left_alone(string comment) =>
        Words.SwitchedOff(new TextFile("src/Sample.cs", $"class C;\n{comment}\n")).ShouldBeEmpty();

    [Theory]
    [InlineData("../" + "shared/design")]
    [InlineData("https://api." + "nuget.org/v3/index.json")]
    [InlineData("cd /" + "work/main")]
    [InlineData("\"/" + "tmp/x\"")]
    public void A_place_that_only_some_machine_has_is_found(string text) =>
        Words.ForeignPlaces(new TextFile("deploy/run", $"\n{text}\n")).ShouldHaveSingleItem().Line.ShouldBe(2);

    [Theory]
    [InlineData("the net/work/load")]
    [InlineData("${TMPDIR}/" + "tmp/x")]
    public void A_path_below_another_is_left_alone(string text) =>
        Words.ForeignPlaces(new TextFile("deploy/run", text)).ShouldBeEmpty();
}
