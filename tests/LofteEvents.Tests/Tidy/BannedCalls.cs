using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LofteEvents.Tests.Tidy;

/// <summary>
/// Calls that make an answer depend on the machine, block a thread or leave something half-done, each with its replacement.
/// </summary>
internal static class BannedCalls
{
    private const string Clock = "take `now` as a parameter in the core; elsewhere ask the injected TimeProvider";
    private const string Ids = "the core makes nothing up: take the id as a parameter";
    private const string Luck = "the core makes nothing up: take the value as a parameter";
    private const string Zone = "name the zone: TimeZoneInfo.FindSystemTimeZoneById(\"Europe/Stockholm\")";
    private const string Blocking = "await it: a blocked thread can stop the whole process";
    private const string Waiting = "wait on the condition with a deadline: Eventually.BecomesAsync(…)";
    private const string Pausing = "await Task.Delay(delay, timeProvider, cancellationToken)";
    private const string Printing = "log through a source-generated LoggerMessage; only the command line prints";

    private const string Stub = "leave it out until it works: a gap is said, not stubbed";

    private static readonly Ban[] Bans =
    [
        new("System.DateTime", ["Now", "UtcNow", "Today"], _ => true, Clock),
        new("System.DateTimeOffset", ["Now", "UtcNow"], _ => true, Clock),
        new("System.TimeZoneInfo", ["Local"], _ => true, Zone),
        new("System.TimeProvider", ["System"], file => file.IsCore, Clock),
        new("System.Guid", ["NewGuid", "CreateVersion7"], file => file.IsCore, Ids),
        new("System.Random", ["Shared", "Random"], file => file.IsCore, Luck),
        new("System.Threading.Tasks.Task", ["Wait", "WaitAll", "WaitAny", "Result"], _ => true, Blocking),
        new("System.Threading.Tasks.ValueTask", ["Result"], _ => true, Blocking),
        new("System.Runtime.CompilerServices.TaskAwaiter", ["GetResult"], _ => true, Blocking),
        new("System.Runtime.CompilerServices.ValueTaskAwaiter", ["GetResult"], _ => true, Blocking),
        new("System.Threading.Thread", ["Sleep"], file => file.IsTest, Waiting),
        new("System.Threading.Thread", ["Sleep"], file => !file.IsTest, Pausing),
        new("System.Threading.Tasks.Task", ["Delay"], file => file.IsTest, Waiting),
        new("System.Console", ["Write", "WriteLine", "Error", "Out", "ReadLine"], PrintsWithoutLeave, Printing),
        new("System.NotImplementedException", ["NotImplementedException"], _ => true, Stub),
    ];

    private static readonly HashSet<string> Names = [.. Bans.SelectMany(ban => ban.Members)];

    public static IEnumerable<Finding> In(CodeFile file) =>
        from node in file.Root.DescendantNodes()
        let called = Called(file.Model, node)
        where called is not null
        from ban in Bans
        where ban.Type == called.Value.Type && ban.Members.Contains(called.Value.Member) && ban.Where(file)
        select file.At(node, $"{ShortName(ban.Type)}.{called.Value.Member} is banned: {ban.Instead}");

    private static (string Type, string Member)? Called(SemanticModel model, SyntaxNode node)
    {
        if (node is BaseObjectCreationExpressionSyntax)
        {
            return model.GetTypeInfo(node).Type is { TypeKind: not TypeKind.Error } type ? (FullName(type), type.Name) : null;
        }

        if (node is not SimpleNameSyntax name || !Names.Contains(name.Identifier.ValueText))
        {
            return null;
        }

        var found = model.GetSymbolInfo(node);
        var symbol = found.Symbol ?? found.CandidateSymbols.FirstOrDefault();
        return symbol is IMethodSymbol or IPropertySymbol && symbol.ContainingType is { } owner
            ? (FullName(owner), symbol.Name)
            : null;
    }

    private static string FullName(ITypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.Name}" : type.Name;

    private static string ShortName(string type) => type[(type.LastIndexOf('.') + 1)..];

    private static bool PrintsWithoutLeave(CodeFile file) =>
        file.Path.StartsWith("src/", StringComparison.Ordinal)
        && !file.Path.StartsWith("src/LofteEvents.Cli/", StringComparison.Ordinal);

    /// <param name="Type">Full name without type arguments.</param>
    /// <param name="Members">Methods and properties; the type's own name stands for its constructor.</param>
    private sealed record Ban(string Type, string[] Members, Func<CodeFile, bool> Where, string Instead);
}
