using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LofteEvents.Tests.Tidy;

/// <summary>
/// How types and functions are declared: sealed, internal at the leaves, cancellable, and pure where they decide.
/// </summary>
internal static class Shapes
{
    private static readonly string[] PureNames = ["Decide", "Evolve", "Project", "React", "Resume"];
    private static readonly string[] Awaitables = ["Task", "ValueTask", "IAsyncEnumerable"];

    /// <summary>Classes of the product that are neither sealed nor a base of another one.</summary>
    public static IEnumerable<Finding> Unsealed(IReadOnlyList<CodeFile> files)
    {
        var bases = files.SelectMany(Types)
            .Select(type => type.Symbol.BaseType?.OriginalDefinition.ToDisplayString())
            .ToHashSet();
        return from file in files
               from type in Types(file)
               where type.Symbol is { TypeKind: TypeKind.Class, IsSealed: false, IsAbstract: false, IsStatic: false }
               where !bases.Contains(type.Symbol.OriginalDefinition.ToDisplayString())
               select file.At(type.Node, $"{type.Symbol.Name} is not sealed: nothing inherits from it, so say sealed");
    }

    /// <summary>Server and Cli are used by no other project (tests are friends), so nothing in them is public.</summary>
    public static IEnumerable<Finding> PublicAtTheLeaves(CodeFile file) =>
        !file.Path.StartsWith("src/LofteEvents.Server/", StringComparison.Ordinal)
        && !file.Path.StartsWith("src/LofteEvents.Cli/", StringComparison.Ordinal)
            ? []
            : from type in Types(file)
              where type.Symbol is { DeclaredAccessibility: Accessibility.Public, ContainingType: null }
              select file.At(type.Node, $"{type.Symbol.Name} is public: no other project needs it, so say internal");

    /// <summary>
    /// What another class can call must be cancellable. A private step may be none on purpose: what is being committed is not
    /// given up half-way, and CA2016 sees to it that a token at hand is forwarded.
    /// </summary>
    public static IEnumerable<Finding> AsyncWithoutToken(CodeFile file) =>
        from node in file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        let method = file.Model.GetDeclaredSymbol(node) as IMethodSymbol
        where method is not null && Awaitables.Contains(method.ReturnType.Name)
        where method.DeclaredAccessibility != Accessibility.Private
        where method.IsAsync || method.Name.EndsWith("Async", StringComparison.Ordinal)
        where !method.IsOverride && method.ExplicitInterfaceImplementations.IsEmpty && !ImplementsAnother(method)
        where !method.Parameters.Any(parameter => CarriesToken(parameter.Type)) && !CarriesToken(method.ContainingType)
        select file.At(node.Identifier.SpanStart, $"{method.Name} takes no CancellationToken: take one and forward it");

    public static IEnumerable<Finding> AsyncVoid(CodeFile file) =>
        from node in file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where file.Model.GetDeclaredSymbol(node) is IMethodSymbol { IsAsync: true, ReturnsVoid: true }
        select file.At(node, $"{node.Identifier.ValueText} is async void: return a Task, or its failure ends the process");

    /// <summary>
    /// Decide, Evolve, Project, React and Resume of the core are static and await nothing; nothing at all is awaited in the
    /// core.
    /// </summary>
    public static IEnumerable<Finding> ImpureCore(CodeFile file)
    {
        if (!file.IsCore)
        {
            yield break;
        }

        foreach (var wait in file.Root.DescendantNodes().OfType<AwaitExpressionSyntax>())
        {
            yield return file.At(wait, "the core awaits nothing: the caller loads first and passes in what was loaded");
        }

        foreach (var node in file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            if (PureNames.Contains(node.Identifier.ValueText) && file.Model.GetDeclaredSymbol(node) is IMethodSymbol method
                && (!method.IsStatic || Awaitables.Contains(method.ReturnType.Name)))
            {
                yield return file.At(node, $"{method.Name} is a pure function: static, and its answer is a value and no task");
            }
        }
    }

    private static IEnumerable<(TypeDeclarationSyntax Node, INamedTypeSymbol Symbol)> Types(CodeFile file) =>
        from node in file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
        let symbol = file.Model.GetDeclaredSymbol(node) as INamedTypeSymbol
        where symbol is not null
        select (node, symbol);

    /// <summary>What implements a foreign interface has the parameters that it was given (DisposeAsync).</summary>
    private static bool ImplementsAnother(IMethodSymbol method) =>
        method.ContainingType.AllInterfaces
            .SelectMany(face => face.GetMembers())
            .Select(method.ContainingType.FindImplementationForInterfaceMember)
            .Any(implementation => SymbolEqualityComparer.Default.Equals(implementation, method));

    /// <summary>A token itself, or what knows the request that carries one (HttpContext.RequestAborted).</summary>
    private static bool CarriesToken(ITypeSymbol type) =>
        type.Name is "CancellationToken" or "HttpContext"
        || BasesOf(type).SelectMany(each => each.GetMembers("HttpContext")).OfType<IPropertySymbol>().Any();

    private static IEnumerable<ITypeSymbol> BasesOf(ITypeSymbol type)
    {
        for (var each = type; each is not null; each = each.BaseType)
        {
            yield return each;
        }
    }
}
