namespace LofteEvents.Tests.Tidy;

public class Folders_and_namespaces
{
    /// <summary>Program.cs says what the server is made of; how, each part says itself.</summary>
    private const int LongestServerProgram = 60;

    [Fact]
    public void The_top_holds_only_what_belongs_there() => House.MustKeep(Layout.Top(House.TopLevel));

    [Fact]
    public void No_folder_has_a_vague_name() => House.MustKeep(House.Files.SelectMany(Layout.VagueFolders));

    [Fact]
    public void Namespaces_are_folders() => House.MustKeep(House.Code.SelectMany(Layout.Namespaces));

    [Fact]
    public void The_servers_program_can_be_read_at_a_glance() =>
        House.Files.Single(file => file.Path == "src/LofteEvents.Server/Program.cs")
            .Lines.Length.ShouldBeLessThanOrEqualTo(LongestServerProgram);

    [Fact]
    public void A_stranger_at_the_top_is_found() =>
        Layout.Top(["LofteEvents.sln", ".git", "Directory.Build.props", "docs", "notes.txt"])
            .Select(finding => finding.Path).ShouldBe(["docs", "notes.txt"]);

    [Theory]
    [InlineData("src/LofteEvents/Common/Sample.cs", 1)]
    [InlineData("src/LofteEvents.Server/services/Sample.cs", 1)]
    [InlineData("src/LofteEvents/Loften/Sample.cs", 0)]
    public void A_vague_folder_is_found(string path, int found) =>
        Layout.VagueFolders(new TextFile(path, "")).Count().ShouldBe(found);

    [Theory]
    [InlineData("LofteEvents.Loften", 0)]
    [InlineData("LofteEvents", 1)]
    [InlineData("LofteEvents.Insatser", 1)]
    public void A_namespace_that_is_not_its_folder_is_found(string space, int found) =>
        Layout.Namespaces(CodeFile.Sample("src/LofteEvents/Loften/Sample.cs", $"namespace {space};")).Count().ShouldBe(found);
}
