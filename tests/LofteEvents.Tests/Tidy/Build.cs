using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LofteEvents.Tests.Tidy;

/// <summary>
/// The build's own rules: warnings are errors, versions are central and grouped, and nothing is silenced without its reason.
/// </summary>
internal static partial class Build
{
    private static readonly Dictionary<string, string> Demanded = new()
    {
        ["TreatWarningsAsErrors"] = "true",
        ["AnalysisLevel"] = "latest-recommended",
        ["Nullable"] = "enable",
        ["RestorePackagesWithLockFile"] = "true",
        ["ManagePackageVersionsCentrally"] = "true",
    };

    public static IEnumerable<Finding> Settings(TextFile props) =>
        from demand in Demanded
        let first = XDocument.Parse(props.Text).Descendants(demand.Key).FirstOrDefault()
        where first?.Value != demand.Value
        select new Finding(props.Path, 0, $"{demand.Key} must be {demand.Value} for every project");

    /// <summary>A project takes the common settings as they are, and its versions from the central file.</summary>
    public static IEnumerable<Finding> Project(TextFile project)
    {
        var xml = XDocument.Parse(project.Text, LoadOptions.SetLineInfo);
        foreach (var own in xml.Descendants().Where(each => Demanded.ContainsKey(each.Name.LocalName)
            || each.Name.LocalName is "WarningsNotAsErrors" or "WarningLevel"))
        {
            yield return new Finding(
                project.Path, Line(own), $"{own.Name.LocalName} is set for all in Directory.Build.props: take it out");
        }

        foreach (var package in xml.Descendants("PackageReference").Where(each => each.Attribute("Version") is not null))
        {
            yield return new Finding(
                project.Path, Line(package), "a version of its own: versions stand in Directory.Packages.props");
        }
    }

    public static IEnumerable<Finding> Versions(TextFile packages) =>
        from package in XDocument.Parse(packages.Text, LoadOptions.SetLineInfo).Descendants("PackageVersion")
        where package.Parent?.Attribute("Label") is null
        select new Finding(
            packages.Path, Line(package), "a version outside a group: give its ItemGroup a Label that says the purpose");

    public static IEnumerable<Finding> LockFiles(IReadOnlyList<TextFile> files) =>
        from project in files.Where(file => file.Extension == ".csproj")
        let expected = project.Path[..(project.Path.LastIndexOf('/') + 1)] + "packages.lock.json"
        where files.All(file => file.Path != expected)
        select new Finding(project.Path, 0, "has no packages.lock.json: run dotnet restore and commit the file");

    /// <summary>Each NoWarn stands behind a comment that names every code that it silences.</summary>
    public static IEnumerable<Finding> SilencedInProject(TextFile project) =>
        from silenced in XDocument.Parse(project.Text, LoadOptions.SetLineInfo).Descendants("NoWarn")
        let reason = string.Concat(silenced.NodesBeforeSelf().OfType<XComment>().TakeLast(1).Select(comment => comment.Value))
        from code in silenced.Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        where code != "$(NoWarn)" && !reason.Contains(code, StringComparison.Ordinal)
        select new Finding(
            project.Path, Line(silenced), $"{code} is silenced without its reason: say it in a comment in front, by its code");

    public static IEnumerable<Finding> SilencedInCode(CodeFile file)
    {
        var lines = file.Text.Lines;
        foreach (var (index, line) in lines.Index().Where(line => Pragma().IsMatch(line.Item)))
        {
            var above = index == 0 ? "" : lines[index - 1].TrimStart();
            if (!line.Contains("//", StringComparison.Ordinal) && !above.StartsWith("//", StringComparison.Ordinal))
            {
                yield return new Finding(file.Path, index + 1, "a warning is silenced without its reason: say it in a comment");
            }
        }

        foreach (var attribute in file.Root.DescendantNodes().OfType<AttributeSyntax>())
        {
            if (attribute.Name.ToString().EndsWith("SuppressMessage", StringComparison.Ordinal)
                && !attribute.ToString().Contains("Justification", StringComparison.Ordinal))
            {
                yield return file.At(attribute, "a warning is silenced without its reason: give it a Justification");
            }
        }
    }

    /// <summary>
    /// In .editorconfig a rule is switched off below a comment; one comment may stand for the rules right below it.
    /// </summary>
    public static IEnumerable<Finding> SilencedInEditorConfig(TextFile config)
    {
        var explained = false;
        foreach (var (index, line) in config.Lines.Index())
        {
            var silences = line.Contains(".severity = none", StringComparison.Ordinal);
            explained = line.StartsWith('#') || (explained && silences);
            if (silences && !explained)
            {
                yield return new Finding(
                    config.Path, index + 1, "a rule is switched off without its reason: say it in a comment above");
            }
        }
    }

    private static int Line(XElement element) => ((System.Xml.IXmlLineInfo)element).LineNumber;

    [GeneratedRegex(@"^\s*#pragma warning disable", RegexOptions.CultureInvariant)]
    private static partial Regex Pragma();
}
