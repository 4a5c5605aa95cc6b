using LofteEvents.Indicators;
using LofteEvents.Insatser;
using LofteEvents.Loften;
using LofteEvents.Requests;

namespace LofteEvents.Tests.Loften;

public class A_commitment_of_another_shape
{
    private static readonly DisjointRule Ockero = new()
    {
        Groups =
        [
            new("insatser", A.Insats, 3),
            new("moped", A.Insats with { Tags = ["moped"] }, 1),
        ],
    };

    [Fact]
    public void Disjoint_does_not_count_one_event_for_both_groups()
    {
        var story = A.Story(Ockero)
            .Insats("a", "2018-02-01", "traffic").Insats("b", "2018-02-02", "traffic")
            .Insats("m", "2018-02-03", "traffic", tags: ["moped"]);
        var judged = story.On("2018-12-31", "c");
        judged.Verdict.ShouldBe(Verdict.AtRisk);
        (judged.Target, judged.Done, judged.Counted).ShouldBe((4, 3, 3));
        story.Insats("d", "2018-02-04", "traffic").VerdictOn("2018-12-31", "c").ShouldBe(Verdict.Fulfilled);
    }

    [Fact]
    public void Disjoint_finds_the_best_allocation_and_not_the_first()
    {
        var story = A.Story(Ockero)
            .Insats("m", "2018-01-01", "traffic", tags: ["moped"]).Insats("n", "2018-01-02", "traffic", tags: ["moped"])
            .Insats("a", "2018-02-01", "traffic").Insats("b", "2018-02-02", "traffic");
        story.On("2018-12-31", "c").Parts!.Select(part => (part.Key, part.Done)).ShouldBe([("insatser", 3), ("moped", 1)]);
    }

    [Fact]
    public void Composite_is_whole_when_all_parts_of_one_insats_are_there()
    {
        var rule = new CompositeRule
        {
            Select = A.Insats,
            Parts =
            [
                new("information", new() { Type = FactType.Insats, Kinds = ["narcotics"], Tags = ["information"] }),
                new("kontroll", new() { Type = FactType.Insats, Kinds = ["narcotics"], Tags = ["kontroll"] }),
            ],
            AtLeast = 1,
        };
        var story = A.Story(rule)
            .Insats("one", "2018-02-01", "traffic").Insats("two", "2018-02-02", "traffic")
            .Said("insats/i1", PartOf("one", "2018-02-03", "information"), "2018-02-03T23:00:00+01:00")
            .Said("insats/k2", PartOf("two", "2018-02-04", "kontroll"), "2018-02-04T23:00:00+01:00")
            .Said("insats/orphan", PartOf("three", "2018-02-04", "kontroll"), "2018-02-04T23:00:00+01:00");
        story.On("2018-03-01", "c").ShouldSatisfyAllConditions(
            judged => judged.Unit.ShouldBe(Unit.Occasions),
            judged => (judged.Done, judged.Counted).ShouldBe((0, 2)),
            judged => judged.Parts!.Select(part => (part.Key, part.Done, part.Target)).ShouldBe([("one", 1, 2), ("two", 1, 2)]));
        story.Said("insats/k1", PartOf("one", "2018-02-05", "kontroll"), "2018-02-05T23:00:00+01:00");
        story.VerdictOn("2018-02-04", "c").ShouldBe(Verdict.OnTrack);
        story.VerdictOn("2018-02-05", "c").ShouldBe(Verdict.Fulfilled);
        A.Story(rule with { OfParts = 1 }).Insats("one", "2018-02-01", "traffic")
            .Said("insats/i1", PartOf("one", "2018-02-03", "information"), "2018-02-03T23:00:00+01:00")
            .VerdictOn("2018-02-03", "c").ShouldBe(Verdict.Fulfilled);
    }

    [Fact]
    public void Combined_needs_each_of_its_several_things()
    {
        var story = A.Story(new CombinedRule
        {
            Of =
            [
                new("kontroll", A.Count(1, new CalendarDivision(CalendarPart.HalfYear))),
                new(
                    "belysning",
                    new ResponseRule { Select = new() { Type = FactType.Request } },
                    "åtgärda eventuell trasig belysning"),
            ],
        });
        story.VerdictOn("2018-02-01", "c").ShouldBe(Verdict.OnTrack);
        story.Insats("a", "2018-03-01", "traffic").Insats("b", "2018-09-01", "traffic");
        story.On("2019-01-01", "c").ShouldSatisfyAllConditions(
            judged => judged.Verdict.ShouldBe(Verdict.Fulfilled),
            judged => judged.Of!.Select(part => part.Verdict).ShouldBe([Verdict.Fulfilled, Verdict.NotTriggered]));
        story.Said("request/r", Asked("2018-10-01"), "2018-10-01T12:00:00+02:00").VerdictOn("2019-01-01", "c")
            .ShouldBe(Verdict.Partly);
    }

