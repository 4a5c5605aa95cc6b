using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class A_commitment_of_the_calendar
{
    [Fact]
    public void In_so_many_distinct_weekends_counts_a_weekend_once()
    {
        var story = A.Story(A.Count(1, new WeekendDivision(), inAtLeast: 2))
            .Insats("saturday", "2018-03-17", "traffic").Insats("sunday", "2018-03-18", "traffic")
            .Insats("friday", "2018-03-23", "traffic");
        story.On("2018-04-01", "c").ShouldSatisfyAllConditions(
            judged => judged.Done.ShouldBe(1), judged => judged.Counted.ShouldBe(2), judged => judged.Target.ShouldBe(2));
        story.Insats("next", "2018-04-01", "traffic").VerdictOn("2018-04-01", "c").ShouldBe(Verdict.Fulfilled);
    }

    [Fact]
    public void Of_weekends_knows_all_of_them_and_leaves_out_one_that_is_cut_off()
    {
        var year = new Term(new DateOnly(2018, 1, 1), new DateOnly(2018, 12, 31));
        new WeekendDivision().Parts(year).Count.ShouldBe(52);
        new WeekendDivision(WithFriday: true).Parts(year with { From = new DateOnly(2018, 1, 7) })[0].Key.ShouldBe("2018-W02");
        new WeekendDivision(WithFriday: true).Parts(year with { From = new DateOnly(2018, 1, 6) })[0].Key.ShouldBe("2018-W01");
    }

    [Fact]
    public void In_spring_and_autumn_demands_both_in_each_year_of_the_term()
    {
        var rule = A.Count(1, new SeasonDivision(
            [new("var", new(3, 1), new(5, 31)), new("host", new(9, 1), new(11, 30))]));
        var story = A.Story(rule, "2023-01-01", "2024-12-31")
            .Insats("a", "2023-04-01", "traffic").Insats("b", "2023-05-31", "traffic").Insats("summer", "2023-07-01", "traffic")
            .Insats("c", "2023-10-01", "traffic").Insats("d", "2024-03-01", "traffic");
        story.On("2024-12-01", "c").Parts!.Select(part => (part.Key, part.Done, part.State)).ShouldBe(
        [
            ("2023-var", 2, PartState.Met),
            ("2023-host", 1, PartState.Met),
            ("2024-var", 1, PartState.Met),
            ("2024-host", 0, PartState.Missed),
        ]);
        story.VerdictOn("2024-11-30", "c").ShouldBe(Verdict.AtRisk);
        story.VerdictOn("2024-12-01", "c").ShouldBe(Verdict.CanNoLongerBeMet);
    }

    [Fact]
    public void In_a_winter_goes_past_the_new_year()
    {
        var winter = new SeasonDivision([new Season("vinter", new MonthDay(12, 1), new MonthDay(2, 29))]);
        var parts = winter.Parts(new Term(new DateOnly(2023, 10, 1), new DateOnly(2024, 9, 30)));
        parts.Single().ShouldSatisfyAllConditions(
            part => part.Key.ShouldBe("2023-vinter"), part => part.To.ShouldBe(new DateOnly(2024, 2, 29)));
    }

    [Fact]
    public void On_every_holiday_free_Thursday_leaves_out_holidays()
    {
        var signed = Gagnef.Divide!.Parts(new Term(new DateOnly(2016, 11, 17), new DateOnly(2017, 5, 18)));
        signed.Count.ShouldBe(27);
        var ascension = Gagnef.Divide.Parts(new Term(new DateOnly(2017, 5, 18), new DateOnly(2017, 6, 1)));
        ascension.Select(part => part.Key).ShouldBe(["2017-05-18", "2017-06-01"]);
    }

    [Fact]
    public void On_every_Thursday_morning_at_the_shop_counts_those_only()
    {
        var story = A.Story(Gagnef, "2016-11-17", "2017-05-18")
            .Insats("there", "2016-11-17", "traffic", from: "10:00", place: "Tempo i Björbo")
            .Insats("late", "2016-11-24", "traffic", from: "11:00", place: "Tempo i Björbo")
            .Insats("elsewhere", "2016-12-01", "traffic", from: "10:00", place: "Djurås")
            .Insats("friday", "2016-12-09", "traffic", from: "10:00", place: "Tempo i Björbo")
            .Insats("summer-time", "2017-03-30", "traffic", from: "10:15", place: "Tempo i Björbo");
        story.On("2017-05-19", "c").ShouldSatisfyAllConditions(
            judged => judged.Done.ShouldBe(2),
            judged => judged.Counted.ShouldBe(2),
            judged => judged.Verdict.ShouldBe(Verdict.Partly),
            judged => judged.Parts!.Count(part => part.State is PartState.Missed).ShouldBe(judged.Parts!.Count - 2));
        story.VerdictOn("2016-11-25", "c").ShouldBe(Verdict.CanNoLongerBeMet);
    }

    [Fact]
    public void Of_evenings_gives_the_small_hours_to_the_evening_before()
    {
        var evenings = new OccurrenceDivision
        {
            Weekdays = [DayOfWeek.Friday, DayOfWeek.Saturday],
            Window = new ClockWindow(new TimeOnly(18, 0), new TimeOnly(3, 0)),
        };
        var story = A.Story(A.Count(1, evenings), "2018-03-16", "2018-03-17")
            .Insats("friday-night", "2018-03-17", "traffic", from: "01:00")
            .Insats("sunday-morning", "2018-03-18", "traffic", from: "01:00");
        story.On("2018-03-19", "c").Parts!.Select(part => (part.Key, part.Done)).ShouldBe([("2018-03-16", 1), ("2018-03-17", 0)]);
        story.On("2018-03-17", "c").Parts![0].Done.ShouldBe(1);
        story.On("2018-03-16", "c").Parts![0].Done.ShouldBe(0);
    }

    [Theory]
    [InlineData("2016-01-01", true)]
    [InlineData("2016-01-06", true)]
    [InlineData("2016-03-25", true)]
    [InlineData("2016-03-27", true)]
    [InlineData("2016-03-28", true)]
    [InlineData("2016-05-01", true)]
    [InlineData("2016-05-05", true)]
    [InlineData("2016-05-15", true)]
    [InlineData("2016-05-16", false)]
    [InlineData("2004-05-31", true)]
    [InlineData("2004-06-06", false)]
    [InlineData("2016-06-06", true)]
    [InlineData("2016-06-25", true)]
    [InlineData("2016-06-24", false)]
    [InlineData("2016-11-05", true)]
    [InlineData("2020-10-31", true)]
    [InlineData("2020-11-07", false)]
    [InlineData("2016-12-24", false)]
    [InlineData("2016-12-25", true)]
    [InlineData("2016-12-26", true)]
    [InlineData("2016-12-31", false)]
    public void Knows_the_public_holidays_of_Sweden(string day, bool holiday) =>
        SwedishHolidays.IsHoliday(Story.Day(day)).ShouldBe(holiday);

    [Theory]
    [InlineData("1961-04-02")]
    [InlineData("2000-04-23")]
    [InlineData("2008-03-23")]
    [InlineData("2018-04-01")]
    [InlineData("2019-04-21")]
    [InlineData("2024-03-31")]
    [InlineData("2038-04-25")]
    public void Knows_Easter(string sunday) => SwedishHolidays.Easter(Story.Day(sunday).Year).ShouldBe(Story.Day(sunday));

    [Theory]
    [InlineData("2016-06-24", true)]
    [InlineData("2016-12-24", true)]
    [InlineData("2016-12-31", true)]
    [InlineData("2016-12-25", false)]
    public void Knows_the_eves(string day, bool eve) => SwedishHolidays.IsEve(Story.Day(day)).ShouldBe(eve);

    [Fact]
    public void Of_several_years_can_demand_another_number_of_one_year()
    {
        var rule = A.Count(2, new CalendarDivision(CalendarPart.Year)) with
        {
            AtLeastIn = new Dictionary<string, int> { ["2024"] = 3 },
        };
        var story = A.Story(rule, "2023-01-01", "2024-12-31");
        for (var i = 1; i <= 2; i++)
            story.Insats($"a{i}", $"2023-0{i}-01", "traffic").Insats($"b{i}", $"2024-0{i}-01", "traffic");

        story.On("2025-01-01", "c").Parts!.Select(part => (part.Key, part.Target, part.State)).ShouldBe(
            [("2023", 2, PartState.Met), ("2024", 3, PartState.Missed)]);
    }

    [Fact]
    public void About_a_stretch_of_the_term_counts_within_it()
    {
        var rule = A.Count(1) with { Within = new Term(new DateOnly(2018, 8, 20), new DateOnly(2018, 12, 20)) };
        var story = A.Story(rule).Insats("spring", "2018-04-01", "traffic");
        story.On("2018-12-20", "c").Done.ShouldBe(0);
        story.VerdictOn("2018-12-21", "c").ShouldBe(Verdict.CanNoLongerBeMet);
        story.Insats("autumn", "2018-09-01", "traffic").VerdictOn("2018-09-01", "c").ShouldBe(Verdict.Fulfilled);
    }

    private static CountRule Gagnef => new()
    {
        Select = A.Insats with { Places = ["Tempo i Björbo"] },
        Divide = new OccurrenceDivision
        {
            Weekdays = [DayOfWeek.Thursday],
            ExceptHolidays = true,
            Window = new ClockWindow(new TimeOnly(10, 0), new TimeOnly(11, 0), ClockMatch.Overlaps),
        },
        AtLeast = 1,
    };
}
