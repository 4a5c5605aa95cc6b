using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class An_explanation
{
    [Fact]
    public void Of_what_counts_names_nothing()
    {
        var explanation = Explain(
            Norrmalm.Story.Insats("a", "2018-02-01", "traffic", tags: ["riktad", "utsatt-plats"]), "trafik");
        explanation.Counted.ShouldBeTrue();
        explanation.Unmet.ShouldBeEmpty();
    }

    [Fact]
    public void Names_every_condition_that_fails_with_what_was_demanded_and_found()
    {
        var explanation = Explain(Norrmalm.Story.Insats("a", "2018-02-01", "narcotics", "farsta", tags: ["riktad"]), "trafik");
        explanation.Counted.ShouldBeFalse();
        explanation.Unmet.Select(unmet => (unmet.Code, string.Join(' ', unmet.Demanded), string.Join(' ', unmet.Found))).ShouldBe(
            [("kind", "traffic", "narcotics"), ("tags", "utsatt-plats", "riktad"), ("area", "norrmalm", "farsta")]);
    }

    [Theory]
    [InlineData("2017-12-31", "before-term")]
    [InlineData("2019-01-01", "after-term")]
    [InlineData("2018-07-01", "after-judged-day")]
    public void Names_days_that_do_not_count(string day, string code) =>
        Explain(
                Norrmalm.Story.Insats("a", day, "criminal-network"),
                "natverk",
                on: code == "after-judged-day" ? "2018-06-30" : "2019-06-30")
            .Unmet.Single().Code.ShouldBe(code);

    [Fact]
    public void Says_that_a_meeting_of_another_forum_is_outside_the_set()
    {
        var unmet = Explain(Norrmalm.Story.Meeting("forum/annat", "m1", "2018-02-01", "polis"), "forum").Unmet.Single();
        unmet.Code.ShouldBe("outside-set");
        unmet.Found.ShouldBe(["forum/annat"]);
    }

    [Fact]
    public void Says_that_what_is_planned_is_not_delivered() => Explain(
            Norrmalm.Story.Meeting("forum/ungdomar", "m1", "2018-02-01", "polis"), "natverk")
        .Unmet.Select(unmet => unmet.Code).ShouldContain("type");

    [Fact]
    public void Goes_by_the_rule_in_force_when_it_happened()
    {
        var amended = A.Promise(new CountRule { Select = A.Insats with { Tags = ["ny"] }, AtLeast = 3 });
        var story = A.Story(A.Count(2))
            .Said("lofte/p", new LofteAmended(Story.Day("2018-07-01"), "Ändring.", amended), "2018-06-01T08:00:00+02:00")
            .Insats("old", "2018-06-30", "traffic").Insats("new", "2018-07-01", "traffic");
        var commitment = story.Status.Commitments.Single();
        var facts = story.Facts.OrderBy(fact => fact.Day).ToList();
        ExplainFact.Explain(story.Status, commitment, facts[0], Story.Day("2019-01-01")).Counted.ShouldBeTrue();
        var later = ExplainFact.Explain(story.Status, commitment, facts[1], Story.Day("2019-01-01"));
        later.Unmet.Single().Code.ShouldBe("tags");
        later.RuleFrom.ShouldBe(Story.Day("2018-07-01"));
    }

    private static Explanation Explain(Story story, string commitment, string on = "2018-12-31") => ExplainFact.Explain(
        story.Status, story.Status.Commitments.Single(one => one.Id == commitment), story.Facts.Single(), Story.Day(on));
}
