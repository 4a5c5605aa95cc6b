using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LofteEvents.Tests.Tidy;

/// <summary>
/// What may stand nowhere: promises to finish later, code that is switched off, and places that only one machine has.
/// </summary>
internal static partial class Words
{
    /// <summary>Put together, so that this file does not hold what it forbids.</summary>
    private static readonly string[] Places =
    [
        "../" + "shared", "api." + "nuget.org", "registry." + "npmjs.org", "proxy." + "golang.org", "pypi." + "org",
        "deb." + "debian.org",
    ];

    private static readonly Regex MachinePath = new(
        "(?<![\\w.})$-])/(" + "work" + "|" + "tmp" + "|" + "root" + ")/", RegexOptions.CultureInvariant);

    public static IEnumerable<Finding> Postponed(TextFile file) =>
        from line in Comments(file)
        where Later().IsMatch(line.Text)
        select new Finding(file.Path, line.Number, "work put off in a comment: do it now, or open an issue and say nothing here");

    public static IEnumerable<Finding> SwitchedOff(TextFile file) =>
        file.Extension != ".cs" ? [] :
        from line in Comments(file)
        where Code().IsMatch(line.Text)
        select new Finding(file.Path, line.Number, "code in a comment: delete it, the history keeps it");

    public static IEnumerable<Finding> ForeignPlaces(TextFile file) =>
        from line in file.Lines.Index()
        let place = Places.FirstOrDefault(place => line.Item.Contains(place, StringComparison.Ordinal))
            ?? (MachinePath.Match(line.Item) is { Success: true } path ? path.Value : null)
        where place is not null
        select new Finding(
            file.Path, line.Index + 1, $"'{place}' is a place that only some machine has: take it from a setting");

    /// <summary>Comments of C# by their syntax; every line of any other file.</summary>
    private static IEnumerable<(int Number, string Text)> Comments(TextFile file) =>
        file.Extension != ".cs"
            ? file.Lines.Index().Select(line => (line.Index + 1, line.Item))
            : from trivia in CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantTrivia()
              where trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
                  || trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)
              let first = trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1
              from line in trivia.ToFullString().Split('\n').Index()
              select (first + line.Index, line.Item);

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Later();

    [GeneratedRegex(
        @"^//\s*(await |return |var |if \(|[\w.<>\[\]]+( [\w]+)? = |[\w.]+\().*;\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
