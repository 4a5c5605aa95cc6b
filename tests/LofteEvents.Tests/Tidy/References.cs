using System.Reflection;
using System.Xml.Linq;

namespace LofteEvents.Tests.Tidy;

/// <summary>References run one way: core ◀ engines ◀ Server and Cli ◀ tests. The core has no package.</summary>
internal static class References
{
    /// <summary>A project may refer to projects of a lower layer only, so neither sideways nor up.</summary>
    private static readonly Dictionary<string, int> Layers = new()
    {
        ["LofteEvents"] = 0,
        ["LofteEvents.Postgres"] = 1,
        ["LofteEvents.CritterStack"] = 1,
        ["LofteEvents.Server"] = 2,
        ["lofte"] = 2,
        ["LofteEvents.Tests"] = 3,
        ["LofteEvents.Benchmarks"] = 3,
    };

    /// <summary>
    /// The one step sideways: the tables that are the product's own beside Marten's have one reader and writer for both
    /// engines.
    /// </summary>
    private static readonly (string From, string To) OnTheDefaultEngine = ("LofteEvents.CritterStack", "LofteEvents.Postgres");

    /// <param name="project">The text of a .csproj.</param>
    public static IEnumerable<Finding> InProject(TextFile project)
    {
        var xml = XDocument.Parse(project.Text, LoadOptions.SetLineInfo);
        var from = NameOf(System.IO.Path.GetFileNameWithoutExtension(project.Path));
        foreach (var reference in xml.Descendants("ProjectReference"))
        {
            var path = ((string?)reference.Attribute("Include") ?? "").Replace('\\', '/');
            foreach (var message in Edge(from, NameOf(System.IO.Path.GetFileNameWithoutExtension(path))))
            {
                yield return new Finding(project.Path, Line(reference), message);
            }
        }

        foreach (var package in xml.Descendants()
            .Where(each => each.Name.LocalName is "PackageReference" or "FrameworkReference"))
        {
            if (Layers.GetValueOrDefault(from) == 0)
            {
                yield return new Finding(project.Path, Line(package), "the core has no package: move what needs it to an engine");
            }
        }
    }

    /// <summary>What a compiled assembly in fact refers to, whatever its project says.</summary>
    public static IEnumerable<Finding> InAssembly(Assembly assembly)
    {
        var from = assembly.GetName().Name!;
        foreach (var to in assembly.GetReferencedAssemblies().Select(name => name.Name!))
        {
            foreach (var message in Layers.ContainsKey(to) ? Edge(from, to) : Foreign(from, to))
            {
                yield return new Finding(from, 0, message);
            }
        }
    }

    private static IEnumerable<string> Edge(string from, string to)
    {
        if (!Layers.TryGetValue(from, out var above) || !Layers.TryGetValue(to, out var below))
        {
            yield return $"{from} refers to {to}, and one of them has no layer in the architecture: give it one first";
        }
        else if (below >= above && (from, to) != OnTheDefaultEngine)
        {
            yield return $"{from} refers to {to}: references run one way, core ◀ engines ◀ Server and Cli ◀ tests";
        }
    }

    private static IEnumerable<string> Foreign(string from, string to) =>
        Layers.GetValueOrDefault(from, 3) == 0 && !to.StartsWith("System.", StringComparison.Ordinal)
            ? [$"the core refers to {to}: it may use the base library only"]
            : [];

    private static string NameOf(string project) => project == "LofteEvents.Cli" ? "lofte" : project;

    private static int Line(XElement element) => ((System.Xml.IXmlLineInfo)element).LineNumber;
}
