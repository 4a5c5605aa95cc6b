namespace LofteEvents.Loften;

/// <summary>One line that promises several things, each with a rule of its own: all of them, or at least some number.</summary>
public sealed record CombinedRule : Rule
{
    public required IReadOnlyList<CombinedPart> Of { get; init; }

    /// <summary>How many must be kept; nothing: all of them.</summary>
    public int? InAtLeast { get; init; }

    internal override IEnumerable<Rule> Simple => Of.SelectMany(part => part.Rule.Simple);

    internal override IEnumerable<Selector> Selectors => Of.SelectMany(part => part.Rule.Selectors);

    internal override IEnumerable<Reach> Deciding => Of.SelectMany(part => part.Rule.Deciding);

    internal override IEnumerable<Contribution> Contributions(CountedFact fact, Rule inForce) =>
        inForce is CombinedRule selecting
            ? Of.SelectMany(part => selecting.Of
                .Where(other => other.Id == part.Id)
                .SelectMany(other => part.Rule.Contributions(fact, other.Rule))
                .Select(contribution => contribution with { Cell = Prefix(part.Id) + contribution.Cell }))
            : [];

    internal override IEnumerable<UnmetCondition> Unmet(CountedFact fact) =>
        Of.Select(part => part.Rule.Unmet(fact).ToList()).MinBy(unmet => unmet.Count)!;

    internal static string Prefix(string part) => part + "/";
}

/// <param name="Id">Kebab-case, unique in the rule.</param>
/// <param name="Text">What of the published line it is, where that can be told.</param>
public sealed record CombinedPart(string Id, Rule Rule, string? Text = null);
