using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class A_verdict
{
    private static readonly CommitmentHindered Hindered =
        new("c", Story.Day("2018-11-01"), "Gränskontroller.", "Polismästaren");

    [Fact]
    public void Is_upcoming_before_the_term_and_then_not_preliminary()
    {
        var judged = A.Story(A.Count(2)).On("2017-12-31", "c");
        judged.Verdict.ShouldBe(Verdict.Upcoming);
        judged.Preliminary.ShouldBeFalse();
    }

    [Theory]
    [InlineData("2018-01-01", true)]
    [InlineData("2018-12-31", true)]
    [InlineData("2019-01-01", false)]
    public void Is_preliminary_inside_the_term_only(string on, bool preliminary) =>
        A.Story(A.Count(2)).On(on, "c").Preliminary.ShouldBe(preliminary);

    [Fact]
    public void Counts_the_judged_day_and_nothing_after_it()
    {
        var story = A.Story(A.Count(2)).Insats("a", "2018-03-01", "traffic").Insats("b", "2018-03-02", "traffic");
        story.On("2018-02-28", "c").Done.ShouldBe(0);
        story.On("2018-03-01", "c").Done.ShouldBe(1);
        story.On("2018-03-02", "c").Done.ShouldBe(2);
        story.VerdictOn("2018-03-02", "c").ShouldBe(Verdict.Fulfilled);
    }

    [Theory]
    [InlineData(0, Verdict.NotFulfilled)]
    [InlineData(1, Verdict.Partly)]
    [InlineData(2, Verdict.Fulfilled)]
    [InlineData(3, Verdict.Fulfilled)]
    public void Of_at_least_two_after_the_term_follows_the_number(int done, Verdict verdict) =>
        With(A.Story(A.Count(2)), done).VerdictOn("2019-01-01", "c").ShouldBe(verdict);

    [Theory]
    [InlineData(1, Verdict.OnTrack, Verdict.Partly)]
    [InlineData(2, Verdict.Fulfilled, Verdict.Fulfilled)]
    [InlineData(3, Verdict.CanNoLongerBeMet, Verdict.Partly)]
    public void Of_exactly_two_breaks_by_the_third(int done, Verdict during, Verdict after)
    {
        var story = With(A.Story(new CountRule { Select = A.Insats, Exactly = 2 }), done);
        story.VerdictOn("2018-05-05", "c").ShouldBe(during);
        story.VerdictOn("2019-01-01", "c").ShouldBe(after);
    }

    [Theory]
    [InlineData("2018-04-02", Verdict.OnTrack, 0)]
    [InlineData("2018-04-03", Verdict.AtRisk, 1)]
    [InlineData("2018-12-31", Verdict.AtRisk, 2)]
    public void Is_at_risk_when_less_is_done_than_the_even_pace_expects(string on, Verdict verdict, long expected)
    {
        var judged = A.Story(A.Count(2)).On(on, "c");
        judged.Verdict.ShouldBe(verdict);
        judged.Pace.ShouldNotBeNull().Expected.ShouldBe(expected);
    }

    [Fact]
    public void Says_what_is_needed_a_month_from_now_on()
    {
        var pace = With(A.Story(A.Count(4)), 1).On("2018-10-02", "c").Pace.ShouldNotBeNull();
        pace.ShouldBe(new Pace(Expected: 3, Credited: 1, DaysLeft: 91, NeededPerMonth: 1.1m));
    }

    [Fact]
    public void Has_no_pace_once_it_is_decided() =>
        With(A.Story(A.Count(2)), 2).On("2018-10-02", "c").Pace.ShouldBeNull();

    [Fact]
    public void Falls_on_the_Stockholm_day_of_the_start()
    {
        var late = Story.Report("2018-03-16", "traffic") with
        {
            From = new DateTimeOffset(2018, 3, 16, 23, 30, 0, TimeSpan.Zero),
            To = new DateTimeOffset(2018, 3, 17, 1, 30, 0, TimeSpan.Zero),
        };
        var story = A.Story(A.Count(1)).Said("insats/a", late, "2018-03-17T08:00:00+01:00");
        story.On("2018-03-16", "c").Done.ShouldBe(0);
        story.On("2018-03-17", "c").Done.ShouldBe(1);
    }

    [Theory]
    [InlineData("2017-12-31")]
    [InlineData("2019-01-01")]
    public void Counts_nothing_from_outside_the_term(string day) =>
        A.Story(A.Count(1)).Insats("a", day, "traffic").On("2019-06-01", "c").Done.ShouldBe(0);

    [Fact]
    public void Is_hindered_after_the_term_where_somebody_decided_why()
    {
        var story = With(A.Story(A.Count(2)), 1)
            .Said("lofte/p", Hindered, "2018-11-01T08:00:00+01:00");
        story.On("2018-12-01", "c").ShouldSatisfyAllConditions(
            judged => judged.Verdict.ShouldBe(Verdict.AtRisk), judged => judged.Hindrance!.DecidedBy.ShouldBe("Polismästaren"));
        story.VerdictOn("2019-01-01", "c").ShouldBe(Verdict.Hindered);
        story.On("2018-10-31", "c").Hindrance.ShouldBeNull();
    }

    [Fact]
    public void Stays_fulfilled_in_spite_of_a_hindrance() => With(A.Story(A.Count(2)), 2)
        .Said("lofte/p", Hindered, "2018-11-01T08:00:00+01:00")
        .VerdictOn("2019-01-01", "c").ShouldBe(Verdict.Fulfilled);

    private static Story With(Story story, int insatser)
    {
        for (var i = 1; i <= insatser; i++)
            story.Insats($"i{i}", $"2018-02-{i:00}", "traffic");

        return story;
    }
}
