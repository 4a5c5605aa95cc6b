namespace LofteEvents.Server.Access;

/// <summary>The roles of a token's claim <c>roles</c>, and the only words in it that mean anything here.</summary>
internal static class Roles
{
    public const string Publisher = "publisher";
    public const string Coordinator = "coordinator";
    public const string Evaluator = "evaluator";
    public const string Officer = "officer";
    public const string Recipient = "recipient";
    public const string Auditor = "auditor";
    public const string Operator = "operator";

    public static IReadOnlyList<string> All { get; } =
        [Publisher, Coordinator, Evaluator, Officer, Recipient, Auditor, Operator];
}
