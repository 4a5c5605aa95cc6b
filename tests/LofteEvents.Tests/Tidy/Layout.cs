using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LofteEvents.Tests.Tidy;

/// <summary>Folders are capabilities in the domain's words, namespaces are folders, and the top stays small.</summary>
internal static class Layout
{
    private static readonly string[] Vague =
        ["Common", "Util", "Utils", "Utilities", "Helper", "Helpers", "Service", "Services", "Manager", "Managers", "Misc"];

    private static readonly string[] AtTheTop = ["LofteEvents.sln", "src", "tests", "deploy", "README.md", "global.json"];

    /// <summary>Dot-files, dot-folders and props-files may lie at the top as well.</summary>
    public static IEnumerable<Finding> Top(IEnumerable<string> entries) =>
        from entry in entries
        where !AtTheTop.Contains(entry) && !entry.StartsWith('.') && !entry.EndsWith(".props", StringComparison.Ordinal)
        select new Finding(
            entry, 0, $"does not belong at the top, where only {string.Join(", ", AtTheTop)}, dot-files and *.props lie");

    public static IEnumerable<Finding> VagueFolders(TextFile file) =>
        from folder in file.Path.Split('/')[..^1]
        where Vague.Contains(folder, StringComparer.OrdinalIgnoreCase)
        select new Finding(file.Path, 0, $"the folder {folder} says nothing: name it for what its files do in the domain");

    public static IEnumerable<Finding> Namespaces(CodeFile file) =>
        from space in file.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
        let expected = string.Join('.', file.Path.Split('/')[1..^1])
        where space.Name.ToString() != expected
        select file.At(space, $"the namespace {space.Name} is not the folder's: {expected}");
}
