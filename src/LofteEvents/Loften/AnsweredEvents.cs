namespace LofteEvents.Loften;

/// <summary>
/// The tally of a <see cref="ResponseRule"/> whose occasions are events and whose answers are other events. The two are learnt in
/// any order, so the tally holds both one by one and grows with their number; a cell's amount is the second at which it happened,
/// counted from the year 1.
/// </summary>
internal static class AnsweredEvents
{
    private const string Called = "called:";
    private const string Met = "met:";
    private const string SetAside = "set-aside:";
    private const string By = " by ";

    public static IEnumerable<Contribution> Contributions(CountedFact fact, ResponseRule selecting)
    {
        if (selecting.Select.Matches(fact))
            yield return new(Called + fact.Reference, Second(fact.From));
        if (selecting.Answer is null || AnsweredBy(fact) is not { } answer || !selecting.Answer.Matches(fact))
            yield break;

        yield return new(
            $"{(fact.Outcome == "waived" ? SetAside : Met)}{answer.Event}{By}{fact.Reference}",
            Second(answer.At),
            Stockholm.DayOf(answer.At));
    }

    /// <summary>The event that a fact answers, and when; null where it answers none.</summary>
    public static (string Event, DateTimeOffset At)? AnsweredBy(CountedFact fact) => fact switch
    {
        { About: { } about, AnsweredAt: { } at } => (about, at),
        { Type: FactType.Insats, PartOf: { } whole } => ($"insats/{whole}", fact.From),
        _ => null,
    };

    /// <summary>Every event that called for an answer up to a day, with its first answer up to another.</summary>
    public static IReadOnlyList<Occasion> Read(Tally tally, DateOnly calledUpTo, DateOnly answeredUpTo)
    {
        var answers = new Dictionary<string, (long Second, DateOnly On, bool SetAside)>(StringComparer.Ordinal);
        var called = new List<(string Event, DateOnly Day, long Second)>();
        foreach (var (cell, days) in tally.Cells)
        {
            var (day, second) = days.First();
            if (cell.StartsWith(Called, StringComparison.Ordinal))
            {
                if (day <= calledUpTo)
                    called.Add((cell[Called.Length..], day, second));
            }
            else if (day <= answeredUpTo)
            {
                var kind = cell.StartsWith(Met, StringComparison.Ordinal) ? Met : SetAside;
                var answered = cell[kind.Length..cell.LastIndexOf(By, StringComparison.Ordinal)];
                if (!answers.TryGetValue(answered, out var first) || second < first.Second)
                    answers[answered] = (second, day, kind == SetAside);
            }
        }

        return
        [
            .. called.OrderBy(one => one.Second).ThenBy(one => one.Event, StringComparer.Ordinal).Select(one =>
                answers.TryGetValue(one.Event, out var answer)
                    ? new Occasion(one.Event, one.Day, one.Second, answer.Second, answer.SetAside)
                    : new Occasion(one.Event, one.Day, one.Second, null, false)),
        ];
    }

    private static long Second(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerSecond;
}

/// <summary>An event that called for an answer.</summary>
/// <param name="At">Second from the year 1 on, as <paramref name="AnsweredAt"/>.</param>
/// <param name="AnsweredAt">Null where nothing answered it yet.</param>
/// <param name="SetAside">It was lawfully set aside.</param>
internal readonly record struct Occasion(string Event, DateOnly Day, long At, long? AnsweredAt, bool SetAside)
{
    private const int SecondsOfHour = 3600;

    public bool InTime(int? withinHours) =>
        AnsweredAt is { } answered && (withinHours is not { } hours || answered <= At + (hours * (long)SecondsOfHour));

    /// <summary>The day on which its clock runs out; nothing where it has none.</summary>
    public DateOnly? Due(int? withinHours) => withinHours is { } hours
        ? Stockholm.DayOf(new DateTimeOffset((At + (hours * (long)SecondsOfHour)) * TimeSpan.TicksPerSecond, TimeSpan.Zero))
        : null;
}
