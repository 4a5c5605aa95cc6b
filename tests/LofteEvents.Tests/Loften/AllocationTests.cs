using FsCheck;
using FsCheck.Fluent;
using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class An_allocation
{
    private static readonly Gen<(long[] Needs, LikeEvents[] Events)> Cases =
        from groups in Gen.Choose(1, 3)
        from needs in Gen.Choose(1, 4).ArrayOf(groups)
        from counts in Gen.Choose(0, 4).ArrayOf(1 << groups)
        select (
            needs.Select(need => (long)need).ToArray(),
            counts
                .Select(
                    (count, set) => new LikeEvents([.. Enumerable.Range(0, groups).Where(bit => (set & (1 << bit)) != 0)], count))
                .Where(events => events.Groups.Count > 0)
                .ToArray());

    [Fact]
    public void Meets_as_much_as_any_way_of_giving_one_event_at_a_time() => Prop
        .ForAll(Cases.ToArbitrary(), one =>
        {
            var given = Allocation.Best(one.Events, one.Needs);
            return given.Sum() == one.Events.Sum(events => events.Count)
                && given.Zip(one.Needs, Math.Min).Sum() == Most([.. one.Events.SelectMany(events =>
                    Enumerable.Repeat(events.Groups, (int)events.Count))], 0, one.Needs, []);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));

    /// <summary>Tries every way, remembering what was tried.</summary>
    private static long Most(
        IReadOnlyList<IReadOnlyList<int>> events, int next, long[] needs, Dictionary<string, long> tried)
    {
        if (next == events.Count)
            return 0;

        var key = $"{next} {string.Join(' ', needs)}";
        if (tried.TryGetValue(key, out var known))
            return known;

        var most = Most(events, next + 1, needs, tried);
        foreach (var group in events[next].Where(group => needs[group] > 0))
        {
            long[] left = [.. needs];
            left[group]--;
            most = Math.Max(most, 1 + Most(events, next + 1, left, tried));
        }

        return tried[key] = most;
    }
}
