using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LofteEvents.Tests.Tidy;

/// <summary>A reader holds about one screen in the head: functions, lines and files stay below a limit.</summary>
internal static class Sizes
{
    public const int LongestFunction = 70;
    public const int LongestLine = 130;
    public const int LongestFile = 250;

    private static readonly string[] WrittenByHand =
        [".cs", ".sql", ".razor", ".cshtml", ".js", ".csproj", ".props", ".targets", ".sh"];

    /// <summary>Files that are longer with a reason. An entry that is no longer needed is a finding too.</summary>
    public static readonly IReadOnlyDictionary<string, string> LongFilesWithAReason = new Dictionary<string, string>
    {
    };

    public static IEnumerable<Finding> LongFunctions(CodeFile file) =>
        from node in file.Root.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
            or AnonymousFunctionExpressionSyntax
        let lines = file.LineCount(node, BehindAttributes(node))
        where lines > LongestFunction
        select file.At(node, $"a function of {lines} lines; at most {LongestFunction}: take a step of it out under its own name");

    public static IEnumerable<Finding> LongLines(TextFile file) =>
        !IsWrittenByHand(file) ? [] :
        from line in file.Lines.Index()
        where line.Item.TrimEnd('\r').Length > LongestLine
        select new Finding(file.Path, line.Index + 1, $"{line.Item.Length} characters; at most {LongestLine}: break the line");

    public static IEnumerable<Finding> LongFiles(IReadOnlyList<TextFile> files, IReadOnlyDictionary<string, string> allowed)
    {
        var tooLong = files
            .Where(file => file.Extension is ".cs" or ".sql" or ".razor" && LineCount(file) > LongestFile)
            .ToList();
        foreach (var file in tooLong.Where(file => !allowed.ContainsKey(file.Path)))
        {
            yield return new Finding(file.Path, 0, $"{LineCount(file)} lines; usually at most {LongestFile}: "
                + "give a part its own file, or name the file with its reason in Sizes.LongFilesWithAReason");
        }

        foreach (var path in allowed.Keys.Where(path => tooLong.TrueForAll(file => file.Path != path)))
        {
            yield return new Finding(path, 0, "is not too long (any more): take it out of Sizes.LongFilesWithAReason");
        }
    }

    /// <summary>The rows of a theory stand in attributes: they are data in front of the function.</summary>
    private static int BehindAttributes(SyntaxNode node) =>
        node.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault() is { } last
            ? last.GetLastToken().GetNextToken().SpanStart
            : node.SpanStart;

    private static int LineCount(TextFile file) => file.Text.Count(character => character == '\n');

    /// <summary>Scripts have no extension: they are known by their first line.</summary>
    private static bool IsWrittenByHand(TextFile file) =>
        WrittenByHand.Contains(file.Extension) || file.Text.StartsWith("#!", StringComparison.Ordinal);
}
