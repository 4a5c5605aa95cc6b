using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LofteEvents.Tests.Tidy;

/// <summary>
/// A C# file with what its names mean, so that a rule is about the thing that is called and not about how it is spelt.
/// </summary>
internal sealed class CodeFile(TextFile file, SyntaxTree tree, SemanticModel model)
{
    /// <summary>The projects, their assembly names (friends see internals by name) and the usings that their SDK adds.</summary>
    private static readonly (string Folder, string Assembly)[] Projects =
    [
        ("src/LofteEvents/", "LofteEvents"),
        ("src/LofteEvents.Postgres/", "LofteEvents.Postgres"),
        ("src/LofteEvents.CritterStack/", "LofteEvents.CritterStack"),
        ("src/LofteEvents.Server/", "LofteEvents.Server"),
        ("src/LofteEvents.Cli/", "lofte"),
        ("tests/LofteEvents.Tests/", "LofteEvents.Tests"),
        ("tests/LofteEvents.Benchmarks/", "LofteEvents.Benchmarks"),
    ];

    private static readonly string[] ImplicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
        "System.Threading.Tasks",
        "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting",
        "Microsoft.Extensions.Logging",
    ];

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.Parse);

    private static readonly Lazy<IReadOnlyList<PortableExecutableReference>> Assemblies = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    public string Path => file.Path;

    public TextFile Text => file;

    public SyntaxNode Root => tree.GetRoot();

    public SemanticModel Model => model;

    public bool IsTest => Path.StartsWith("tests/LofteEvents.Tests/", StringComparison.Ordinal);

    public bool IsCore => Path.StartsWith("src/LofteEvents/", StringComparison.Ordinal);

    public static IReadOnlyList<CodeFile> ReadAll(IReadOnlyList<TextFile> files) =>
    [
        .. Projects.SelectMany(project => Compile(
            project.Assembly,
            [.. files.Where(file => file.Extension == ".cs" && file.Path.StartsWith(project.Folder, StringComparison.Ordinal))])),
    ];

    /// <summary>A file that is no part of the repository, to show that a rule can fail.</summary>
    public static CodeFile Sample(string path, string code) => Compile("Sample", [new TextFile(path, code)])[0];

    /// <summary>A sample as an assembly, for the rules that read what is compiled.</summary>
    /// <param name="references">Assemblies beside those that the tests run with.</param>
    public static byte[] CompileSample(string assembly, string code, params IEnumerable<byte[]> references)
    {
        using var output = new MemoryStream();
        var trees = new[] { Usings(), CSharpSyntaxTree.ParseText(code, Parsing) };
        var made = CSharpCompilation
            .Create(
                assembly,
                trees,
                References(assembly).Concat(references.Select(each => MetadataReference.CreateFromImage(each))),
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .Emit(output);
        return made.Success ? output.ToArray() : throw new InvalidOperationException(string.Join('\n', made.Diagnostics));
    }

    public Finding At(SyntaxNode node, string message) => At(node.SpanStart, message);

    public Finding At(int position, string message) =>
        new(Path, tree.GetLineSpan(new(position, 0)).StartLinePosition.Line + 1, message);

    /// <param name="start">Where in the file the node's first line is taken to be.</param>
    public int LineCount(SyntaxNode node, int start)
    {
        var span = tree.GetLineSpan(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(start, node.Span.End));
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static List<CodeFile> Compile(string assembly, List<TextFile> files)
    {
        var trees = files.ConvertAll(file => CSharpSyntaxTree.ParseText(file.Text, Parsing, file.Path));
        var compilation = CSharpCompilation.Create(
            assembly, [Usings(), .. trees], References(assembly), new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        return [.. files.Zip(trees, (file, tree) => new CodeFile(file, tree, compilation.GetSemanticModel(tree)))];
    }

    private static SyntaxTree Usings() => CSharpSyntaxTree.ParseText(
        string.Concat(ImplicitUsings.Select(name => $"global using global::{name};\n")), Parsing);

    /// <summary>All that the tests run with, less the assembly whose sources are read.</summary>
    private static IEnumerable<MetadataReference> References(string except) =>
        Assemblies.Value.Where(reference => System.IO.Path.GetFileNameWithoutExtension(reference.FilePath) != except);
}
