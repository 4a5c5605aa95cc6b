namespace LofteEvents.Loften;

/// <summary>
/// Every weekend of the term, Saturday and Sunday, by the ISO week that it ends: <c>2018-W11</c>. With <c>inAtLeast</c> distinct
/// weekends.
/// </summary>
/// <param name="WithFriday">Whether Friday belongs to it.</param>
public sealed record WeekendDivision(bool WithFriday = false) : Division
{
    internal override IReadOnlyList<Part> Parts(Term term)
    {
        var parts = new List<Part>();
        for (var sunday = SundayOf(term.From); sunday.AddDays(-2) <= term.To; sunday = sunday.AddDays(7))
        {
            var weekend = new Term(sunday.AddDays(WithFriday ? -2 : -1), sunday);
            if (Part.InTerm(CalendarDivision.WeekKey(sunday), weekend, term) is { } part)
                parts.Add(part);
        }

        return parts;
    }

    internal override IEnumerable<string> CellsOf(CountedFact fact) => IsIn(fact.Day) ? [Tally.Whole] : [];

    private bool IsIn(DateOnly day) =>
        day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || (WithFriday && day.DayOfWeek is DayOfWeek.Friday);

    private static DateOnly SundayOf(DateOnly day) => day.AddDays((7 - (int)day.DayOfWeek) % 7);
}
