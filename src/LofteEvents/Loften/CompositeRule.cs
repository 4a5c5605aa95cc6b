namespace LofteEvents.Loften;

/// <summary>
/// Occasions that each consist of several parts: an insats, and further ones that name it in <c>partOf</c>. An occasion is whole
/// when all of its parts, or at least some number of them, are there. Its tally holds each occasion, so it grows with their
/// number.
/// </summary>
public sealed record CompositeRule : Rule
{
    /// <summary>The insats that the parts belong to.</summary>
    public required Selector Select { get; init; }

    public required IReadOnlyList<CompositePart> Parts { get; init; }

    /// <summary>How many of the parts make an occasion whole; nothing: all of them.</summary>
    public int? OfParts { get; init; }

    /// <summary>How many whole occasions are demanded.</summary>
    public required int AtLeast { get; init; }

    internal const string Occasion = "occasion";

    internal int DemandedParts => OfParts ?? Parts.Count;

    internal override IEnumerable<Selector> Selectors => [Select, .. Parts.Select(part => part.Select)];

    internal override IEnumerable<Reach> Deciding => Selectors.Select(selector => new Reach(selector));

    internal override IEnumerable<Contribution> Contributions(CountedFact fact, Rule inForce)
    {
        if (inForce is not CompositeRule selecting)
            yield break;

        if (fact.PartOf is null && selecting.Select.Matches(fact))
            yield return new(CellOf(IdOf(fact), Occasion), 1);
        if (fact.PartOf is null)
            yield break;

        foreach (var part in selecting.Parts.Where(part => part.Select.Matches(fact)))
            yield return new(CellOf(fact.PartOf, part.Id), 1);
    }

    internal override IEnumerable<UnmetCondition> Unmet(CountedFact fact) =>
        fact.PartOf is null
            ? Select.Unmet(fact)
            : Parts.Select(part => part.Select.Unmet(fact).ToList()).MinBy(unmet => unmet.Count)!;

    internal static string CellOf(string occasion, string part) => Tally.OfPart($"{part}:{occasion}");

    /// <summary>The id in <c>insats/{id}</c>, as <c>partOf</c> names it.</summary>
    private static string IdOf(CountedFact fact) => fact.Stream[(fact.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
}

/// <param name="Id">Kebab-case, unique in the rule.</param>
public sealed record CompositePart(string Id, Selector Select);
