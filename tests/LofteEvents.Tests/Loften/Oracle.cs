using System.Globalization;
using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

/// <summary>Counts a tale the slow and obvious way: insats by insats, day by day, without a tally, a fact or a fold.</summary>
internal sealed class Oracle
{
    public Oracle(Tale tale)
    {
        var counting = InForce(tale).Where(step => step.Day.Year == 2018 && Selected(RuleOn(tale, step.Day), step)).ToList();
        AllCounted = counting.Count(step => step.Day <= tale.On);
        var last = tale.On.Year > 2018 ? new DateOnly(2018, 12, 31) : tale.On;
        Parts = [.. KeysJudgedBy(tale, last).Select(part =>
            (part.Key, (long)counting.Count(step => step.Day <= tale.On && KeyOf(part.Rule, step) == part.Key)))];
        Counted = Parts.Sum(part => part.Count);
    }

    /// <summary>What counts at all.</summary>
    public int AllCounted { get; }

    /// <summary>What counts in some part.</summary>
    public long Counted { get; }

    public IReadOnlyList<(string Key, long Count)> Parts { get; }

    /// <summary>The newest facts of every insats that was not voided.</summary>
    private static IEnumerable<Step> InForce(Tale tale)
    {
        foreach (var insats in tale.Steps.GroupBy(step => step.Insats))
        {
            var told = insats.SkipWhile(step => step.What != "report").ToList();
            if (told.Count > 0 && told.All(step => step.What != "void"))
                yield return told.Last(step => step == told[0] || step.What == "correct");
        }
    }

    private static CountRule RuleOn(Tale tale, DateOnly day) =>
        (CountRule)(tale.Amended is not null && day >= Tale.AmendedFrom ? tale.Amended : tale.Rule);

    private static bool Selected(CountRule rule, Step step) =>
        step.Kind == "traffic"
        && rule.Select.Areas?[0] switch
        {
            null => true,
            "norrmalm" => step.Area == "norrmalm",
            _ => step.Area is "norrmalm" or "sodermalm",
        }
        && (rule.Select.Tags is null || step.Tag == "riktad")
        && (rule.Select.TimeOfDay is null || Clock(step) is >= 20 * 60 or < 4 * 60)
        && (rule.Divide is not AreaDivision || step.Area is "norrmalm" or "sodermalm");

    /// <summary>By the clocks: a minute that summer time skips is shown an hour later.</summary>
    private static int Clock(Step step) => (int)Stockholm.Local(step.From).TimeOfDay.TotalMinutes;

    /// <summary>The parts of either rule whose last day, or else the judged day, the rule is in force on.</summary>
    private static IEnumerable<(string Key, CountRule Rule)> KeysJudgedBy(Tale tale, DateOnly last)
    {
        var parts = new List<(DateOnly From, string Key, CountRule Rule)>();
        foreach (var rule in new[] { tale.Rule, tale.Amended }.OfType<CountRule>())
        {
            foreach (var part in Days().GroupBy(day => KeyOf(rule, day)).Where(part => part.Count() * 2 >= Whole(rule)))
            {
                var judgedOn = part.Max() < tale.On ? part.Max() : last;
                if (ReferenceEquals(RuleOn(tale, judgedOn), rule))
                    parts.AddRange(Members(rule, part.Key).Select(key => (part.Min(), key, rule)));
            }
        }

        return parts.OrderBy(part => part.From).Select(part => (part.Key, part.Rule));
    }

    private static IEnumerable<string> Members(CountRule rule, string key) =>
        rule.Divide is AreaDivision division ? division.Of : [key];

    private static IEnumerable<DateOnly> Days() => Enumerable.Range(0, 365).Select(new DateOnly(2018, 1, 1).AddDays);

    /// <summary>How many days the whole part has: only weeks are cut off by the year.</summary>
    private static int Whole(CountRule rule) => rule.Divide is CalendarDivision { Every: CalendarPart.Week } ? 7 : 1;

    private static string KeyOf(CountRule rule, Step step) =>
        rule.Divide is AreaDivision ? step.Area : KeyOf(rule, step.Day);

    private static string KeyOf(CountRule rule, DateOnly day) => (rule.Divide as CalendarDivision)?.Every switch
    {
        null => "term",
        CalendarPart.Day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CalendarPart.Week => $"{ISOWeek.GetYear(day.ToDateTime(default))}-W{ISOWeek.GetWeekOfYear(day.ToDateTime(default)):00}",
        CalendarPart.Month => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        CalendarPart.Tertial => day.Month switch { <= 4 => "2018-T1", <= 8 => "2018-T2", _ => "2018-T3" },
        CalendarPart.HalfYear => day.Month <= 6 ? "2018-H1" : "2018-H2",
        _ => "2018",
    };
}
