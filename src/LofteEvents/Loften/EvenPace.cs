namespace LofteEvents.Loften;

/// <summary>Works out a <see cref="Pace"/>.</summary>
internal static class EvenPace
{
    /// <summary>365.25 ÷ 12.</summary>
    private const decimal DaysPerMonth = 30.4375m;

    /// <param name="parts">Each with its threshold and what is done of it.</param>
    /// <param name="demanded">In how many of the parts.</param>
    public static Pace Of(IReadOnlyList<JudgedPart> parts, int demanded, Term term, DateOnly on)
    {
        var expected = parts.Sum(part => part.Target * PassedShare(part, on));
        var target = parts.Sum(part => (decimal)part.Target);
        if (parts.Count > demanded)
        {
            expected = expected * demanded / parts.Count;
            target = target * demanded / parts.Count;
        }

        var credited = parts.Sum(part => Math.Min(part.Done, part.Target));
        var daysLeft = Math.Max(0, term.To.DayNumber - Days.Later(on, term.From).DayNumber + 1);
        var needed = daysLeft == 0 ? 0 : Math.Max(0, target - credited) / (daysLeft / DaysPerMonth);
        return new((long)Math.Floor(expected + 0.5m), credited, daysLeft, Math.Ceiling(needed * 10) / 10);
    }

    /// <summary>Of something that is demanded as a whole.</summary>
    public static Pace Of(long target, long done, Term term, DateOnly on) =>
        Of([new("term", term.From, term.To, target, done, PartState.Open)], 1, term, on);

    /// <summary>Of a part without days, such as in a promise that ended before it began, nothing is left.</summary>
    private static decimal PassedShare(JudgedPart part, DateOnly on)
    {
        var days = part.To.DayNumber - part.From.DayNumber + 1;
        return days < 1 ? 1 : Math.Clamp(on.DayNumber - part.From.DayNumber, 0, days) / (decimal)days;
    }
}
