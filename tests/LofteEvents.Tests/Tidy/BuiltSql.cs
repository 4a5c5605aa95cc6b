using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LofteEvents.Tests.Tidy;

/// <summary>
/// No query is put together from strings: values go in as positional parameters. Where a statement takes no parameter
/// (CREATE DATABASE),
/// the name goes through a function that quotes it and is called so (<c>QuoteIdentifier</c>).
/// </summary>
internal static partial class BuiltSql
{
    private const string Instead =
        "a query put together from strings: write it as one constant with positional parameters ($1), "
        + "or quote a name with Quote…()";

    public static IEnumerable<Finding> In(CodeFile file) => Interpolated(file).Concat(Concatenated(file));

    private static IEnumerable<Finding> Interpolated(CodeFile file) =>
        from text in file.Root.DescendantNodes().OfType<InterpolatedStringExpressionSyntax>()
        let said = text.Contents.OfType<InterpolatedStringTextSyntax>().Select(part => part.TextToken.ValueText)
        where Sql().IsMatch(string.Concat(said))
        where text.Contents.OfType<InterpolationSyntax>().Any(hole => !IsSafe(file, hole.Expression))
        select file.At(text, Instead);

    private static IEnumerable<Finding> Concatenated(CodeFile file) =>
        from sum in file.Root.DescendantNodes().OfType<BinaryExpressionSyntax>()
        where sum.IsKind(SyntaxKind.AddExpression) && !(sum.Parent?.IsKind(SyntaxKind.AddExpression) ?? false)
        let parts = Parts(sum).ToList()
        where parts.OfType<LiteralExpressionSyntax>().Any(part => Sql().IsMatch(part.Token.ValueText))
        where parts.Exists(part => !IsSafe(file, part))
        select file.At(sum, Instead);

    private static IEnumerable<ExpressionSyntax> Parts(ExpressionSyntax expression) =>
        expression is BinaryExpressionSyntax sum && sum.IsKind(SyntaxKind.AddExpression)
            ? Parts(sum.Left).Concat(Parts(sum.Right))
            : [expression];

    private static bool IsSafe(CodeFile file, ExpressionSyntax expression) =>
        file.Model.GetConstantValue(expression).HasValue
        || (expression is InvocationExpressionSyntax call && CalledName(call).StartsWith("Quote", StringComparison.Ordinal));

    private static string CalledName(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };

    /// <summary>Keywords are upper-case in this house, so prose such as "select a promise" is not taken for a query.</summary>
    [GeneratedRegex(@"\b(SELECT|INSERT INTO|UPDATE \w+|DELETE FROM|TRUNCATE|COPY \w+|CALL \w+"
        + @"|(CREATE|ALTER|DROP) (DATABASE|TABLE|ROLE|USER|SCHEMA|INDEX|SEQUENCE|FUNCTION)"
        + @"|NOTIFY|LISTEN|SET (LOCAL|SESSION|ROLE))\s",
        RegexOptions.CultureInvariant)]
    private static partial Regex Sql();
}
