using FsCheck;
using FsCheck.Fluent;
using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

/// <summary>
/// Counting one by one, without a tally or a fold, gives what each shape counts. Calendar parts and areas have their oracle in
/// <see cref="The_status_of_a_promise"/>, disjoint groups in <see cref="An_allocation"/>.
/// </summary>
public partial class Every_shape_of_rule
{
    /// <summary>The Fridays and Saturdays of 2018 that were public holidays, from an almanac.</summary>
    private static readonly DateOnly[] HolidayEvenings =
        [new(2018, 1, 6), new(2018, 3, 30), new(2018, 6, 23), new(2018, 11, 3)];

    [Fact]
    public void Counts_weekends_one_by_one() => Counts(A.Count(1, new WeekendDivision(), inAtLeast: 3), (facts, judged) =>
    {
        var atWeekends = facts.Where(fact => fact.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday).ToList();
        var weekends = atWeekends
            .Select(fact => fact.Day.DayNumber - (fact.Day.DayOfWeek is DayOfWeek.Sunday ? 1 : 0))
            .Distinct();
        return judged.Counted == atWeekends.Count && judged.Done == weekends.Count();
    });

    [Fact]
    public void Counts_seasons_one_by_one() => Counts(
        A.Count(1, new SeasonDivision([new("var", new(3, 1), new(5, 31)), new("host", new(9, 1), new(11, 30))])),
        (facts, judged) => judged.Parts!.Select(part => part.Done).SequenceEqual(
        [
            facts.Count(fact => fact.Day.Month is >= 3 and <= 5), facts.Count(fact => fact.Day.Month is >= 9 and <= 11),
        ]));

    [Fact]
    public void Counts_evenings_past_midnight_one_by_one() => Counts(
        A.Count(1, new OccurrenceDivision
        {
            Weekdays = [DayOfWeek.Friday, DayOfWeek.Saturday],
            ExceptHolidays = true,
            Window = new ClockWindow(new TimeOnly(18, 0), new TimeOnly(3, 0)),
        }),
        (facts, judged) =>
        {
            var evenings = facts
                .Select(fact => Stockholm.Local(fact.From))
                .Where(clock => clock.Hour is >= 18 or < 3)
                .Select(clock => DateOnly.FromDateTime(clock.DateTime).AddDays(clock.Hour < 3 ? -1 : 0))
                .Where(day => day.DayOfWeek is DayOfWeek.Friday or DayOfWeek.Saturday && !HolidayEvenings.Contains(day))
                .ToList();
            return judged.Counted == evenings.Count && judged.Done == evenings.Distinct().Count();
        });

    [Fact]
    public void Counts_parties_tags_and_kinds_one_by_one()
    {
        Counts(A.Count(1, new PartyDivision { Of = ["polis", "kommun"] }), (facts, judged) => AreParts(
            judged, ["polis", "kommun"], party => facts.Count(fact => fact.Parties.Any(one => one.Name == party))));
        Counts(A.Count(1, new TagDivision { Of = ["riktad", "annan"] }), (facts, judged) => AreParts(
            judged, ["riktad", "annan"], tag => facts.Count(fact => fact.Tags.Contains(tag))));
        Counts(A.Count(1, new KindDivision { Of = ["traffic"] }), (facts, judged) => AreParts(
            judged, ["traffic"], kind => facts.Count(fact => fact.Kind == kind)));
    }

    [Fact]
    public void Adds_up_durations_one_by_one()
    {
        var hours = new DurationRule { Select = A.Insats, Measure = DurationMeasure.PersonHours, AtLeastHours = 4 };
        Counts(hours, (facts, judged) => judged.Counted == facts.Sum(fact => (long)((fact.Hours ?? 0) * 60)));
        Counts(
            hours with { Measure = DurationMeasure.Duration, Divide = new CalendarDivision(CalendarPart.Tertial) },
            (facts, judged) => AreParts(judged, ["2018-T1", "2018-T2", "2018-T3"], key => facts
                .Where(fact => $"2018-T{((fact.Day.Month - 1) / 4) + 1}" == key)
                .Sum(fact => (long)(fact.To - fact.From).TotalMinutes)));
    }

    [Fact]
    public void Counts_whole_occasions_one_by_one() => Counts(
        new CompositeRule
        {
            Select = A.Insats,
            Parts = [new("p", A.Insats with { Kinds = ["narcotics"] })],
            AtLeast = 1,
        },
        (facts, judged) =>
        {
            var occasions = facts.Where(fact => fact is { Kind: "traffic", PartOf: null }).ToList();
            var whole = occasions.Count(occasion => facts.Any(fact =>
                fact.Kind == "narcotics" && "insats/" + fact.PartOf == occasion.Stream));
            return judged.Counted == occasions.Count && judged.Done == whole;
        },
        kinds: ["traffic", "narcotics"]);

    private static bool AreParts(JudgedCommitment judged, string[] keys, Func<string, long> counted) =>
        judged.Parts!.Select(part => (part.Key, part.Done)).SequenceEqual(keys.Select(key => (key, counted(key))));

    /// <summary>Holds what a rule counts up to a day against the facts of the term up to that day.</summary>
    private static void Counts(
        Rule rule, Func<IReadOnlyList<CountedFact>, JudgedCommitment, bool> isRight, params string[] kinds) => Prop
        .ForAll(
            (from steps in Steps.ArrayOf(60) from judged in Gen.Choose(0, 380) select (steps, On: First.AddDays(judged)))
                .ToArbitrary(),
            one =>
            {
                var story = Told((rule, rule), one.steps, 0, 0);
                var facts = story.Facts
                    .Where(fact => fact.Type is FactType.Insats && fact.Day.Year == 2018 && fact.Day <= one.On)
                    .Where(fact => (kinds.Length == 0 ? ["traffic"] : kinds).Contains(fact.Kind))
                    .ToList();
                return isRight(facts, JudgeLofte.Judge(story.Status, one.On).Commitments.Single());
            })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithQuietOnSuccess(true));
}
