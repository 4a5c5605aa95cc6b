using LofteEvents.Forums;
using LofteEvents.Insatser;
using LofteEvents.Loften;
using LofteEvents.Requests;

namespace LofteEvents.Tests.Loften;

/// <summary>«Vid varje …»: whatever the type of the event that calls for something.</summary>
public class A_commitment_on_every_event
{
    private static readonly Selector Follow = new() { Type = FactType.Request, Kinds = ["narcotics"] };

    [Fact]
    public void Is_not_triggered_while_nothing_called_for_it() =>
        A.Story(OnEveryInsats()).VerdictOn("2019-01-01", "c").ShouldBe(Verdict.NotTriggered);

    [Fact]
    public void Names_the_event_that_nothing_answered()
    {
        var story = A.Story(OnEveryInsats()).Insats("a", "2018-03-01", "traffic").Insats("b", "2018-03-05", "traffic");
        Answer(story, "r", "insats/a", "2018-03-02T08:00:00+01:00");
        story.On("2018-03-06", "c").Responses.ShouldBe(new JudgedResponses(2, 1, 0, 0, 1, 0));
        var judged = story.On("2018-03-07", "c");
        judged.Verdict.ShouldBe(Verdict.CanNoLongerBeMet);
        judged.Parts!.Single(part => part.State is PartState.Missed).Key.ShouldBe("insats/b");
        story.VerdictOn("2019-01-01", "c").ShouldBe(Verdict.Partly);
    }

    [Fact]
    public void A_lawful_waiver_is_handled_whenever_it_came()
    {
        var story = A.Story(OnEveryInsats()).Insats("a", "2018-03-01", "traffic");
        Answer(story, "r", "insats/a", "2018-04-02T08:00:00+02:00", RequestOutcome.Waived);
        story.On("2018-04-02", "c").Responses.ShouldBe(new JudgedResponses(1, 0, 0, 1, 0, 0));
        story.VerdictOn("2019-01-01", "c").ShouldBe(Verdict.Fulfilled);
    }

    [Fact]
    public void The_answer_may_be_learnt_before_the_event_and_goes_where_the_event_goes()
    {
        var story = A.Story(OnEveryInsats());
        Answer(story, "r", "insats/a", "2018-03-02T08:00:00+01:00");
        story.VerdictOn("2018-03-03", "c").ShouldBe(Verdict.NotTriggered);
        story.Insats("a", "2018-03-01", "traffic").VerdictOn("2018-03-03", "c").ShouldBe(Verdict.OnTrack);
        story.Said("insats/a", new InsatsVoided("Fel."), "2018-03-04T08:00:00Z").VerdictOn("2018-03-05", "c")
            .ShouldBe(Verdict.NotTriggered);
    }

    [Fact]
    public void A_meeting_calls_for_what_is_about_that_meeting()
    {
        var rule = new ResponseRule { Select = new() { Type = FactType.ForumMeeting }, Answer = Follow, WithinHours = 48 };
        var story = A.Story(rule).Meeting("forum/f", "m1", "2018-03-01", "polis").Meeting("forum/f", "m2", "2018-03-08", "polis");
        Answer(story, "r", "forum/f#meeting:m1", "2018-03-02T08:00:00+01:00");
        story.On("2018-03-20", "c").Parts!.Select(part => (part.Key, part.State)).ShouldBe(
            [("forum/f#meeting:m1", PartState.Met), ("forum/f#meeting:m2", PartState.Missed)]);
    }

    [Fact]
    public void An_insats_is_answered_by_one_that_is_a_part_of_it()
    {
        var rule = new ResponseRule { Select = A.Insats, Answer = A.Insats with { Kinds = ["narcotics"] }, WithinHours = 72 };
        var story = A.Story(rule).Insats("a", "2018-03-01", "traffic");
        story.Said("insats/b", Story.Report("2018-03-03", "narcotics") with { PartOf = "a" }, "2018-03-03T23:00:00Z");
        story.VerdictOn("2019-01-01", "c").ShouldBe(Verdict.Fulfilled);
    }

    [Fact]
    public void Says_of_an_answer_that_names_nothing_that_it_answers_nothing()
    {
        var story = A.Story(OnEveryInsats());
        Answer(story, "r", null, "2018-03-02T08:00:00+01:00");
        ExplainFact.Explain(story.Status, story.Status.Commitments[0], story.Facts.Single(), Story.Day("2018-06-01")).Unmet
            .ShouldHaveSingleItem().Code.ShouldBe("answers-nothing");
    }

    [Fact]
    public void Lets_another_commitment_count_what_calls_for_the_answer() => DefinitionCheck.Check(
        A.Promise(new("a", "Minst en.", A.Count(1)), new("b", "Varje.", OnEveryInsats())), Norrmalm.Areas).ShouldBeEmpty();

    [Fact]
    public void Is_refused_where_nothing_could_answer_it()
    {
        Refused(new() { Select = A.Insats }).ShouldBe("definition.answer-missing");
        Refused(new() { Select = A.Insats, Answer = A.Insats }).ShouldBe("definition.answer-calls-for-answer");
        Refused(new() { Select = A.Insats, Answer = new() { Type = FactType.ForumMeeting } })
            .ShouldBe("definition.condition-never-met");
        Refused(new() { Select = new() { Type = FactType.ForumMeeting }, Answer = A.Insats })
            .ShouldBe("definition.condition-never-met");
    }

    private static string Refused(ResponseRule rule) =>
        DefinitionCheck.Check(A.Promise(rule), Norrmalm.Areas).ShouldHaveSingleItem().Code;

    private static ResponseRule OnEveryInsats() => new() { Select = A.Insats, Answer = Follow, WithinHours = 24 };

    private static void Answer(
        Story story, string id, string? about, string at, RequestOutcome outcome = RequestOutcome.Met)
    {
        var time = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        story.Said($"request/{id}", new RequestReceived("narcotics", time, new Place("norrmalm"), About: about), at);
        story.Said($"request/{id}", new RequestAnswered(time, outcome), at);
    }
}
