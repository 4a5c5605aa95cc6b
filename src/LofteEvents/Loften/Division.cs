using System.Text.Json.Serialization;

namespace LofteEvents.Loften;

/// <summary>How what counts is divided into parts. In JSON the member <c>by</c> says which of the family it is.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "by")]
[JsonDerivedType(typeof(CalendarDivision), "calendar")]
[JsonDerivedType(typeof(AreaDivision), "area")]
[JsonDerivedType(typeof(PlaceDivision), "place")]
[JsonDerivedType(typeof(ForumDivision), "forum")]
public abstract record Division
{
    private protected Division()
    {
    }

    /// <summary>The parts in which the threshold is demanded, in order of day and then of the definition.</summary>
    internal abstract IReadOnlyList<Part> Parts(Term term);

    /// <summary>The cells that a selected fact belongs to; none where it lies outside every part.</summary>
    internal virtual IEnumerable<string> CellsOf(CountedFact fact) => [Tally.Whole];

    /// <summary>Why a fact belongs to no cell.</summary>
    internal virtual UnmetCondition Outside(CountedFact fact) => new("outside-set", [], []);
}

/// <summary>One part of a divided commitment.</summary>
/// <param name="Key">Stable name: <c>2018-03-16</c>, <c>2018-W11</c>, <c>2018-03</c>, <c>2018-T1</c>, <c>2018-H1</c>, <c>2018</c>, or the member of the
/// set.</param>
/// <param name="Cell">The cell of the tally that holds what counts in it, from <paramref name="From"/> to <paramref name="To"/>.</param>
internal sealed record Part(string Key, string Cell, DateOnly From, DateOnly To);

/// <summary>A set that is named once and for all, when the promise is signed.</summary>
public abstract record SetDivision : Division
{
    private protected SetDivision()
    {
    }

    public required IReadOnlyList<string> Of { get; init; }

    internal override IReadOnlyList<Part> Parts(Term term) =>
        [.. Of.Select(member => new Part(member, Tally.OfPart(member), term.From, term.To))];

    internal override IEnumerable<string> CellsOf(CountedFact fact) =>
        Of.Where(member => NamedBy(fact).Contains(member)).Select(Tally.OfPart);

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
