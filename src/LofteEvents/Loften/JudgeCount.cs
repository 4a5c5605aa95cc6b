namespace LofteEvents.Loften;

/// <summary>
/// Counts part by part. A part that is over is judged by the rule in force on its last day, one that is not by the rule in force on the judged
/// day; what it holds was selected by the rules in force when it happened.
/// </summary>
internal static class JudgeCount
{
    /// <summary>365.25 ÷ 12.</summary>
    private const decimal DaysPerMonth = 30.4375m;

    /// <param name="countRule">The rule that counts within a version of the commitment's rule; null where it has none.</param>
    public static Outcome Judge(CommitmentStatus commitment, Term term, DateOnly on, Func<RuleVersion, CountRule?> countRule)
    {
        var last = on < term.To ? on : term.To;
        var current = countRule(commitment.InForce(last) ?? commitment.Versions[0]);
        if (current is null)
            return new() { Verdict = Verdict.CannotBeAssessed, Unit = Unit.Events, Target = 0, Done = 0, Counted = 0 };

        var counts = Counts(commitment, term, on, countRule);
        var demanded = current.InAtLeast ?? counts.Count;
        var met = counts.Count(count => count.State is PartState.Met);
        var counted = counts.Sum(count => count.Done);
        var pace = PaceOf(counts, demanded, term, on);
        var divided = current.Divide is not null || counts.Count > 1;
        return new()
        {
            Verdict = JudgeLofte.PhaseOf(term, on) is Phase.After
                ? After(met, demanded, counted)
                : During(counts, met, demanded, pace),
            Unit = divided ? Unit.Parts : Unit.Events,
            Target = divided ? demanded : current.Threshold,
            Done = divided ? met : counted,
            Counted = counted,
            Planned = (commitment.InForce(last) ?? commitment.Versions[0]).Tally.Days(Tally.Planned).Between(term.From, term.To),
            Pace = pace,
            Parts = divided ? counts : null,
        };
    }

    private static List<JudgedPart> Counts(
        CommitmentStatus commitment, Term term, DateOnly on, Func<RuleVersion, CountRule?> countRule)
    {
        var counts = new List<JudgedPart>();
        foreach (var version in commitment.Versions)
        {
            if (countRule(version) is not { } rule)
                continue;

            var cells = new Dictionary<string, DayCounts>(StringComparer.Ordinal);
            foreach (var part in rule.Parts(term))
            {
                var judgedOn = part.To < on ? part.To : on;
                if (!ReferenceEquals(version, commitment.InForce(judgedOn) ?? commitment.Versions[0]))
                    continue;

                if (!cells.TryGetValue(part.Cell, out var days))
                    cells[part.Cell] = days = version.Tally.Days(part.Cell);

                counts.Add(Count(part, rule, days.Between(part.From, judgedOn), on));
            }
        }

        return commitment.Versions.Count == 1 ? counts : [.. counts.OrderBy(count => count.From)];
    }

    private static JudgedPart Count(Part part, CountRule rule, long done, DateOnly on)
    {
        var state =
            rule.Exactly is { } exactly && done > exactly ? PartState.Exceeded
            : done >= rule.Threshold ? PartState.Met
            : part.To < on ? PartState.Missed
            : part.From > on ? PartState.Upcoming
            : PartState.Open;
        return new(part.Key, part.From, part.To, rule.Threshold, done, state);
    }

    private static Verdict During(List<JudgedPart> counts, int met, int demanded, Pace pace)
    {
        var open = counts.Count(count => count.State is PartState.Open or PartState.Upcoming);
        return met >= demanded ? Verdict.Fulfilled
            : met + open < demanded ? Verdict.CanNoLongerBeMet
            : pace.Credited < pace.Expected ? Verdict.AtRisk
            : Verdict.OnTrack;
    }

    private static Verdict After(int met, int demanded, long counted) =>
        met >= demanded ? Verdict.Fulfilled
        : counted > 0 ? Verdict.Partly
        : Verdict.NotFulfilled;

    private static Pace PaceOf(List<JudgedPart> counts, int demanded, Term term, DateOnly on)
    {
        var expected = counts.Sum(count => count.Target * PassedShare(count, on));
        var target = counts.Sum(count => (decimal)count.Target);
        var credited = counts.Sum(count => Math.Min(count.Done, count.Target));
        if (counts.Count > demanded)
        {
            expected = expected * demanded / counts.Count;
            target = target * demanded / counts.Count;
        }

        var daysLeft = Math.Max(0, term.To.DayNumber - Math.Max(on.DayNumber, term.From.DayNumber) + 1);
        var needed = daysLeft == 0 ? 0 : Math.Max(0, target - credited) / (daysLeft / DaysPerMonth);
        return new((long)Math.Floor(expected + 0.5m), credited, daysLeft, Math.Ceiling(needed * 10) / 10);
    }

    private static decimal PassedShare(JudgedPart count, DateOnly on)
    {
        var days = count.To.DayNumber - count.From.DayNumber + 1;
        return Math.Clamp(on.DayNumber - count.From.DayNumber, 0, days) / (decimal)days;
    }
}
