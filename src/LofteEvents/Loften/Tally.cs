using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LofteEvents.Loften;

/// <summary>
/// How much counted on which day, in each cell of a rule. Its size is bounded by the days of the term and the cells of the rule,
/// never by the number of events. What is added can be taken away again, in any order, and leaves no trace.
/// </summary>
[JsonConverter(typeof(TallyJson))]
public sealed class Tally
{
    /// <summary>The cell of what is not divided, or divided by its day alone.</summary>
    internal const string Whole = "whole";

    /// <summary>What is planned and not yet delivered.</summary>
    internal const string Planned = "planned";

    /// <summary>What of that which counts is also what is preferred.</summary>
    internal const string Preferred = "preferred";

    private readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<DateOnly, long>> _cells;

    private Tally(ImmutableSortedDictionary<string, ImmutableSortedDictionary<DateOnly, long>> cells) => _cells = cells;

    public static Tally Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<DateOnly, long>>(StringComparer.Ordinal));

    /// <summary>The cell of one part of a named set.</summary>
    internal static string OfPart(string key) => "part:" + key;

    public IEnumerable<KeyValuePair<string, ImmutableSortedDictionary<DateOnly, long>>> Cells => _cells;

    /// <exception cref="InvalidOperationException">More is taken away than was added: the facts and the tally have drifted
    /// apart.</exception>
    internal Tally Add(string cell, DateOnly day, long amount)
    {
        var days = _cells.GetValueOrDefault(cell, ImmutableSortedDictionary<DateOnly, long>.Empty);
        var sum = days.GetValueOrDefault(day) + amount;
        if (sum < 0)
            throw new InvalidOperationException($"More is taken from cell '{cell}' on {day:O} than was ever added to it.");

        days = sum == 0 ? days.Remove(day) : days.SetItem(day, sum);
        return new(days.IsEmpty ? _cells.Remove(cell) : _cells.SetItem(cell, days));
    }

    /// <summary>The days of a cell, ready for many questions about stretches of days.</summary>
    internal DayCounts Days(string cell) => new(_cells.GetValueOrDefault(cell, ImmutableSortedDictionary<DateOnly, long>.Empty));

    /// <summary>The cells whose names start with a prefix, under what is left of their names.</summary>
    internal Tally Under(string prefix) => new(_cells
        .Where(cell => cell.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToImmutableSortedDictionary(cell => cell.Key[prefix.Length..], cell => cell.Value, StringComparer.Ordinal));

    internal static Tally Of(ImmutableSortedDictionary<string, ImmutableSortedDictionary<DateOnly, long>> cells) => new(cells);
}

/// <summary>Running sums over the days of a cell: a question about any stretch of days is two binary searches.</summary>
internal sealed class DayCounts
{
    private readonly int[] _days;
    private readonly long[] _sums;

    public DayCounts(ImmutableSortedDictionary<DateOnly, long> days)
    {
        _days = new int[days.Count];
        _sums = new long[days.Count + 1];
        var i = 0;
        foreach (var (day, amount) in days)
        {
            _days[i] = day.DayNumber;
            _sums[i + 1] = _sums[i] + amount;
            i++;
        }
    }

    /// <summary>The sum from one day to another, both inclusive; nothing where the stretch is empty.</summary>
    public long Between(DateOnly from, DateOnly to) =>
        to < from ? 0 : _sums[Below(to.DayNumber + 1)] - _sums[Below(from.DayNumber)];

    private int Below(int day)
    {
        var at = Array.BinarySearch(_days, day);
        return at >= 0 ? at : ~at;
    }
}
