using LofteEvents.Insatser;
using LofteEvents.Notices;

namespace LofteEvents.Tests.Notices;

public class Notice_case
{
    private static readonly Guid Person = NoticeWorld.Sixteen.Person;

    [Fact]
    public void Is_sent_only_after_a_named_officers_decision()
    {
        var world = NoticeWorld.WithYouth();
        var id = Id(world, NoticeTo.Socialtjanst);
        world.Take<Deliver>();

        world.Say(id, new RecordPersonsAttempt(Guid.NewGuid(), "phone", AttemptOutcome.Reached, "officer"))
            .Refusals.ShouldHaveSingleItem().Code.ShouldBe("notice.not-decided");
        world.Say(id, new AcknowledgeNotice("x")).Refusals.ShouldHaveSingleItem().Code.ShouldBe("notice.not-decided");
        world.Say(id, Send);

        world.Take<Deliver>().ShouldHaveSingleItem().Channel.ShouldBe("webhook");
        world.Told(id).ShouldBe(["Opened", "Decided"]);
    }

    [Fact]
    public void Of_an_insats_is_decided_by_nobody()
    {
        var world = NoticeWorld.WithInsats().DoAll();

        world.Say(world.Cases.Single().Id, Send).Refusals.ShouldHaveSingleItem().Code.ShouldBe("notice.automatic");
    }

    [Fact]
    public void Is_waived_only_on_a_ground_that_the_law_gives_and_says_why()
    {
        var world = NoticeWorld.WithYouth();
        var (guardian, social) = (Id(world, NoticeTo.Guardian), Id(world, NoticeTo.Socialtjanst));

        var none = world.Say(social, new DecideNotice(NoticeAction.Waive, "o", "against-childs-best")).Refusals.Single();
        none.Code.ShouldBe("notice.no-exception");
        none.Sentence.ShouldContain("LUL (1964:167) 6 §");
        var missing = world.Say(guardian, new DecideNotice(NoticeAction.Waive, "o")).Refusals.Single();
        (missing.Code, missing.Pointer).ShouldBe(("notice.ground-missing", "/ground"));
        var other = world.Say(guardian, new DecideNotice(NoticeAction.Waive, "o", "harms-inquiry")).Refusals.Single();
        other.Code.ShouldBe("notice.ground-not-in-law");
        other.Sentence.ShouldContain("against-childs-best");

        world.Say(guardian, new DecideNotice(NoticeAction.Waive, "o", "against-childs-best")).IsRefused.ShouldBeFalse();
        world.Told(guardian).ShouldBe(["Opened", "Decided", "Closed"]);
    }

    [Fact]
    public void Of_a_deprivation_of_liberty_cannot_be_waived()
    {
        var world = NoticeWorld.WithYouth(NoticeWorld.Sixteen with { DeprivedOfLiberty = true });

        var refused = world.Say(
            Id(world, NoticeTo.Guardian), new DecideNotice(NoticeAction.Waive, "o", "against-childs-best")).Refusals.Single();

        refused.Code.ShouldBe("notice.no-exception");
        refused.Sentence.ShouldContain("some adult must always be told");
    }

    [Fact]
    public void That_is_postponed_is_sent_at_once_when_that_lapses()
    {
        var world = NoticeWorld.WithYouth();
        var id = Id(world, NoticeTo.Guardian);
        world.Take<TellOfficer>();
        var until = world.Now.AddHours(6);

        world.Say(id, new DecideNotice(NoticeAction.Postpone, "o", "harms-inquiry", until)).IsRefused.ShouldBeFalse();
        world.AfterMinutes(300).DoAll();
        world.Told(id).ShouldBe(["Opened", "Decided"], "what is lawfully postponed is not overdue");
        world.AfterMinutes(61).DoAll();

        world.Told(id).ShouldBe(["Opened", "Decided", "Reopened"]);
        world.Take<TellOfficer>().ShouldContain(work => work.Notice == id && work.News == OfficerNews.ToTell);
        world.AfterMinutes(61).DoAll();
        world.Told(id)[^1].ShouldBe("Attempted");
        world.Take<TellOfficer>().ShouldContain(work => work.Notice == id && work.News == OfficerNews.Overdue);
    }

    [Theory]
    [InlineData(null, "notice.until-missing")]
    [InlineData(-1, "notice.until-passed")]
    public void Is_postponed_to_a_time_to_come(int? minutes, string code)
    {
        var world = NoticeWorld.WithYouth();
        DateTimeOffset? until = minutes is { } after ? world.Now.AddMinutes(after) : null;

        world.Say(Id(world, NoticeTo.Guardian), new DecideNotice(NoticeAction.Postpone, "o", "harms-inquiry", until))
            .Refusals.Single().Code.ShouldBe(code);
    }

    [Fact]
    public void Goes_on_to_the_next_channel_when_half_of_the_clock_is_gone()
    {
        var world = NoticeWorld.WithYouth();
        var id = Id(world, NoticeTo.Socialtjanst);
        world.Say(id, Send);
        var byWebhook = world.Take<Deliver>().Single(work => work.Notice == id);
        world.Take<TellOfficer>();

        world.AfterMinutes(119).DoAll();
        world.Told(id).ShouldBe(["Opened", "Decided"]);
        world.AfterMinutes(2).DoAll();

        world.Told(id).ShouldBe(["Opened", "Decided", "Failed"]);
        world.Case(NoticeTo.Socialtjanst, Person).Channel.ShouldBe("phone");
        NoticePolicy.IsOwed(world.StateOf($"notice/{id}"), byWebhook).ShouldBeFalse();
        world.Take<TellOfficer>().ShouldContain(work => work.Notice == id && work.News == OfficerNews.ToTell);
    }