    [Fact]
    public void Of_duration_adds_up_hours()
    {
        var rule = new DurationRule { Select = A.Insats, Measure = DurationMeasure.Duration, AtLeastHours = 5 };
        var story = A.Story(rule).Insats("a", "2018-02-01", "traffic").Insats("b", "2018-02-02", "traffic");
        story.On("2018-03-01", "c").ShouldSatisfyAllConditions(
            judged => judged.Unit.ShouldBe(Unit.Minutes), judged => (judged.Target, judged.Done).ShouldBe((300, 240)));
        story.Insats("d", "2018-02-03", "traffic").VerdictOn("2018-03-01", "c").ShouldBe(Verdict.Fulfilled);
        A.Story(rule with { Measure = DurationMeasure.PersonHours })
            .Said("insats/a", Story.Report("2018-02-01", "traffic") with { Hours = 4.75m }, "2018-02-01T23:00:00+01:00")
            .Insats("unreported", "2018-02-02", "traffic")
            .On("2018-03-01", "c").Done.ShouldBe(285);
    }

    [Fact]
    public void Of_parties_is_joint_each_or_any()
    {
        Story Told(CountRule rule) => A.Story(rule)
            .Said("insats/p", By("2018-02-01", "polis"), "2018-02-01T23:00:00+01:00")
            .Said("insats/k", By("2018-02-02", "kommun"), "2018-02-02T23:00:00+01:00")
            .Said("insats/both", By("2018-02-03", "polis", "kommun"), "2018-02-03T23:00:00+01:00")
            .Said("insats/other", By("2018-02-04", "trafikverket"), "2018-02-04T23:00:00+01:00");

        Told(new CountRule { Select = A.Insats with { Parties = [new("polis"), new("kommun")] }, AtLeast = 9 })
            .On("2018-03-01", "c")
            .Done.ShouldBe(1);
        Told(new CountRule { Select = A.Insats with { AnyParty = [new("polis"), new("kommun")] }, AtLeast = 9 })
            .On("2018-03-01", "c")
            .Done.ShouldBe(3);
        Told(A.Count(2, new PartyDivision { Of = ["polis", "kommun"] })).On("2018-03-01", "c").Parts!
            .Select(part => (part.Key, part.Done)).ShouldBe([("polis", 2), ("kommun", 2)]);
    }

    [Fact]
    public void With_a_soft_preference_reports_a_share_and_never_a_gate()
    {
        var rule = A.Count(2) with { Prefer = A.Insats with { TargetGroups = ["youth"] } };
        var story = A.Story(rule).Insats("a", "2018-02-01", "traffic").Insats("b", "2018-02-02", "traffic")
            .Said("insats/y", Story.Report("2018-02-03", "traffic") with { TargetGroup = "youth" }, "2018-02-03T23:00:00+01:00");
        story.On("2018-03-01", "c").ShouldSatisfyAllConditions(
            judged => judged.Verdict.ShouldBe(Verdict.Fulfilled),
            judged => judged.Preferred.ShouldBe(new PreferredShare(1, 3, 33)));
        story.On("2018-02-02", "c").Preferred.ShouldBe(new PreferredShare(0, 2, 0));
        story.On("2018-01-02", "c").Preferred.ShouldBe(new PreferredShare(0, 0, null));
    }

    [Fact]
    public void Follows_indicators_beside_the_verdict_and_shows_none_as_none()
    {
        var definition = A.Promise(new Commitment("c", "Vi lovar det.", A.Count(1))
        {
            Follows = [new("indicator/trygghet", IndicatorAim.Higher, new IndicatorBaseline(61, "NTU 2017"))],
        });
        var story = Story.Of(definition, Norrmalm.Areas);
        story.On("2018-06-01", "c").Follows!.Single().ShouldSatisfyAllConditions(
            followed => followed.Latest.ShouldBeNull(), followed => followed.Change.ShouldBeNull());
        story.Said("indicator/trygghet", Measured("2018-spring", "2018-05-01", 63.5m), "2018-05-01T12:00:00Z")
            .Said("indicator/annat", Measured("x", "2018-05-02", 1), "2018-05-02T12:00:00Z")
            .Said("indicator/trygghet", Measured("2019-spring", "2019-05-01", 60), "2019-05-01T12:00:00Z");
        story.On("2018-06-01", "c").Follows!.Single().Change.ShouldBe(2.5m);
        story.On("2019-06-01", "c").Follows!.Single().Change.ShouldBe(-1);
        story.VerdictOn("2019-06-01", "c").ShouldBe(Verdict.NotFulfilled);
        story.Said("indicator/trygghet", new IndicatorVoided("2019-spring", "Fel urval."), "2019-06-01T12:00:00Z")
            .On("2019-06-01", "c").Follows!.Single().Change.ShouldBe(2.5m);
    }

    private static RequestReceived Asked(string day) =>
        new("trygghetsvandring", LofteEvents.Stockholm.FirstInstant(Story.Day(day), new TimeOnly(12, 0)), new Place("norrmalm"));

    private static IndicatorMeasured Measured(string id, string day, decimal value) => new(
        id, LofteEvents.Stockholm.FirstInstant(Story.Day(day), new TimeOnly(12, 0)), value, "percent", "NTU");

    private static InsatsCarriedOut PartOf(string insats, string day, string tag) =>
        Story.Report(day, "narcotics", tags: [tag]) with { PartOf = insats };

    private static InsatsCarriedOut By(string day, params string[] parties) =>
        Story.Report(day, "traffic") with { Parties = [.. parties.Select(party => new Party(party))] };
}
