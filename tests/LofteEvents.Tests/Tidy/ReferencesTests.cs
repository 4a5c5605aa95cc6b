using System.Reflection;

namespace LofteEvents.Tests.Tidy;

public class References_between_projects
{
    [Fact]
    public void They_run_one_way_in_the_projects()
    {
        var projects = House.Files.Where(file => file.Extension == ".csproj").ToList();
        projects.Count.ShouldBeGreaterThanOrEqualTo(7);
        House.MustKeep(projects.SelectMany(References.InProject));
    }

    [Theory]
    [InlineData("LofteEvents")]
    [InlineData("LofteEvents.Postgres")]
    [InlineData("LofteEvents.CritterStack")]
    [InlineData("LofteEvents.Server")]
    [InlineData("lofte")]
    public void They_run_one_way_in_what_is_compiled(string assembly) =>
        House.MustKeep(References.InAssembly(Assembly.Load(assembly)));

    [Theory]
    [InlineData("LofteEvents", "../LofteEvents.Postgres/LofteEvents.Postgres.csproj")]
    [InlineData("LofteEvents.Postgres", "../LofteEvents.CritterStack/LofteEvents.CritterStack.csproj")]
    [InlineData("LofteEvents.Cli", "../LofteEvents.Server/LofteEvents.Server.csproj")]
    [InlineData("LofteEvents.Server", "../../tests/LofteEvents.Tests/LofteEvents.Tests.csproj")]
    [InlineData("LofteEvents.Server", "../LofteEvents.Bus/LofteEvents.Bus.csproj")]
    public void Another_edge_is_found(string from, string to)
    {
        var xml = $"<Project>\n<ItemGroup>\n<ProjectReference Include=\"{to}\" />\n</ItemGroup>\n</Project>";
        References.InProject(new TextFile($"src/{from}/{from}.csproj", xml)).ShouldHaveSingleItem().Line.ShouldBe(3);
    }

    [Theory]
    [InlineData("PackageReference")]
    [InlineData("FrameworkReference")]
    public void A_package_in_the_core_is_found_and_elsewhere_left_alone(string kind)
    {
        var xml = $"<Project><ItemGroup><{kind} Include=\"Some.Package\" /></ItemGroup></Project>";
        References.InProject(new TextFile("src/LofteEvents/LofteEvents.csproj", xml)).ShouldHaveSingleItem();
        References.InProject(new TextFile("src/LofteEvents.Server/LofteEvents.Server.csproj", xml)).ShouldBeEmpty();
    }

    [Fact]
    public void A_compiled_reference_the_wrong_way_is_found()
    {
        var core = CodeFile.CompileSample("LofteEvents", "public class C { public object O = new Npgsql.NpgsqlConnection(); }");
        References.InAssembly(Assembly.Load(core)).ShouldContain(finding => finding.Message.Contains("Npgsql"));
    }
}
