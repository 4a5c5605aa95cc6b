using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class A_division
{
    private static readonly Term Year = new(new DateOnly(2018, 1, 1), new DateOnly(2018, 12, 31));

    [Theory]
    [InlineData(CalendarPart.Day, 365, "2018-01-01", "2018-12-31")]
    [InlineData(CalendarPart.Week, 52, "2018-W01", "2018-W52")]
    [InlineData(CalendarPart.Month, 12, "2018-01", "2018-12")]
    [InlineData(CalendarPart.Tertial, 3, "2018-T1", "2018-T3")]
    [InlineData(CalendarPart.HalfYear, 2, "2018-H1", "2018-H2")]
    [InlineData(CalendarPart.Year, 1, "2018", "2018")]
    public void Of_the_calendar_has_the_parts_of_the_year(CalendarPart every, int count, string first, string last)
    {
        var parts = new CalendarDivision(every).Parts(Year);
        parts.Count.ShouldBe(count);
        parts[0].Key.ShouldBe(first);
        parts[^1].Key.ShouldBe(last);
    }

    [Fact]
    public void Of_the_calendar_demands_a_part_that_is_cut_off_when_half_of_it_is_there()
    {
        var term = new Term(new DateOnly(2018, 10, 16), new DateOnly(2019, 10, 1));
        new CalendarDivision(CalendarPart.Month).Parts(term).Select(part => (part.Key, part.From)).First()
            .ShouldBe(("2018-10", new DateOnly(2018, 10, 16)));
        new CalendarDivision(CalendarPart.Month).Parts(term)[^1].Key.ShouldBe("2019-09");
        new CalendarDivision(CalendarPart.Month)
            .Parts(term with { From = new DateOnly(2018, 10, 17) })[0].Key.ShouldBe("2018-11");
    }

    [Fact]
    public void By_day_lists_what_was_missed_where_an_average_proves_nothing()
    {
        var story = A.Story(A.Count(1, new CalendarDivision(CalendarPart.Day)), "2018-05-01", "2018-05-05")
            .Insats("a", "2018-05-01", "traffic")
            .Insats("b", "2018-05-02", "traffic").Insats("c", "2018-05-02", "traffic").Insats("d", "2018-05-02", "traffic")
            .Insats("e", "2018-05-04", "traffic").Insats("f", "2018-05-05", "traffic");
        var judged = story.On("2018-05-06", "c");
        judged.Verdict.ShouldBe(Verdict.Partly);
        judged.Counted.ShouldBe(6);
        (judged.Target, judged.Done, judged.Remaining).ShouldBe((5, 4, 1));
        judged.Parts!.Where(part => part.State is PartState.Missed).Select(part => part.Key).ShouldBe(["2018-05-03"]);
    }

    [Fact]
    public void By_week_can_no_longer_be_met_once_a_week_is_over_without_it()
    {
        var story = A.Story(A.Count(1, new CalendarDivision(CalendarPart.Week)))
            .Insats("a", "2018-01-07", "traffic").Insats("b", "2018-01-08", "traffic");
        story.VerdictOn("2018-01-21", "c").ShouldBe(Verdict.AtRisk);
        story.VerdictOn("2018-01-22", "c").ShouldBe(Verdict.CanNoLongerBeMet);
        story.Insats("late", "2018-01-20", "traffic").VerdictOn("2018-01-22", "c").ShouldBe(Verdict.OnTrack);
    }

    [Fact]
    public void Into_a_named_set_demands_each_member()
    {
        var story = A.Story(A.Count(1, new AreaDivision { Of = ["norrmalm", "sodermalm", "farsta"] }))
            .Insats("a", "2018-02-01", "traffic").Insats("b", "2018-02-02", "traffic")
            .Insats("c", "2018-02-03", "traffic", "sodermalm");
        var judged = story.On("2019-01-01", "c");
        judged.Verdict.ShouldBe(Verdict.Partly);
        judged.Parts!.Single(part => part.State is PartState.Missed).Key.ShouldBe("farsta");
        story.Insats("d", "2018-02-03", "traffic", "farsta").VerdictOn("2018-02-03", "c").ShouldBe(Verdict.Fulfilled);
    }

    [Fact]
    public void Counts_what_lies_inside_a_member_and_nothing_outside_the_set()
    {
        var story = A.Story(A.Count(1, new AreaDivision { Of = ["stockholms-innerstad"] }))
            .Insats("a", "2018-02-01", "traffic", "sodermalm").Insats("b", "2018-02-01", "traffic", "farsta");
        story.On("2018-03-01", "c").ShouldSatisfyAllConditions(
            judged => judged.Counted.ShouldBe(1), judged => judged.Parts!.Single().Done.ShouldBe(1));
    }

    [Fact]
    public void Into_places_goes_by_their_names() => A.Story(A.Count(1, new PlaceDivision { Of = ["Sergels torg", "Stureplan"] }))
        .Insats("a", "2018-02-01", "traffic", place: "Stureplan").Insats("b", "2018-02-01", "traffic", place: "Hötorget")
        .On("2018-03-01", "c").Parts!.Select(part => part.Done).ShouldBe([0, 1]);

    [Fact]
    public void In_at_least_some_parts_can_miss_the_others()
    {
        var story = A.Story(A.Count(1, new CalendarDivision(CalendarPart.Month), inAtLeast: 10));
        for (var month = 3; month <= 12; month++)
            story.Insats($"m{month}", $"2018-{month:00}-01", "traffic");

        story.On("2018-11-01", "c").ShouldSatisfyAllConditions(
            judged => judged.Verdict.ShouldBe(Verdict.OnTrack),
            judged => judged.Target.ShouldBe(10),
            judged => judged.Done.ShouldBe(9));
        story.VerdictOn("2018-12-01", "c").ShouldBe(Verdict.Fulfilled);
    }

    [Fact]
    public void In_at_least_some_parts_is_lost_when_too_few_remain() =>
        A.Story(A.Count(1, new CalendarDivision(CalendarPart.Month), inAtLeast: 10))
            .VerdictOn("2018-04-01", "c").ShouldBe(Verdict.CanNoLongerBeMet);
}
