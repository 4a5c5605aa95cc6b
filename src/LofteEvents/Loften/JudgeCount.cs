namespace LofteEvents.Loften;

/// <summary>
/// Counts part by part. A part that is over is judged by the rule in force on its last day, one that is not by the rule in force
/// on the judged day; what it holds was selected by the rules in force when it happened.
/// </summary>
internal static class JudgeCount
{
    public static Outcome Judge(Judging judging)
    {
        var rule = (CountingRule)judging.Current.Rule;
        var counts = Counts(judging);
        var demanded = rule.InAtLeast ?? counts.Count;
        var met = counts.Count(count => count.State is PartState.Met);
        var counted = counts.Sum(count => count.Done);
        var pace = EvenPace.Of(counts, demanded, judging.Term, judging.On);
        var divided = rule.Divide is not null || counts.Count > 1;
        return new()
        {
            Verdict = judging.Phase is Phase.After ? After(met, demanded, counted) : During(counts, met, demanded, pace),
            Unit = divided ? Unit.Parts : rule.Unit,
            Target = divided ? demanded : counts.Sum(count => count.Target),
            Done = divided ? met : counted,
            Counted = counted,
            Planned = judging.Current.Tally.Days(Tally.Planned).Between(judging.Term.From, judging.Term.To),
            Pace = pace,
            Parts = divided ? counts : null,
            PartName = rule.Divide?.PartName ?? "part",
            Preferred = rule.Prefer is null ? null : Preferred(judging, counted),
        };
    }

    private static List<JudgedPart> Counts(Judging judging)
    {
        var counts = new List<JudgedPart>();
        foreach (var version in judging.Versions)
        {
            var rule = (CountingRule)version.Rule;
            var cells = new Dictionary<string, DayCounts>(StringComparer.Ordinal);
            foreach (var part in rule.Parts(judging.Term))
            {
                var judgedOn = Days.Earlier(part.To, judging.On);
                if (!ReferenceEquals(version, judging.InForce(judgedOn)))
                    continue;

                if (!cells.TryGetValue(part.Cell, out var days))
                    cells[part.Cell] = days = version.Tally.Days(part.Cell);

                counts.Add(Count(part, rule, days.Between(part.From, judgedOn), judging.On));
            }
        }

        return judging.Versions.Count == 1 ? counts : [.. counts.OrderBy(count => count.From)];
    }

    private static JudgedPart Count(Part part, CountingRule rule, long done, DateOnly on)
    {
        var threshold = rule.Threshold(part.Key);
        var state =
            done > rule.AtMost(part.Key) ? PartState.Exceeded
            : done >= threshold ? PartState.Met
            : part.To < on ? PartState.Missed
            : part.From > on ? PartState.Upcoming
            : PartState.Open;
        return new(part.Key, part.From, part.To, threshold, done, state);
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

    private static PreferredShare Preferred(Judging judging, long counted)
    {
        var preferred = judging.Current.Tally.Days(Tally.Preferred).Between(judging.Term.From, judging.LastDay);
        return new(preferred, counted, counted == 0 ? null : (int)(preferred * 100 / counted));
    }
}
