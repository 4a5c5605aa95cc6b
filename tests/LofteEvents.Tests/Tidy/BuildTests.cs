namespace LofteEvents.Tests.Tidy;

public class The_build
{
    private static IEnumerable<TextFile> Projects => House.Files.Where(file => file.Extension == ".csproj");

    [Fact]
    public void Warnings_are_errors_and_analysis_is_on_for_every_project()
    {
        House.MustKeep(Build.Settings(Named("Directory.Build.props")));
        House.MustKeep(Projects.SelectMany(Build.Project));
    }

    [Fact]
    public void A_token_at_hand_that_is_not_forwarded_is_an_error() =>
        Named(".editorconfig").Text.ShouldContain("dotnet_diagnostic.CA2016.severity = error");

    [Fact]
    public void Versions_are_central_and_grouped_by_purpose() =>
        House.MustKeep(Build.Versions(Named("Directory.Packages.props")));

    [Fact]
    public void Every_project_has_its_lock_file() => House.MustKeep(Build.LockFiles(House.Files));

    [Fact]
    public void Nothing_is_silenced_without_its_reason() =>
        House.MustKeep(
        [
            .. Projects.Append(Named("Directory.Build.props")).SelectMany(Build.SilencedInProject),
            .. House.Code.SelectMany(Build.SilencedInCode),
            .. Build.SilencedInEditorConfig(Named(".editorconfig")),
        ]);

    [Fact]
    public void A_missing_or_softened_setting_is_found()
    {
        const string Softened = "<Project><Nullable>disable</Nullable></Project>";
        Build.Settings(new TextFile("Directory.Build.props", Softened)).Count().ShouldBe(5);
        Build.Project(new TextFile("a.csproj", "<Project><TreatWarningsAsErrors>false</TreatWarningsAsErrors></Project>"))
            .ShouldHaveSingleItem().Message.ShouldContain("TreatWarningsAsErrors");
        Build.Project(new TextFile("a.csproj", "<Project><PackageReference Include=\"X\" Version=\"1.0.0\" /></Project>"))
            .ShouldHaveSingleItem().Message.ShouldContain("Directory.Packages.props");
    }

    [Fact]
    public void A_version_without_a_group_and_a_missing_lock_file_are_found()
    {
        const string Loose = "<Project><ItemGroup><PackageVersion Include=\"X\" Version=\"1.0.0\" /></ItemGroup></Project>";
        Build.Versions(new TextFile("Directory.Packages.props", Loose)).ShouldHaveSingleItem();
        TextFile[] files = [new("a/a.csproj", ""), new("a/packages.lock.json", ""), new("b/b.csproj", "")];
        Build.LockFiles(files).ShouldHaveSingleItem().Path.ShouldBe("b/b.csproj");
    }

    [Theory]
    [InlineData("<Project><NoWarn>$(NoWarn);CS1591</NoWarn></Project>", 1)]
    [InlineData("<Project><!-- CS1591: short names. --><NoWarn>$(NoWarn);CS1591;CA1000</NoWarn></Project>", 1)]
    [InlineData("<Project><!-- CS1591: short names. --><NoWarn>$(NoWarn);CS1591</NoWarn></Project>", 0)]
    public void A_NoWarn_without_its_reason_is_found(string xml, int found) =>
        Build.SilencedInProject(new TextFile("a.csproj", xml)).Count().ShouldBe(found);

    [Theory]
    [InlineData("#pragma warning disable CA1000\nclass C;", 1)]
    [InlineData("#pragma warning disable CA1000 // The factory reads best on the type itself.\nclass C;", 0)]
    [InlineData("// The factory reads best on the type itself.\n#pragma warning disable CA1000\nclass C;", 0)]
    [InlineData("[System.Diagnostics.CodeAnalysis.SuppressMessage(\"a\", \"b\")] class C;", 1)]
    [InlineData("[System.Diagnostics.CodeAnalysis.SuppressMessage(\"a\", \"b\", Justification = \"c\")] class C;", 0)]
    public void A_silenced_warning_without_its_reason_is_found(string code, int found) =>
        Build.SilencedInCode(CodeFile.Sample("src/Sample.cs", code)).Count().ShouldBe(found);

    [Theory]
    [InlineData("dotnet_diagnostic.CA1.severity = none", 1)]
    [InlineData("# Why.\ndotnet_diagnostic.CA1.severity = none\ndotnet_diagnostic.CA2.severity = none", 0)]
    [InlineData("# Why.\nindent_size = 4\ndotnet_diagnostic.CA1.severity = none", 1)]
    public void A_rule_switched_off_without_its_reason_is_found(string config, int found) =>
        Build.SilencedInEditorConfig(new TextFile(".editorconfig", config)).Count().ShouldBe(found);

    private static TextFile Named(string path) => House.Files.Single(file => file.Path == path);
}