    [Fact]
    public void Is_told_of_to_the_officer_once_when_it_is_overdue()
    {
        var world = NoticeWorld.WithYouth();
        var id = Id(world, NoticeTo.Guardian);
        world.Take<TellOfficer>();

        world.AfterMinutes(61).DoAll();
        world.Do(new AskAgain(id, Clock.Deadline, world.Case(NoticeTo.Guardian, Person).Deadline)).ShouldBeEmpty();

        world.Told(id).ShouldBe(["Opened", "Attempted", "Attempted"]);
        world.Take<TellOfficer>().Where(work => work.Notice == id).Select(work => work.News)
            .ShouldBe([OfficerNews.StillToDecide, OfficerNews.Overdue]);
        var overview = world.HistoryOf($"notice/{id}").Aggregate((NoticeOverview?)null, NoticeOverviewProjection.Project)!;
        overview.MinutesOverdue(world.Now).ShouldBe(1);
    }

    [Fact]
    public void With_every_channel_given_up_is_the_officers()
    {
        var world = NoticeWorld.WithInsats().DoAll();
        var id = world.Cases.Single().Id;
        foreach (var _ in (int[])[1, 2])
            world.Say(id, new RecordFailed(world.Cases.Single().CurrentAttempt, world.Cases.Single().Channel!, "410"));

        world.Cases.Single().Stage.ShouldBe(NoticeStage.Unreachable);
        world.Take<TellOfficer>().Select(work => work.News).ShouldBe([OfficerNews.ToTell, OfficerNews.NoChannelLeft]);
    }

    [Fact]
    public void Learns_late_that_somebody_was_told_and_has_that_corrected()
    {
        var world = NoticeWorld.WithInsats().DoAll();
        var inFlight = world.Take<Deliver>().Single();
        world.Say(new InsatsVoided("Ingen insats.")).DoAll();
        world.Told(inFlight.Notice).ShouldBe(["Opened", "Closed"]);

        world.Say(inFlight.Notice, new RecordDelivered(inFlight.Attempt, inFlight.Channel, "204"));

        world.Told(inFlight.Notice).ShouldBe(["Opened", "Closed", "Attempted", "Delivered", "Reopened"]);
        world.Take<Deliver>().Single().IsCorrection.ShouldBeTrue();
    }

    [Fact]
    public void Does_nothing_when_everything_is_done_twice()
    {
        var world = NoticeWorld.WithYouth();
        var id = Id(world, NoticeTo.Socialtjanst);
        world.Say(id, Send);
        world.DeliverAll();
        world.Say(id, new AcknowledgeNotice("x"));
        var count = world.Log.Count;

        foreach (var stream in world.Log.Select(each => each.Stream).Distinct().ToList())
        {
            var state = NoticePolicy.Initial(stream);
            foreach (var happened in world.HistoryOf(stream))
            {
                foreach (var work in NoticePolicy.React(state, happened).Where(work => work is OpenCase or WithdrawCase))
                    world.Do(work).ShouldBeEmpty();
                state = NoticePolicy.Evolve(state, happened);
            }

            foreach (var work in NoticePolicy.Resume(state).Where(work => work is OpenCase))
                world.Do(work).ShouldBeEmpty();
        }

        world.Say(id, Send).Events.ShouldBeEmpty();
        world.Say(id, new AcknowledgeNotice("x")).Events.ShouldBeEmpty();
        world.Log.Count.ShouldBe(count);
    }

    [Fact]
    public void Takes_no_older_word_for_a_newer_one()
    {
        var world = NoticeWorld.WithInsats().DoAll().Say(NoticeWorld.Sixteen);
        var open = world.Take<OpenCase>();
        world.Say(new InsatsVoided("Ingen insats."));
        foreach (var work in world.Take<WithdrawCase>())
            world.Do(work);

        foreach (var work in open)
            world.Do(work).ShouldBeEmpty();

        world.Cases.ShouldAllBe(each => each.Closed == CloseReason.Withdrawn);
    }

    [Fact]
    public void Is_asked_by_no_clock_after_its_end()
    {
        var world = NoticeWorld.WithYouth();
        var id = Id(world, NoticeTo.Guardian);
        world.Say(id, new DecideNotice(NoticeAction.Waive, "o", "special-reasons"));

        world.After(TimeSpan.FromDays(2)).DoAll();

        world.Told(id).ShouldBe(["Opened", "Decided", "Closed"]);
        world.Say(id, new RecordPersonsAttempt(Guid.NewGuid(), "phone", AttemptOutcome.Reached, "o"))
            .Refusals.Single().Code.ShouldBe("notice.closed");
    }

    private static DecideNotice Send => new(NoticeAction.Send, "officer-17");

    private static string Id(NoticeWorld world, NoticeTo to) => world.Case(to, Person).Id;
}
