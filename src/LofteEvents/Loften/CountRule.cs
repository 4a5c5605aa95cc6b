namespace LofteEvents.Loften;

/// <summary>Counts events, as a whole or in each part of a division.</summary>
public sealed record CountRule : Rule
{
    public required Selector Select { get; init; }

    /// <summary>Nothing: the term is the only part.</summary>
    public Division? Divide { get; init; }

    /// <summary>How many are demanded in each part; either this or <see cref="Exactly"/>.</summary>
    public int? AtLeast { get; init; }

    /// <summary>How many there must be in each part, neither fewer nor more.</summary>
    public int? Exactly { get; init; }

    /// <summary>In how many parts the threshold must be met; nothing: in all of them.</summary>
    public int? InAtLeast { get; init; }

    internal int Threshold => AtLeast ?? Exactly ?? 0;

    internal override IEnumerable<Selector> Selectors => [Select];

    internal override IEnumerable<Reach> Deciding => [new Reach(Select, Divide)];

    internal IReadOnlyList<Part> Parts(Term term) => Divide?.Parts(term) ?? [new Part("term", Tally.Whole, term.From, term.To)];

    internal override IEnumerable<Contribution> Contributions(CountedFact fact, Rule inForce)
    {
        if (inForce is not CountRule selecting)
            yield break;

        if (fact.PlanOf is { } delivered)
        {
            if (selecting.Counts(fact with { Type = delivered }))
                yield return new(Tally.Planned, 1);

            yield break;
        }

        if (!selecting.Counts(fact))
            yield break;

        foreach (var cell in CellsOf(fact))
            yield return new(cell, 1);
    }

    internal override IEnumerable<UnmetCondition> Unmet(CountedFact fact)
    {
        foreach (var condition in Select.Unmet(fact))
            yield return condition;

        if (!CellsOf(fact).Any())
            yield return Divide!.Outside(fact);
    }

    private bool Counts(CountedFact fact) => Select.Matches(fact) && CellsOf(fact).Any();

    private IEnumerable<string> CellsOf(CountedFact fact) => Divide?.CellsOf(fact) ?? [Tally.Whole];
}
