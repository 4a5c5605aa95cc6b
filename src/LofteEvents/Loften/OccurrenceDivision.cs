namespace LofteEvents.Loften;

/// <summary>
/// Every occurrence of a rule of the calendar, such as «varje helgfri torsdag mellan kl. 10 och 11» or «samtliga fredags- och
/// lördagskvällar»: one part for each day, named by it. What happens after midnight in a window belongs to the day that the
/// window opens on.
/// </summary>
public sealed record OccurrenceDivision : Division
{
    public required IReadOnlyList<DayOfWeek> Weekdays { get; init; }

    /// <summary>Leaves out Swedish public holidays («helgfri»).</summary>
    public bool ExceptHolidays { get; init; }

    /// <summary>Leaves out Midsummer, Christmas and New Year's Eve too, which are no public holidays by law.</summary>
    public bool ExceptEves { get; init; }

    /// <summary>Single days that were left out when the promise was signed.</summary>
    public IReadOnlyList<DateOnly>? Except { get; init; }

    /// <summary>The time of day it is to lie in; nothing: any time.</summary>
    public ClockWindow? Window { get; init; }

    internal override IReadOnlyList<Part> Parts(Term term)
    {
        var parts = new List<Part>();
        for (var day = term.From; day <= term.To; day = day.AddDays(1))
        {
            if (IsOccurrence(day))
                parts.Add(new Part(Days.Of(day), Tally.OfPart(Days.Of(day)), day, Window?.LastDay(day) ?? day));
        }

        return parts;
    }

    internal override IEnumerable<string> CellsOf(CountedFact fact) =>
        (Window is null ? fact.Day : Window.DayOf(fact.From, fact.To)) is { } day && IsOccurrence(day)
            ? [Tally.OfPart(Days.Of(day))]
            : [];

    internal override UnmetCondition Outside(CountedFact fact)
    {
        var local = Stockholm.Local(fact.From);
        return new(
            "outside-occurrence",
            [
                .. Weekdays.Select(KebabName.Of),
                .. Window is null ? Array.Empty<string>() : [$"{Window.From:HH:mm}", $"{Window.To:HH:mm}"],
            ],
            [KebabName.Of(fact.Day.DayOfWeek), Days.Of(fact.Day), $"{local:HH:mm}"]);
    }

    private bool IsOccurrence(DateOnly day) =>
        Weekdays.Contains(day.DayOfWeek)
        && !(ExceptHolidays && SwedishHolidays.IsHoliday(day))
        && !(ExceptEves && SwedishHolidays.IsEve(day))
        && !(Except?.Contains(day) ?? false);
}
