using LofteEvents.Insatser;
using LofteEvents.Notices;

namespace LofteEvents.Tests.Notices;

public class Notice_policy
{
    private static readonly YouthEncountered Sixteen = NoticeWorld.Sixteen;

    [Fact]
    public void Tells_social_services_of_the_place_that_a_youth_narcotics_insats_took_place()
    {
        var world = NoticeWorld.WithInsats().DoAll();

        var notice = world.Cases.ShouldHaveSingleItem();
        notice.Stage.ShouldBe(NoticeStage.Sending);
        notice.Terms!.Recipient.ShouldBe("socialtjanst-norrmalm");
        notice.Terms.Person.ShouldBeNull();
        world.Waiting.OfType<Deliver>().ShouldHaveSingleItem().Channel.ShouldBe("webhook");
    }

    [Fact]
    public void Tells_nobody_of_another_kind_of_insats() =>
        new NoticeWorld().Say(Sample.InsatsCarriedOut with { Kind = "traffic" }).Waiting.ShouldBeEmpty();

    [Fact]
    public void Tells_nobody_of_an_insats_that_is_only_planned() =>
        new NoticeWorld().Say(Sample.InsatsPlanned with { Kind = "youth-narcotics" }).Waiting.ShouldBeEmpty();

    [Fact]
    public void Opens_one_case_for_each_recipient_of_a_young_person_and_waits_for_a_decision()
    {
        var world = NoticeWorld.WithYouth();

        var cases = world.Cases.Where(each => each.Terms!.Person is not null).ToList();
        cases.Select(each => each.Terms!.To).ShouldBe([NoticeTo.Guardian, NoticeTo.Socialtjanst], ignoreOrder: true);
        cases.ShouldAllBe(each => each.Stage == NoticeStage.ToDecide);
        world.Waiting.OfType<Deliver>().ShouldAllBe(work => world.Case(NoticeTo.Socialtjanst, null).Id == work.Notice);
        world.Waiting.OfType<TellOfficer>().Select(work => work.News).ShouldBe([OfficerNews.ToDecide, OfficerNews.ToDecide]);
    }

    [Fact]
    public void Does_not_wait_for_the_report_of_a_planned_insats()
    {
        var world = new NoticeWorld().Say(Sample.InsatsPlanned with { Kind = "youth-narcotics" }).Say(Sixteen).DoAll();
        world.Cases.Count().ShouldBe(2);

        world.Say(Sample.InsatsCarriedOut).DoAll();

        world.Cases.Count().ShouldBe(3);
        world.Cases.ShouldAllBe(each => world.HistoryOf($"notice/{each.Id}").Count == 1);
    }

    [Theory]
    [InlineData(18)]
    [InlineData(20)]
    public void Opens_no_case_for_anyone_who_was_of_age(int age) =>
        NoticeWorld.WithInsats().DoAll().Say(Sixteen with { AgeAtDeed = age }).Waiting.OfType<OpenCase>().ShouldBeEmpty();

    [Fact]
    public void Closes_what_is_unsent_where_a_corrected_age_calls_for_nothing()
    {
        var world = NoticeWorld.WithYouth();

        world.Say(Corrected(Sixteen with { AgeAtDeed = 19 })).DoAll();

        foreach (var each in world.Cases.Where(each => each.Terms!.Person is not null))
            world.Told(each.Id).ShouldBe(["Opened", "Closed"]);
    }

    [Fact]
    public void Opens_cases_where_a_corrected_age_calls_for_them()
    {
        var world = NoticeWorld.WithYouth(Sixteen with { AgeAtDeed = 19 });
        world.Cases.Count().ShouldBe(1);

        world.Say(Corrected(Sixteen)).DoAll();

        world.Cases.Count().ShouldBe(3);
    }

    [Fact]
    public void Opens_a_case_again_that_a_correction_closed_and_another_calls_for()
    {
        var world = NoticeWorld.WithYouth().Say(Corrected(Sixteen with { AgeAtDeed = 19 })).DoAll();

        world.Say(Corrected(Sixteen)).DoAll();

        world.Told(world.Case(NoticeTo.Guardian, Sixteen.Person).Id).ShouldBe(["Opened", "Closed", "Reopened"]);
        world.Case(NoticeTo.Guardian, Sixteen.Person).Stage.ShouldBe(NoticeStage.ToDecide);
    }

    [Fact]
    public void Asks_again_where_an_age_is_corrected_that_calls_for_the_same()
    {
        var world = NoticeWorld.WithYouth();
        var guardian = world.Case(NoticeTo.Guardian, Sixteen.Person).Id;
        world.Say(guardian, new DecideNotice(NoticeAction.Send, "officer"));

        world.Say(Corrected(Sixteen with { AgeAtDeed = 17 })).DoAll();

        world.Told(guardian).ShouldBe(["Opened", "Decided", "Reopened"]);
        world.Case(NoticeTo.Guardian, Sixteen.Person).Stage.ShouldBe(NoticeStage.ToDecide);
    }

