using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class Promised_feedback
{
    [Fact]
    public void Is_overdue_from_the_day_after_its_last_day()
    {
        var story = Norrmalm.Story;
        Single(story, "2018-11-30").ShouldSatisfyAllConditions(
            feedback => feedback.Overdue.ShouldBeFalse(), feedback => feedback.GivenOn.ShouldBeNull());
        Single(story, "2018-12-01").Overdue.ShouldBeTrue();
    }

    [Fact]
    public void Is_kept_when_it_is_given_in_time_and_shows_when_it_was_late()
    {
        Single(Norrmalm.Story.Said("lofte/norrmalm-2018", Given("2018-11-30"), "2018-11-30T12:00:00+01:00"), "2019-01-01")
            .ShouldSatisfyAllConditions(
                feedback => feedback.Overdue.ShouldBeFalse(), feedback => feedback.GivenOn.ShouldBe(Story.Day("2018-11-30")));
        Single(Norrmalm.Story.Said("lofte/norrmalm-2018", Given("2018-12-20"), "2018-12-20T12:00:00+01:00"), "2019-01-01")
            .ShouldSatisfyAllConditions(
                feedback => feedback.Overdue.ShouldBeTrue(), feedback => feedback.GivenOn.ShouldBe(Story.Day("2018-12-20")));
    }

    [Fact]
    public void To_citizens_is_not_kept_by_telling_staff() =>
        Single(
                Norrmalm.Story.Said(
                    "lofte/norrmalm-2018", Given("2018-10-01") with { To = FeedbackAudience.Staff }, "2018-10-01T12:00:00+02:00"),
                "2018-12-01")
            .Overdue.ShouldBeTrue();

    private static FeedbackGiven Given(string on) => new(Story.Day(on), FeedbackAudience.Citizens, "polisen.se", "Utvärdering.");

    private static JudgedFeedback Single(Story story, string on) =>
        JudgeLofte.Judge(story.Status, Story.Day(on)).Feedback.Single();
}
