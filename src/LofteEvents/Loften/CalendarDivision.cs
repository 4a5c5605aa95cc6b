using System.Globalization;

namespace LofteEvents.Loften;

/// <summary>
/// Every day, week (from Monday, ISO 8601), month, tertial, half-year or year of the term, by the calendar of Stockholm. A part
/// that the term cuts off is demanded when at least half of its days lie in the term.
/// </summary>
public sealed record CalendarDivision(CalendarPart Every) : Division
{
    internal override IReadOnlyList<Part> Parts(Term term)
    {
        var parts = new List<Part>();
        for (var from = StartOf(term.From); from <= term.To; from = Next(from))
        {
            if (Part.InTerm(KeyOf(from), new Term(from, Next(from).AddDays(-1)), term) is { } part)
                parts.Add(part);
        }

        return parts;
    }

    private DateOnly StartOf(DateOnly day) => Every switch
    {
        CalendarPart.Day => day,
        CalendarPart.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        _ => new DateOnly(day.Year, day.Month - ((day.Month - 1) % Months), 1),
    };

    private DateOnly Next(DateOnly from) => Every switch
    {
        CalendarPart.Day => from.AddDays(1),
        CalendarPart.Week => from.AddDays(7),
        _ => from.AddMonths(Months),
    };

    private int Months => Every switch
    {
        CalendarPart.Month => 1,
        CalendarPart.Tertial => 4,
        CalendarPart.HalfYear => 6,
        _ => 12,
    };

    private string KeyOf(DateOnly from) => Every switch
    {
        CalendarPart.Day => Days.Of(from),
        CalendarPart.Week => WeekKey(from),
        CalendarPart.Month => from.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        CalendarPart.Tertial => $"{from.Year:0000}-T{(from.Month + 3) / 4}",
        CalendarPart.HalfYear => $"{from.Year:0000}-H{(from.Month + 5) / 6}",
        _ => $"{from.Year:0000}",
    };

    internal static string WeekKey(DateOnly day) => $"{ISOWeek.GetYear(day):0000}-W{ISOWeek.GetWeekOfYear(day):00}";
}

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
