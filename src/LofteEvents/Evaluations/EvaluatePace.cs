using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>Looks back through the term: how it stood at each month's end, and since when the promised is there.</summary>
/// <param name="perDay">How many events counted on which day.</param>
internal sealed class EvaluatePace(
    LofteStatus status, CommitmentStatus commitment, DateOnly on, SortedDictionary<DateOnly, long> perDay)
{
    /// <summary>The first of the days without a break up to the judged one on which it was fulfilled.</summary>
    public DateOnly MetOn()
    {
        var changed = perDay.Keys
            .Concat(commitment.Assessments.Select(assessment => assessment.On))
            .Concat(commitment.Delivery is { } delivery ? [delivery.On] : [])
            .Concat(commitment.Versions.Select(version => version.From).OfType<DateOnly>())
            .Where(day => day <= on)
            .Distinct()
            .OrderDescending();
        var met = on;
        foreach (var day in changed)
        {
            if (JudgeLofte.Judge(status, commitment, day).Verdict is not Verdict.Fulfilled)
                break;

            met = day;
        }

        return met;
    }

    public IReadOnlyList<PaceMonth> Months(Unit unit)
    {
        if (unit is not (Unit.Events or Unit.Minutes or Unit.Parts or Unit.Occasions))
            return [];

        var months = new List<PaceMonth>();
        var last = on < status.Term.To ? on : status.Term.To;
        for (var first = status.Term.From; first <= last; first = Next(first))
        {
            var end = Next(first).AddDays(-1);
            var to = end < last ? end : last;
            months.Add(Month(first, to, isWhole: to == end || to == status.Term.To));
        }

        return months;
    }

    private PaceMonth Month(DateOnly first, DateOnly to, bool isWhole)
    {
        var judged = JudgeLofte.Judge(status, commitment, to);
        var passed = isWhole ? to.AddDays(1) : to;
        return new(
            Days.Of(first)[..7],
            to,
            perDay.Where(day => first <= day.Key && day.Key <= to).Sum(day => day.Value),
            judged.Done,
            EvenPace.Of(judged.Target, 0, status.Term, passed).Expected);
    }

    private static DateOnly Next(DateOnly day) => new DateOnly(day.Year, day.Month, 1).AddMonths(1);
}
