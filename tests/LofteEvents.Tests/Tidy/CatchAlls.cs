using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LofteEvents.Tests.Tidy;

/// <summary>A catch of everything hides bugs: it stands only at a process's edge, with its reason in a comment.</summary>
internal static class CatchAlls
{
    public static IEnumerable<Finding> In(CodeFile file) =>
        from clause in file.Root.DescendantNodes().OfType<CatchClauseSyntax>()
        where CatchesEverything(clause) && !ThrowsOn(clause) && !HasAReason(clause)
        select file.At(clause, "a catch of every exception: name the exceptions that are expected here, "
            + "or say in a comment in front of it why this is a process's edge");

    private static bool CatchesEverything(CatchClauseSyntax clause) =>
        clause.Declaration?.Type.ToString() is null or "Exception" or "System.Exception" && !NamesTypes(clause.Filter);

    /// <summary>
    /// A filter such as <c>when (error is IOException or SocketException)</c>, or one that asks a named function, says what is
    /// expected; a negated one does not.
    /// </summary>
    private static bool NamesTypes(CatchFilterClauseSyntax? filter) =>
        filter?.FilterExpression is InvocationExpressionSyntax
        || (filter is not null
            && filter.DescendantNodes().OfType<IsPatternExpressionSyntax>().Any(test => test.Pattern is not UnaryPatternSyntax));

    private static bool ThrowsOn(CatchClauseSyntax clause) =>
        clause.Block.Statements.LastOrDefault() is ThrowStatementSyntax;

    private static bool HasAReason(CatchClauseSyntax clause) =>
        clause.GetLeadingTrivia().Concat(clause.Block.OpenBraceToken.TrailingTrivia)
            .Concat(clause.Block.OpenBraceToken.GetNextToken().LeadingTrivia)
            .Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia));
}
