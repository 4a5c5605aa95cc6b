namespace LofteEvents.Loften;

/// <summary>
/// «Utöver detta»: several groups, of which one event may serve one only. The allocation that meets most is found, not the first.
/// </summary>
public sealed record DisjointRule : Rule
{
    public required IReadOnlyList<DisjointGroup> Groups { get; init; }

    internal override IEnumerable<Selector> Selectors => Groups.Select(group => group.Select);

    internal override IEnumerable<Reach> Deciding => Groups.Select(group => new Reach(group.Select));

    /// <summary>Events that could serve the same groups are alike, so the cell is the set of groups.</summary>
    internal override IEnumerable<Contribution> Contributions(CountedFact fact, Rule inForce)
    {
        if (inForce is not DisjointRule selecting)
            return [];

        var planned = fact.PlanOf is not null;
        var counted = fact.PlanOf is { } delivered ? fact with { Type = delivered } : fact;
        var served = selecting.Groups.Where(group => group.Select.Matches(counted)).Select(group => group.Id);
        var cell = string.Join('+', Groups.Select(group => group.Id).Intersect(served));
        return cell.Length == 0 ? [] : [new(planned ? Tally.Planned : Tally.OfPart(cell), 1)];
    }

    internal override IEnumerable<UnmetCondition> Unmet(CountedFact fact) =>
        Groups.Any(group => group.Select.Matches(fact))
            ? []
            : Groups.Select(group => group.Select.Unmet(fact).ToList()).MinBy(unmet => unmet.Count)!;
}

/// <param name="Id">Kebab-case, unique in the rule.</param>
public sealed record DisjointGroup(string Id, Selector Select, int AtLeast);
