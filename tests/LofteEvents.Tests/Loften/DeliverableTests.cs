using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class A_commitment_to_deliver
{
    private static readonly DeliverableRule Council =
        new() { Deliverable = "Ett trafiksäkerhetsråd.", By = new DateOnly(2018, 9, 30) };

    [Fact]
    public void Is_fulfilled_when_it_is_there_by_its_deadline()
    {
        var story = A.Story(Council)
            .Said("lofte/p", new DeliverableCompleted("c", Story.Day("2018-09-30")), "2018-10-05T12:00:00Z");
        story.VerdictOn("2018-09-29", "c").ShouldBe(Verdict.AtRisk);
        story.VerdictOn("2018-09-30", "c").ShouldBe(Verdict.Fulfilled);
        story.VerdictOn("2019-01-01", "c").ShouldBe(Verdict.Fulfilled);
    }

    [Theory]
    [InlineData("2018-05-16", Verdict.OnTrack)]
    [InlineData("2018-05-18", Verdict.AtRisk)]
    [InlineData("2018-09-30", Verdict.AtRisk)]
    [InlineData("2018-10-01", Verdict.CanNoLongerBeMet)]
    [InlineData("2019-01-01", Verdict.NotFulfilled)]
    public void That_is_not_there_goes_by_the_deadline(string on, Verdict verdict) =>
        A.Story(Council).VerdictOn(on, "c").ShouldBe(verdict);

    [Fact]
    public void Keeps_the_original_deadline_beside_a_postponement()
    {
        var story = A.Story(Council)
            .Said("lofte/p", new DeliverablePostponed("c", Story.Day("2018-11-30"), "Budget."), "2018-04-01T12:00:00Z");
        story.On("2018-03-31", "c").Deliverable!.PostponedTo.ShouldBeNull();
        story.On("2018-04-01", "c").ShouldSatisfyAllConditions(
            judged => judged.Verdict.ShouldBe(Verdict.AtRisk),
            judged => judged.Deliverable!.By.ShouldBe(Story.Day("2018-09-30")),
            judged => judged.Deliverable!.PostponedTo.ShouldBe(Story.Day("2018-11-30")));
        story.Said("lofte/p", new DeliverableCompleted("c", Story.Day("2018-11-15")), "2018-11-15T12:00:00Z");
        story.VerdictOn("2018-11-15", "c").ShouldBe(Verdict.CanNoLongerBeMet);
        story.VerdictOn("2019-01-01", "c").ShouldBe(Verdict.Partly);
    }

    [Fact]
    public void That_is_taken_back_is_not_there() => A.Story(Council)
        .Said("lofte/p", new DeliverableCompleted("c", Story.Day("2018-06-01")), "2018-06-01T12:00:00Z")
        .Said("lofte/p", new DeliverableVoided("c", "Beslutet upphävdes."), "2018-07-01T12:00:00Z")
        .VerdictOn("2019-01-01", "c").ShouldBe(Verdict.NotFulfilled);

    [Fact]
    public void Without_a_deadline_has_the_last_day_of_the_signed_term() => A.Story(Council with { By = null })
        .Said("lofte/p", new LofteProlonged(Story.Day("2019-12-31"), "Förlängs."), "2018-06-01T12:00:00Z")
        .On("2018-06-02", "c").Deliverable!.By.ShouldBe(Story.Day("2018-12-31"));
}
