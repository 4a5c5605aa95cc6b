using LofteEvents.Insatser;
using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class The_promise_of_Norrmalm_2018
{
    private const string Last = "2019-01-01";

    [Fact]
    public void Holds_the_whole_published_text_with_its_slips()
    {
        var definition = Norrmalm.Definition;
        definition.Text.ShouldStartWith("Medborgarlöfte på Norrmalm\n");
        definition.Text.ShouldEndWith("Resultatet kommer påverka vilket löfte polisen avger för 2019.");
        definition.Text.ShouldContain("unga ostraffade narkotika narkotikamissbrukare");
        definition.Text.ShouldContain("utan inbördes rangordning");
        definition.Problems.Count.ShouldBe(7);
        definition.Aims.Count.ShouldBe(5);
        definition.Evaluation.ShouldNotBeNull().From.ShouldBe(new DateOnly(2018, 9, 1));
    }

    [Fact]
    public void Is_accepted_without_refusal_or_warning()
    {
        DefinitionCheck.Check(Norrmalm.Definition, Norrmalm.Areas).ShouldBeEmpty();
        DefinitionWarnings.Check(Norrmalm.Definition).ShouldBeEmpty();
    }

    [Fact]
    public void Is_fulfilled_line_by_line()
    {
        var story = Norrmalm.Story
            .Insats("n1", "2018-02-01", "criminal-network", "sodermalm")
            .Insats("n2", "2018-09-01", "criminal-network")
            .Insats("u1", "2018-03-16", "youth-narcotics")
            .Insats("u2", "2018-05-04", "youth-narcotics")
            .Insats("u3", "2018-12-31", "youth-narcotics", from: "23:30")
            .Insats("t1", "2018-04-01", "traffic", tags: ["riktad", "utsatt-plats"])
            .Insats("t2", "2018-06-01", "traffic", tags: ["riktad", "utsatt-plats"])
            .Insats("t3", "2018-08-01", "traffic", tags: ["riktad"]);
        story.VerdictOn(Last, "natverk").ShouldBe(Verdict.Fulfilled);
        story.VerdictOn(Last, "unga-narkotika").ShouldBe(Verdict.Fulfilled);
        story.VerdictOn(Last, "trafik").ShouldBe(Verdict.Partly);
        story.On(Last, "trafik").ShouldSatisfyAllConditions(
            judged => judged.Target.ShouldBe(4), judged => judged.Done.ShouldBe(2), judged => judged.Remaining.ShouldBe(2));
        story.VerdictOn(Last, "forum").ShouldBe(Verdict.CannotBeAssessed);
    }

    [Fact]
    public void Counts_a_network_insats_of_the_inner_city_but_none_from_outside_it()
    {
        var story = Norrmalm.Story
            .Insats("inside", "2018-02-01", "criminal-network", "sodermalm")
            .Insats("outside", "2018-02-02", "criminal-network", "farsta")
            .Insats("wider", "2018-02-03", "criminal-network", "stockholm");
        story.On("2018-03-01", "natverk").Done.ShouldBe(1);
    }

    [Fact]
    public void Counts_youth_insatser_of_the_district_only() => Norrmalm.Story
        .Insats("elsewhere", "2018-02-01", "youth-narcotics", "sodermalm")
        .On("2018-03-01", "unga-narkotika").Done.ShouldBe(0);

    [Fact]
    public void Keeps_over_delivery()
    {
        var story = Norrmalm.Story;
        for (var day = 1; day <= 5; day++)
            story.Insats($"n{day}", $"2018-03-0{day}", "criminal-network");

        story.On(Last, "natverk").ShouldSatisfyAllConditions(
            judged => judged.Verdict.ShouldBe(Verdict.Fulfilled),
            judged => judged.Done.ShouldBe(5),
            judged => judged.Target.ShouldBe(2),
            judged => judged.Remaining.ShouldBe(0));
    }

    [Fact]
    public void Falls_back_when_an_insats_is_voided_or_corrected_away()
    {
        var story = Norrmalm.Story.Insats("n1", "2018-02-01", "criminal-network").Insats("n2", "2018-03-01", "criminal-network");
        story.VerdictOn("2018-04-01", "natverk").ShouldBe(Verdict.Fulfilled);
        story.Said("insats/n2", new InsatsVoided("Dubbelrapporterad."), "2018-05-01T08:00:00+02:00");
        story.On("2018-04-01", "natverk").ShouldSatisfyAllConditions(
            judged => judged.Verdict.ShouldBe(Verdict.OnTrack), judged => judged.Done.ShouldBe(1));
        story.Said("insats/n1", Corrected("2018-02-01", "traffic"), "2018-05-02T08:00:00+02:00");
        story.On("2018-04-01", "natverk").Done.ShouldBe(0);
    }

    [Fact]
    public void Counts_a_correction_by_its_new_facts()
    {
        var story = Norrmalm.Story.Insats("t1", "2018-02-01", "traffic");
        story.On("2018-03-01", "trafik").Done.ShouldBe(0);
        story.Said("insats/t1", Corrected("2018-02-03", "traffic", "riktad", "utsatt-plats"), "2018-02-20T08:00:00+01:00");
        story.On("2018-03-01", "trafik").Done.ShouldBe(1);
        story.On("2018-02-02", "trafik").Done.ShouldBe(0);
        story.On("2018-02-03", "trafik").Done.ShouldBe(1);
    }

    [Fact]
    public void Shows_what_is_planned_beside_what_is_delivered()
    {
        var story = Norrmalm.Story.Said("insats/n1", Planned("2018-05-01"), "2018-02-01T08:00:00+01:00");
        story.On("2018-03-01", "natverk").ShouldSatisfyAllConditions(
            judged => judged.Planned.ShouldBe(1), judged => judged.Done.ShouldBe(0));
        story.Insats("n1", "2018-05-01", "criminal-network");
        story.On("2018-05-01", "natverk").ShouldSatisfyAllConditions(
            judged => judged.Planned.ShouldBe(0), judged => judged.Done.ShouldBe(1));
    }

    [Fact]
    public void No_longer_plans_what_is_cancelled() => Norrmalm.Story
        .Said("insats/n1", Planned("2018-05-01"), "2018-02-01T08:00:00+01:00")
        .Said("insats/n1", new InsatsCancelled("Sjukdom."), "2018-04-01T08:00:00+02:00")
        .On("2018-05-01", "natverk").Planned.ShouldBe(0);

    [Fact]
    public void Is_the_same_when_it_is_given_after_its_events()
    {
        var before = new Story(Norrmalm.Areas)
            .Insats("n1", "2018-02-01", "criminal-network")
            .Meeting("forum/ungdomar", "m1", "2018-02-02", "polis")
            .Said("lofte/norrmalm-2018", new LofteGiven(Norrmalm.Definition), "2018-03-01T00:00:00+01:00");
        var after = Norrmalm.Story
            .Insats("n1", "2018-02-01", "criminal-network")
            .Meeting("forum/ungdomar", "m1", "2018-02-02", "polis");
        Story.Json(before.Status).ShouldBe(Story.Json(after.Status));
    }

    private static InsatsCorrected Corrected(string day, string kind, params string[] tags)
    {
        var report = Story.Report(day, kind, tags: tags.Length == 0 ? null : tags);
        return new()
        {
            Kind = report.Kind,
            Title = report.Title,
            Organiser = report.Organiser,
            Place = report.Place,
            From = report.From,
            To = report.To,
            Tags = report.Tags,
            Reason = "Fel i rapporten.",
        };
    }

    private static InsatsPlanned Planned(string day)
    {
        var report = Story.Report(day, "criminal-network");
        return new()
        {
            Kind = report.Kind,
            Title = report.Title,
            Organiser = report.Organiser,
            Place = report.Place,
            From = report.From,
            To = report.To,
            Tags = report.Tags,
        };
    }
}
