using LofteEvents.Loften;
using LofteEvents.Requests;

namespace LofteEvents.Tests.Loften;

public class A_commitment_to_answer
{
    private static readonly Selector Requests = new() { Type = FactType.Request, Kinds = ["traffic"] };

    [Fact]
    public void Is_not_triggered_without_a_request()
    {
        var story = A.Story(new ResponseRule { Select = Requests, WithinHours = 24 });
        story.VerdictOn("2018-06-01", "c").ShouldBe(Verdict.NotTriggered);
        story.VerdictOn("2019-06-01", "c").ShouldBe(Verdict.NotTriggered);
    }

    [Fact]
    public void Within_hours_goes_by_the_clock_and_shows_open_ones()
    {
        var story = A.Story(new ResponseRule { Select = Requests, WithinHours = 24 });
        Ask(story, "a", "2018-03-01 12:00");
        Answer(story, "a", "2018-03-02 12:00");
        Ask(story, "b", "2018-03-02 12:00");
        story.On("2018-03-02", "c").Responses.ShouldBe(new JudgedResponses(2, 1, 0, 0, 1, 0));
        story.VerdictOn("2018-03-03", "c").ShouldBe(Verdict.OnTrack);
        story.On("2018-03-04", "c").ShouldSatisfyAllConditions(
            judged => judged.Responses.ShouldBe(new JudgedResponses(2, 1, 0, 0, 1, 1)),
            judged => judged.Verdict.ShouldBe(Verdict.CanNoLongerBeMet));
        Answer(story, "b", "2018-03-05 09:00");
        story.On("2018-03-04", "c").Responses.ShouldBe(new JudgedResponses(2, 1, 0, 0, 1, 1));
        story.On("2018-03-05", "c").Responses.ShouldBe(new JudgedResponses(2, 1, 1, 0, 0, 0));
        story.On("2018-03-01", "c").Responses.ShouldBe(new JudgedResponses(1, 0, 0, 0, 1, 0));
    }

    [Fact]
    public void A_minute_late_is_late_on_the_same_day_too()
    {
        var story = A.Story(new ResponseRule { Select = Requests, WithinHours = 2 });
        Ask(story, "a", "2018-03-01 08:00");
        Answer(story, "a", "2018-03-01 10:01");
        story.On("2018-03-01", "c").Responses.ShouldBe(new JudgedResponses(1, 0, 1, 0, 0, 0));
        story.On("2018-03-02", "c").Responses.ShouldBe(new JudgedResponses(1, 0, 1, 0, 0, 0));
    }

    [Fact]
    public void A_lawful_waiver_is_handled_whenever_it_came()
    {
        var story = A.Story(new ResponseRule { Select = Requests, WithinHours = 24 });
        Ask(story, "a", "2018-03-01 12:00");
        Answer(story, "a", "2018-03-20 12:00", RequestOutcome.Waived);
        story.VerdictOn("2018-03-10", "c").ShouldBe(Verdict.CanNoLongerBeMet);
        story.VerdictOn("2018-03-20", "c").ShouldBe(Verdict.OnTrack);
        story.VerdictOn("2019-01-01", "c").ShouldBe(Verdict.Fulfilled);
    }

    [Theory]
    [InlineData(9, Verdict.OnTrack, Verdict.Fulfilled)]
    [InlineData(8, Verdict.AtRisk, Verdict.Partly)]
    [InlineData(0, Verdict.AtRisk, Verdict.NotFulfilled)]
    public void In_a_share_of_the_cases_may_miss_the_others(int inTime, Verdict during, Verdict after)
    {
        var story = A.Story(new ResponseRule { Select = Requests, WithinHours = 24, AtLeastPercent = 90 });
        for (var i = 0; i < 10; i++)
        {
            Ask(story, $"r{i}", "2018-03-01 12:00");
            Answer(story, $"r{i}", i < inTime ? "2018-03-02 08:00" : "2018-03-03 08:00");
        }

        story.On("2018-04-01", "c").ShouldSatisfyAllConditions(
            judged => judged.Verdict.ShouldBe(during),
            judged => judged.Target.ShouldBe(9),
            judged => judged.Done.ShouldBe(inTime));
        story.VerdictOn("2019-01-01", "c").ShouldBe(after);
    }

    [Fact]
    public void On_request_without_a_clock_must_be_met_by_the_end()
    {
        var story = A.Story(new ResponseRule { Select = Requests });
        Ask(story, "a", "2018-03-01 12:00");
        story.VerdictOn("2018-12-31", "c").ShouldBe(Verdict.OnTrack);
        story.VerdictOn("2019-01-01", "c").ShouldBe(Verdict.NotFulfilled);
        Answer(story, "a", "2018-12-01 12:00");
        story.VerdictOn("2019-01-01", "c").ShouldBe(Verdict.Fulfilled);
    }

    [Fact]
    public void A_voided_request_asked_for_nothing()
    {
        var story = A.Story(new ResponseRule { Select = Requests, WithinHours = 24 });
        Ask(story, "a", "2018-03-01 12:00");
        Answer(story, "a", "2018-03-05 12:00");
        story.Said("request/a", new RequestVoided("Dubblett."), "2018-03-06T12:00:00Z").VerdictOn("2018-06-01", "c")
            .ShouldBe(Verdict.NotTriggered);
    }

    private static void Ask(Story story, string id, string at) =>
        story.Said($"request/{id}", new RequestReceived("traffic", Time(at), new Place("norrmalm")), "2018-03-01T12:00:00Z");

    private static void Answer(Story story, string id, string at, RequestOutcome outcome = RequestOutcome.Met) =>
        story.Said($"request/{id}", new RequestAnswered(Time(at), outcome), "2018-03-01T12:00:00Z");

    private static DateTimeOffset Time(string at) => LofteEvents.Stockholm.FirstInstant(
        Story.Day(at[..10]), TimeOnly.Parse(at[11..], System.Globalization.CultureInfo.InvariantCulture));
}