    [Fact]
    public void Moves_the_question_to_the_person_that_it_is_about()
    {
        var other = Guid.Parse("0b7a9c52-31f4-4f0e-8a6d-1c2b3a495867");
        var world = NoticeWorld.WithYouth();

        world.Say(Corrected(Sixteen with { Person = other }) with { Replaces = Sixteen.Person }).DoAll();

        world.Case(NoticeTo.Guardian, Sixteen.Person).Closed.ShouldBe(CloseReason.Withdrawn);
        world.Case(NoticeTo.Guardian, other).Stage.ShouldBe(NoticeStage.ToDecide);
        world.Case(NoticeTo.Socialtjanst, other).Stage.ShouldBe(NoticeStage.ToDecide);
    }

    [Fact]
    public void Closes_what_is_unsent_of_a_voided_insats_and_corrects_what_was_told()
    {
        var world = NoticeWorld.WithYouth().DeliverAll();
        var told = world.Case(NoticeTo.Socialtjanst, null);
        told.Stage.ShouldBe(NoticeStage.Delivered);

        world.Say(new InsatsVoided("Ingen insats.")).DoAll();

        world.Case(NoticeTo.Guardian, Sixteen.Person).Closed.ShouldBe(CloseReason.Withdrawn);
        world.Case(NoticeTo.Socialtjanst, Sixteen.Person).Closed.ShouldBe(CloseReason.Withdrawn);
        var correction = world.Waiting.OfType<Deliver>().ShouldHaveSingleItem();
        (correction.Notice, correction.IsCorrection).ShouldBe((told.Id, true));

        world.DeliverAll();

        world.Told(told.Id).ShouldBe(["Opened", "Attempted", "Delivered", "Reopened", "Attempted", "Delivered", "Closed"]);
        world.Case(NoticeTo.Socialtjanst, null).Closed.ShouldBe(CloseReason.CorrectionTold);
    }

    [Fact]
    public void Tells_anew_what_a_corrected_report_changes_and_nothing_where_it_does_not()
    {
        var world = NoticeWorld.WithInsats().DoAll().DeliverAll();
        var notice = world.Cases.Single().Id;

        world.Say(Sample.InsatsCorrected with { MinorsEncountered = 3, Parties = null, Hours = 50 }).DoAll();
        world.Told(notice).ShouldBe(["Opened", "Attempted", "Delivered"]);

        world.Say(Sample.InsatsCorrected with { MinorsEncountered = 5, Parties = null, Hours = 50 }).DoAll().DeliverAll();
        world.Told(notice).ShouldBe(["Opened", "Attempted", "Delivered", "Reopened", "Attempted", "Delivered"]);
    }

    [Fact]
    public void Tells_the_right_social_services_and_corrects_the_wrong_where_the_place_was_wrong()
    {
        var world = NoticeWorld.WithInsats().DoAll().DeliverAll();

        world.Say(Sample.InsatsCorrected with { Place = new("solna"), Parties = null }).DoAll();

        world.Waiting.OfType<Deliver>().Select(work => (work.Recipient, work.IsCorrection))
            .ShouldBe([("socialtjanst-norrmalm", true), ("socialtjanst-solna", false)]);
    }

    [Fact]
    public void Told_of_history_that_was_imported_tells_nobody_again() =>
        new NoticeWorld()
            .Say(Sample.InsatsCarriedOut, imported: true)
            .Say(Sixteen, imported: true)
            .Waiting.ShouldBeEmpty();

    [Theory]
    [InlineData("0184", "socialtjanst-solna", false)]
    [InlineData("0180", "socialtjanst-norrmalm", false)]
    [InlineData(null, "socialtjanst-norrmalm", true)]
    [InlineData("2584", "socialtjanst-norrmalm", true)]
    public void Follows_the_home_and_where_it_is_unknown_the_place_and_marks_it(string? home, string recipient, bool fellBack)
    {
        var world = NoticeWorld.WithYouth(Sixteen with { HomeMunicipality = home });

        var terms = world.Case(NoticeTo.Socialtjanst, Sixteen.Person).Terms!;

        (terms.Recipient, terms.FellBack ?? false).ShouldBe((recipient, fellBack));
    }

    private static YouthCorrected Corrected(YouthFacts facts) => new()
    {
        Person = facts.Person,
        AgeAtDeed = facts.AgeAtDeed,
        Suspicion = facts.Suspicion,
        Offence = facts.Offence,
        PrisonPossible = facts.PrisonPossible,
        DeprivedOfLiberty = facts.DeprivedOfLiberty,
        DrugTest = facts.DrugTest,
        MediationOffered = facts.MediationOffered,
        InquiryUnder15 = facts.InquiryUnder15,
        HomeMunicipality = facts.HomeMunicipality,
        Reason = "Fel uppgift.",
    };
}
