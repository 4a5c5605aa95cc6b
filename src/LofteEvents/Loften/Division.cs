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
}

/// <summary>
/// Every day, week (from Monday), month, tertial, half-year or year of the term, by the calendar of Stockholm. A part that the term cuts off
/// is demanded when at least half of its days lie in the term.
/// </summary>
public sealed record CalendarDivision(CalendarPart Every) : Division;

public enum CalendarPart
{
    Day,
    Week,
    Month,

    /// <summary>January–April, May–August, September–December.</summary>
    Tertial,
    HalfYear,
    Year,
}

/// <summary>Each of these areas, what lies inside an area included. The set is frozen at signing.</summary>
public sealed record AreaDivision(IReadOnlyList<string> Of) : Division;

/// <summary>Each of these places, by the name that the events give. The set is frozen at signing.</summary>
public sealed record PlaceDivision(IReadOnlyList<string> Of) : Division;

/// <summary>Each of these forums, by stream: <c>forum/ungdomar</c>. The set is frozen at signing.</summary>
public sealed record ForumDivision(IReadOnlyList<string> Of) : Division;
