namespace LofteEvents.Loften;

/// <summary>An occasion is whole from the day on which its insats and enough of its parts have happened.</summary>
internal static class JudgeComposite
{
    public static Outcome Judge(Judging judging, CompositeRule rule)
    {
        var occasions = Occasions(judging, rule);
        var whole = occasions.Count(occasion => occasion.State is PartState.Met);
        var pace = EvenPace.Of(rule.AtLeast, whole, judging.Term, judging.On);
        return new()
        {
            Verdict =
                whole >= rule.AtLeast ? Verdict.Fulfilled
                : judging.Phase is Phase.After ? occasions.Count > 0 ? Verdict.Partly : Verdict.NotFulfilled
                : pace.Credited < pace.Expected ? Verdict.AtRisk
                : Verdict.OnTrack,
            Unit = Unit.Occasions,
            Target = rule.AtLeast,
            Done = whole,
            Counted = occasions.Count,
            Pace = pace,
            Parts = occasions,
            PartName = "occasion",
        };
    }

    /// <summary>In order of their day; parts of an insats that is not there are left out.</summary>
    private static List<JudgedPart> Occasions(Judging judging, CompositeRule rule)
    {
        var tally = judging.Current.Tally;
        var firstDays = tally.Cells
            .Select(cell => (cell.Key, Day: cell.Value.Keys.First()))
            .Where(cell => cell.Day <= judging.LastDay && judging.Term.From <= cell.Day)
            .ToDictionary(cell => cell.Key, cell => cell.Day, StringComparer.Ordinal);
        var prefix = CompositeRule.CellOf("", CompositeRule.Occasion);
        return
        [
            .. firstDays
                .Where(cell => cell.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(cell => Occasion(cell.Key[prefix.Length..], cell.Value, firstDays, judging, rule))
                .OrderBy(occasion => occasion.From)
                .ThenBy(occasion => occasion.Key, StringComparer.Ordinal),
        ];
    }

    private static JudgedPart Occasion(
        string id, DateOnly day, Dictionary<string, DateOnly> firstDays, Judging judging, CompositeRule rule)
    {
        var days = rule.Parts
            .Select(part => CompositeRule.CellOf(id, part.Id))
            .Where(firstDays.ContainsKey)
            .Select(cell => firstDays[cell])
            .ToList();
        var state =
            days.Count >= rule.DemandedParts ? PartState.Met
            : judging.Phase is Phase.After ? PartState.Missed
            : PartState.Open;
        return new(id, day, days.Append(day).Max(), rule.DemandedParts, days.Count, state);
    }
}
