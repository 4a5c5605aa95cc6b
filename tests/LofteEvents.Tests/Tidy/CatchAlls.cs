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
        filter is not null && Conditions(filter.FilterExpression).Any(condition =>
            condition is InvocationExpressionSyntax
                or IsPatternExpressionSyntax { Pattern: not UnaryPatternSyntax }
                or IsPatternExpressionSyntax { Expression: InvocationExpressionSyntax }
            || condition.IsKind(SyntaxKind.IsExpression));

    private static IEnumerable<ExpressionSyntax> Conditions(ExpressionSyntax filter) =>
        filter is BinaryExpressionSyntax both && both.IsKind(SyntaxKind.LogicalAndExpression)
            ? Conditions(both.Left).Concat(Conditions(both.Right))
            : [filter];

    private static bool ThrowsOn(CatchClauseSyntax clause) =>
        clause.Block.Statements.LastOrDefault() is ThrowStatementSyntax;

    /// <summary>
    /// A comment in front, at the head of the block, or behind the pragma that silences the analyzer's own warning.
    /// </summary>
    private static bool HasAReason(CatchClauseSyntax clause) =>
        clause.GetLeadingTrivia().Concat(clause.Block.OpenBraceToken.TrailingTrivia)
            .Concat(clause.Block.OpenBraceToken.GetNextToken().LeadingTrivia)
            .Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia)
                || (trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia)
                    && trivia.ToFullString().Contains("//", StringComparison.Ordinal)));
}
