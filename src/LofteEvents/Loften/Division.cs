using System.Diagnostics;
using System.Text.Json.Serialization;

namespace LofteEvents.Loften;

/// <summary>How what counts is divided into parts. In JSON the member <c>by</c> says which of the family it is.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "by")]
[JsonDerivedType(typeof(CalendarDivision), "calendar")]
[JsonDerivedType(typeof(WeekendDivision), "weekend")]
[JsonDerivedType(typeof(SeasonDivision), "season")]
[JsonDerivedType(typeof(OccurrenceDivision), "occurrence")]
[JsonDerivedType(typeof(AreaDivision), "area")]
[JsonDerivedType(typeof(PlaceDivision), "place")]
[JsonDerivedType(typeof(ForumDivision), "forum")]
[JsonDerivedType(typeof(KindDivision), "kind")]
[JsonDerivedType(typeof(TagDivision), "tag")]
[JsonDerivedType(typeof(PartyDivision), "party")]
public abstract record Division
{
    private protected Division()
    {
    }

    /// <summary>What one part is called: <c>day</c>, <c>week</c>, … <c>weekend</c>, <c>season</c>, <c>area</c>, ….</summary>
    internal string PartName => this switch
    {
        CalendarDivision calendar => KebabName.Of(calendar.Every),
        WeekendDivision => "weekend",
        SeasonDivision => "season",
        OccurrenceDivision => "occurrence",
        AreaDivision => "area",
        PlaceDivision => "place",
        ForumDivision => "forum",
        KindDivision => "kind",
        TagDivision => "tag",
        PartyDivision => "party",
        _ => throw new UnreachableException(),
    };

    /// <summary>The parts in which the threshold is demanded, in order of day and then of the definition.</summary>
    internal abstract IReadOnlyList<Part> Parts(Term term);

    /// <summary>The cells that a selected fact belongs to; none where it lies outside every part.</summary>
    internal virtual IEnumerable<string> CellsOf(CountedFact fact) => [Tally.Whole];

    /// <summary>Why a fact belongs to no cell.</summary>
    internal virtual UnmetCondition Outside(CountedFact fact) => new("outside-parts", [], [Days.Of(fact.Day)]);
}

/// <summary>One part of a divided commitment.</summary>
/// <param name="Key">Stable name: <c>2018-03-16</c>, <c>2018-W11</c>, <c>2018-03</c>, <c>2018-T1</c>, <c>2018-H1</c>,
/// <c>2018</c>, <c>2018-host</c>, or the member of the set.</param>
/// <param name="Cell">The cell of the tally that holds what counts in it, from <paramref name="From"/> to
/// <paramref name="To"/>.</param>
internal sealed record Part(string Key, string Cell, DateOnly From, DateOnly To)
{
    /// <summary>
    /// A stretch of days as far as it lies in the term; null where less than half of it does, since what was cut off may be what
    /// was meant.
    /// </summary>
    public static Part? InTerm(string key, Term stretch, Term term)
    {
        var inside = stretch.Clip(term);
        return inside.Days * 2 >= stretch.Days ? new Part(key, Tally.Whole, inside.From, inside.To) : null;
    }
}
