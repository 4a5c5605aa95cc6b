namespace LofteEvents.Loften;

/// <summary>A set that is named once and for all, when the promise is signed.</summary>
public abstract record SetDivision : Division
{
    private protected SetDivision()
    {
    }

    public required IReadOnlyList<string> Of { get; init; }

    internal override IReadOnlyList<Part> Parts(Term term) =>
        [.. Of.Select(member => new Part(member, Tally.OfPart(member), term.From, term.To))];

    internal override IEnumerable<string> CellsOf(CountedFact fact)
    {
        var named = NamedBy(fact);
        return Of.Where(named.Contains).Select(Tally.OfPart);
    }

    internal override UnmetCondition Outside(CountedFact fact) => new("outside-set", Of, [.. NamedBy(fact).Take(1)]);

    private protected abstract IReadOnlyList<string> NamedBy(CountedFact fact);
}

/// <summary>Each of these areas, what lies inside an area included.</summary>
public sealed record AreaDivision : SetDivision
{
    private protected override IReadOnlyList<string> NamedBy(CountedFact fact) => fact.Areas;
}

/// <summary>Each of these places, by the name that the events give.</summary>
public sealed record PlaceDivision : SetDivision
{
    private protected override IReadOnlyList<string> NamedBy(CountedFact fact) => fact.Place is null ? [] : [fact.Place];
}

/// <summary>Each of these forums, by stream: <c>forum/ungdomar</c>.</summary>
public sealed record ForumDivision : SetDivision
{
    private protected override IReadOnlyList<string> NamedBy(CountedFact fact) => [fact.Stream];
}

/// <summary>Each of these kinds.</summary>
public sealed record KindDivision : SetDivision
{
    private protected override IReadOnlyList<string> NamedBy(CountedFact fact) => fact.Kind is null ? [] : [fact.Kind];
}

/// <summary>Each of these tags; an event that carries several counts for each.</summary>
public sealed record TagDivision : SetDivision
{
    private protected override IReadOnlyList<string> NamedBy(CountedFact fact) => fact.Tags;
}

/// <summary>Each of these parties; an event that several took part in counts for each.</summary>
public sealed record PartyDivision : SetDivision
{
    private protected override IReadOnlyList<string> NamedBy(CountedFact fact) => [.. fact.Parties.Select(party => party.Name)];
}
