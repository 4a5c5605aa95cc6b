namespace LofteEvents.Loften;

/// <summary>
/// Finds how the events are best given to the groups: a maximum flow from sets of like events through the groups that they could
/// serve, each group taking no more than it needs. What is over goes to the first group that it could serve.
/// </summary>
internal static class JudgeDisjoint
{
    public static Outcome Judge(Judging judging, DisjointRule rule)
    {
        var groups = rule.Groups.Select(group => group.Id).ToList();
        var events = judging.Current.Tally.Cells
            .Where(cell => cell.Key.StartsWith(Tally.OfPart(""), StringComparison.Ordinal))
            .Select(cell => new LikeEvents(
                [.. cell.Key[Tally.OfPart("").Length..].Split('+').Select(id => groups.IndexOf(id))],
                judging.Current.Tally.Days(cell.Key).Between(judging.Term.From, judging.LastDay)))
            .ToList();
        var given = Allocation.Best(events, [.. rule.Groups.Select(group => (long)group.AtLeast)]);
        var parts = rule.Groups.Select((group, i) => PartOf(group, given[i], judging)).ToList();
        var met = parts.Count(part => part.State is PartState.Met);
        var counted = events.Sum(one => one.Count);
        var pace = EvenPace.Of(parts, parts.Count, judging.Term, judging.On);
        return new()
        {
            Verdict =
                met == parts.Count ? Verdict.Fulfilled
                : judging.Phase is Phase.After ? counted > 0 ? Verdict.Partly : Verdict.NotFulfilled
                : pace.Credited < pace.Expected ? Verdict.AtRisk
                : Verdict.OnTrack,
            Unit = Unit.Events,
            Target = parts.Sum(part => part.Target),
            Done = parts.Sum(part => Math.Min(part.Done, part.Target)),
            Counted = counted,
            Planned = judging.Current.Tally.Days(Tally.Planned).Between(judging.Term.From, judging.Term.To),
            Pace = pace,
            Parts = parts,
            PartName = "group",
        };
    }

    private static JudgedPart PartOf(DisjointGroup group, long given, Judging judging) => new(
        group.Id,
        judging.Term.From,
        judging.Term.To,
        group.AtLeast,
        given,
        given >= group.AtLeast ? PartState.Met
        : judging.Phase is Phase.After ? PartState.Missed
        : PartState.Open);
}

/// <param name="Groups">Indexes of the groups that each of these events could serve, in order.</param>
internal sealed record LikeEvents(IReadOnlyList<int> Groups, long Count);

internal static class Allocation
{
    /// <returns>How many events each group is given.</returns>
    public static long[] Best(IReadOnlyList<LikeEvents> events, IReadOnlyList<long> needs)
    {
        var flow = new long[events.Count, needs.Count];
        var given = new long[needs.Count];
        var left = events.Select(one => one.Count).ToArray();
        for (var from = 0; from < events.Count; from++)
        {
            while (left[from] > 0 && PathToNeed(from, events, needs, flow, given) is { } path)
                left[from] -= Augment(path, left[from], needs, flow, given);
        }

        for (var i = 0; i < events.Count; i++)
            given[events[i].Groups[0]] += left[i];

        return given;
    }

    /// <summary>
    /// The shortest way to a group that needs more: events of <paramref name="from"/> go to a group, whose own may move on to
    /// another group. Alternates the set of events and the group that it gives to.
    /// </summary>
    private static List<(int Events, int Group)>? PathToNeed(
        int from, IReadOnlyList<LikeEvents> events, IReadOnlyList<long> needs, long[,] flow, long[] given)
    {
        var reached = new Dictionary<int, (int Events, int? Before)>();
        var queue = new Queue<(int Events, int? Through)>([(from, null)]);
        while (queue.TryDequeue(out var at))
        {
            foreach (var group in events[at.Events].Groups.Where(group => !reached.ContainsKey(group)))
            {
                reached[group] = (at.Events, at.Through);
                if (given[group] < needs[group])
                    return Back(reached, group);

                for (var other = 0; other < events.Count; other++)
                {
                    if (flow[other, group] > 0)
                        queue.Enqueue((other, group));
                }
            }
        }

        return null;
    }

    private static List<(int Events, int Group)> Back(Dictionary<int, (int Events, int? Before)> reached, int last)
    {
        var path = new List<(int, int)>();
        for (int? group = last; group is not null; group = reached[group.Value].Before)
            path.Insert(0, (reached[group.Value].Events, group.Value));

        return path;
    }

    private static long Augment(
        List<(int Events, int Group)> path, long available, IReadOnlyList<long> needs, long[,] flow, long[] given)
    {
        var amount = Math.Min(available, needs[path[^1].Group] - given[path[^1].Group]);
        for (var i = 1; i < path.Count; i++)
            amount = Math.Min(amount, flow[path[i].Events, path[i - 1].Group]);

        for (var i = 0; i < path.Count; i++)
        {
            flow[path[i].Events, path[i].Group] += amount;
            if (i > 0)
                flow[path[i].Events, path[i - 1].Group] -= amount;
        }

        given[path[^1].Group] += amount;
        return amount;
    }
}
