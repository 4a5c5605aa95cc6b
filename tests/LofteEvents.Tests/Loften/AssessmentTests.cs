using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class A_commitment_that_a_person_assesses
{
    private static readonly string[] Forums = ["forum/ungdomar", "forum/klaraomradet", "forum/otrygga-platser"];

    [Fact]
    public void Shows_its_evidence_forum_by_forum()
    {
        var judged = Norrmalm.Story
            .Meeting(Forums[0], "m1", "2018-02-01", "polis", "kommun")
            .Meeting(Forums[0], "m2", "2018-03-01", "polis")
            .Meeting(Forums[1], "m1", "2018-02-08", "kommun")
            .Meeting("forum/annat", "m1", "2018-02-08", "polis")
            .On("2018-03-15", "forum");
        judged.Parts!.Select(part => (part.Key, part.Done, part.State)).ShouldBe(
            [(Forums[0], 2, PartState.Met), (Forums[1], 0, PartState.Open), (Forums[2], 0, PartState.Open)]);
        judged.ShouldSatisfyAllConditions(
            one => one.Unit.ShouldBe(Unit.Parts),
            one => one.Target.ShouldBe(3),
            one => one.Done.ShouldBe(1),
            one => one.Counted.ShouldBe(2));
    }

    [Fact]
    public void Is_at_risk_while_evidence_lags_and_on_track_when_it_is_there()
    {
        var story = Norrmalm.Story.Meeting(Forums[0], "m1", "2018-02-01", "polis");
        story.VerdictOn("2018-08-01", "forum").ShouldBe(Verdict.AtRisk);
        story.Meeting(Forums[1], "m1", "2018-08-01", "polis").Meeting(Forums[2], "m1", "2018-08-01", "polis");
        story.VerdictOn("2018-08-01", "forum").ShouldBe(Verdict.OnTrack);
    }

    [Fact]
    public void Cannot_be_assessed_after_the_term_without_an_assessment() =>
        WithMeetings().VerdictOn("2019-01-01", "forum").ShouldBe(Verdict.CannotBeAssessed);

    [Theory]
    [InlineData(Assessment.Fulfilled, Verdict.Fulfilled, Verdict.Fulfilled)]
    [InlineData(Assessment.Partly, Verdict.AtRisk, Verdict.Partly)]
    [InlineData(Assessment.NotFulfilled, Verdict.AtRisk, Verdict.NotFulfilled)]
    [InlineData(Assessment.CannotBeAssessed, Verdict.OnTrack, Verdict.CannotBeAssessed)]
    public void Follows_the_assessment(Assessment assessed, Verdict during, Verdict after)
    {
        var story = WithMeetings().Said("lofte/norrmalm-2018", Assessed(assessed, "2018-10-15"), "2018-10-15T12:00:00+02:00");
        story.VerdictOn("2018-10-15", "forum").ShouldBe(during);
        story.VerdictOn("2019-01-01", "forum").ShouldBe(after);
        story.On("2018-10-15", "forum").Preliminary.ShouldBeTrue();
        story.On("2019-01-01", "forum").Preliminary.ShouldBeFalse();
    }

    [Fact]
    public void Follows_the_newest_assessment_of_the_judged_day()
    {
        var story = WithMeetings()
            .Said("lofte/norrmalm-2018", Assessed(Assessment.Partly, "2018-10-15"), "2018-10-15T12:00:00+02:00")
            .Said("lofte/norrmalm-2018", Assessed(Assessment.Fulfilled, "2019-01-20"), "2019-01-20T12:00:00+01:00");
        story.VerdictOn("2019-01-19", "forum").ShouldBe(Verdict.Partly);
        story.VerdictOn("2019-01-20", "forum").ShouldBe(Verdict.Fulfilled);
    }

    private static Story WithMeetings() => Forums.Aggregate(
        Norrmalm.Story, (story, forum) => story.Meeting(forum, "m1", "2018-02-01", "polis"));

    private static CommitmentAssessed Assessed(Assessment outcome, string on) =>
        new("forum", Story.Day(on), outcome, ["Polisen har drivit på."], "Lokalpolisområdeschefen");
}
