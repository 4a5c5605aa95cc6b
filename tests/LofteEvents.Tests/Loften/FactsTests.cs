using LofteEvents.Forums;
using LofteEvents.Insatser;
using LofteEvents.Loften;
using LofteEvents.Requests;

namespace LofteEvents.Tests.Loften;

public class A_countable_fact
{
    [Fact]
    public void Names_its_area_and_all_that_it_lies_inside() => new Story(Norrmalm.Areas)
        .Insats("a", "2018-02-01", "traffic").Facts.Single().Areas.ShouldBe(["norrmalm", "stockholms-innerstad", "stockholm"]);

    [Fact]
    public void Of_a_plan_gives_way_to_the_report()
    {
        var report = Story.Report("2018-02-02", "traffic");
        var plan = new InsatsPlanned
        {
            Kind = "traffic",
            Title = report.Title,
            Organiser = report.Organiser,
            Place = report.Place,
            From = report.From.AddDays(-1),
            To = report.To.AddDays(-1),
        };
        var story = new Story(Norrmalm.Areas).Said("insats/a", plan, "2018-01-15T08:00:00+01:00");
        story.Facts.Single().Type.ShouldBe(FactType.PlannedInsats);
        story.Said("insats/a", report, "2018-02-03T08:00:00+01:00");
        story.Facts.Single().ShouldSatisfyAllConditions(
            fact => fact.Type.ShouldBe(FactType.Insats),
            fact => fact.Position.ShouldBe(2),
            fact => fact.Day.ShouldBe(Story.Day("2018-02-02")));
    }

    [Fact]
    public void Says_which_version_it_supersedes()
    {
        var report = Story.Report("2018-02-02", "traffic");
        var recorded = new Recorded<DomainEvent>(7, Guid.Empty, "insats/a", 1, report, report.From, report.From);
        var established = Facts.Changes([], recorded, Norrmalm.Areas).Single().Established.ShouldNotBeNull();
        established.Position.ShouldBe(7);
        var voided = recorded with { Position = 9, Version = 2, Event = new InsatsVoided("Fel.") };
        var change = Facts.Changes([established], voided, Norrmalm.Areas).Single();
        change.Superseded.ShouldBe(established);
        change.Established.ShouldBeNull();
    }

    [Fact]
    public void Of_a_meeting_without_a_place_is_where_its_forum_is() => new Story(Norrmalm.Areas)
        .Said("forum/f", new ForumEstablished("F", new Place("norrmalm", "Stadshuset")), "2018-01-02T08:00:00+01:00")
        .Meeting("forum/f", "m1", "2018-02-01", "polis")
        .Facts.Single(fact => fact.Type is FactType.ForumMeeting)
        .ShouldSatisfyAllConditions(fact => fact.Areas[0].ShouldBe("norrmalm"), fact => fact.Place.ShouldBe("Stadshuset"));

    [Fact]
    public void Of_a_meeting_is_corrected_and_voided_by_its_id()
    {
        var story = new Story(Norrmalm.Areas)
            .Meeting("forum/f", "m1", "2018-02-01", "polis")
            .Meeting("forum/f", "m2", "2018-03-01", "polis");
        var corrected = new MeetingCorrected
        {
            Meeting = "m1",
            At = new DateTimeOffset(2018, 2, 2, 10, 0, 0, TimeSpan.FromHours(1)),
            Parties = [new Party("kommun")],
            Reason = "Fel dag.",
        };
        story.Said("forum/f", corrected, "2018-03-02T08:00:00+01:00");
        story.Facts.Single(fact => fact.Item == "meeting:m1").Day.ShouldBe(Story.Day("2018-02-02"));
        story.Said("forum/f", new MeetingVoided("m1", "Ställdes in."), "2018-03-03T08:00:00+01:00");
        story.Facts.Single().Item.ShouldBe("meeting:m2");
    }

    [Fact]
    public void Of_an_activity_counts_once_it_is_completed()
    {
        var story = new Story(Norrmalm.Areas)
            .Said("forum/f", new ActivityAgreed("ljus", "m1", "Ny belysning.", "kommun", "polis"), "2018-02-01T10:00:00+01:00");
        story.Facts.Single().Type.ShouldBe(FactType.AgreedActivity);
        var done = new ActivityCompleted("ljus", new DateTimeOffset(2018, 5, 1, 10, 0, 0, TimeSpan.FromHours(2)));
        story.Said("forum/f", done, "2018-05-02T08:00:00+02:00");
        story.Facts.Single().ShouldSatisfyAllConditions(
            fact => fact.Type.ShouldBe(FactType.ForumActivity),
            fact => fact.Day.ShouldBe(Story.Day("2018-05-01")),
            fact => fact.Parties.Select(party => party.Name).ShouldBe(["kommun", "polis"]));
    }

    [Fact]
    public void Of_a_request_keeps_its_day_when_it_is_answered()
    {
        var asked = new RequestReceived(
            "trygghetsvandring", new DateTimeOffset(2018, 5, 1, 10, 0, 0, TimeSpan.Zero), new Place("norrmalm"));
        var story = new Story(Norrmalm.Areas)
            .Said("request/r", asked, "2018-05-01T10:00:00Z")
            .Said("request/r", new RequestAnswered(asked.At.AddDays(2), RequestOutcome.Met), "2018-05-03T10:00:00Z");
        story.Facts.Single().ShouldSatisfyAllConditions(
            fact => fact.Day.ShouldBe(Story.Day("2018-05-01")),
            fact => fact.AnsweredAt.ShouldBe(asked.At.AddDays(2)),
            fact => fact.Outcome.ShouldBe("met"));
        story.Said("request/r", new RequestVoided("Dubblett."), "2018-05-04T10:00:00Z").Facts.ShouldBeEmpty();
    }
}
