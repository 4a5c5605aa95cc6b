namespace LofteEvents.Tests.Tidy;

public class Sizes_of_functions_lines_and_files
{
    [Fact]
    public void No_function_is_longer_than_a_screen() => House.MustKeep(House.Code.SelectMany(Sizes.LongFunctions));

    [Fact]
    public void No_line_is_too_long() => House.MustKeep(House.Files.SelectMany(Sizes.LongLines));

    [Fact]
    public void No_file_is_too_long_without_a_reason() =>
        House.MustKeep(Sizes.LongFiles(House.Files, Sizes.LongFilesWithAReason));

    [Theory]
    [InlineData("class Sample { void Long() {", "} }")]
    [InlineData("class Sample { Sample() {", "} }")]
    [InlineData("class Sample { int Long { get {", "return 1; } } }")]
    [InlineData("class Sample { void Short() { void Long() {", "} } }")]
    public void A_function_of_one_line_too_many_is_found(string before, string after)
    {
        var body = string.Concat(Enumerable.Repeat(";\n", Sizes.LongestFunction));
        var found = Sizes.LongFunctions(CodeFile.Sample("src/Sample.cs", $"{before}\n{body}{after}")).ToList();
        found.ShouldNotBeEmpty();
        found.ShouldAllBe(finding => finding.Message.Contains("at most 70"));
    }

    [Fact]
    public void A_function_of_just_the_longest_length_is_left_alone()
    {
        var body = string.Concat(Enumerable.Repeat(";\n", Sizes.LongestFunction - 2));
        Sizes.LongFunctions(CodeFile.Sample("src/Sample.cs", $"class Sample {{\nvoid Long() {{\n{body}}}\n}}")).ShouldBeEmpty();
    }

    [Fact]
    public void The_rows_of_a_theory_are_no_part_of_the_function()
    {
        var rows = string.Concat(Enumerable.Repeat("[Obsolete]\n", 100));
        Sizes.LongFunctions(CodeFile.Sample("src/Sample.cs", $"class Sample {{\n{rows}void Short() {{ }} }}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("src/Sample.cs", "")]
    [InlineData("src/Schema/sample.sql", "")]
    [InlineData("deploy/sample", "#!/bin/sh\n")]
    public void A_line_of_one_character_too_many_is_found(string path, string before)
    {
        Sizes.LongLines(new TextFile(path, before + new string('x', 131) + "\n"))
            .ShouldHaveSingleItem().Message.ShouldContain("131");
        Sizes.LongLines(new TextFile(path, before + new string('x', 130) + "\n")).ShouldBeEmpty();
    }

    [Fact]
    public void Prose_and_data_may_have_long_lines() =>
        Sizes.LongLines(new TextFile("README.md", new string('x', 500))).ShouldBeEmpty();

    [Fact]
    public void A_file_of_one_line_too_many_is_found_unless_it_has_a_reason()
    {
        TextFile[] files = [new("src/Long.cs", new string('\n', 251)), new("src/Short.cs", new string('\n', 250))];
        var reason = new Dictionary<string, string> { ["src/Long.cs"] = "one table that is read as one" };
        Sizes.LongFiles(files, new Dictionary<string, string>()).ShouldHaveSingleItem().Path.ShouldBe("src/Long.cs");
        Sizes.LongFiles(files, reason).ShouldBeEmpty();
    }

    [Fact]
    public void A_reason_that_is_no_longer_needed_is_found()
    {
        var reason = new Dictionary<string, string> { ["src/Short.cs"] = "was long once" };
        Sizes.LongFiles([new TextFile("src/Short.cs", "")], reason).ShouldHaveSingleItem().Path.ShouldBe("src/Short.cs");
    }
}
