using LofteEvents.Insatser;
using LofteEvents.Notices;

namespace LofteEvents.Tests.Notices;

public class Legal_grounds
{
    private static readonly DateOnly In2018 = new(2018, 3, 16);
    private static readonly YouthEncountered Sixteen = NoticeWorld.Sixteen with { DrugTest = null };

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, LegalGrounds.Shipped.Rules.Count)];

    /// <summary>A row is used by the policy on each of its days, for somebody whom it covers, and on no other day.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void Of_every_row_call_for_a_notice_on_its_days_and_on_no_other(int index)
    {
        var rule = LegalGrounds.Shipped.Rules[index];
        var until = rule.Until ?? rule.From.AddYears(20);

        GroundsOn(rule, rule.From).ShouldContain(rule.Ground);
        GroundsOn(rule, until).ShouldContain(rule.Ground);
        GroundsOn(rule, rule.From.AddDays(-1)).ShouldNotContain(rule.Ground);
        if (rule.Until is { } last)
            GroundsOn(rule, last.AddDays(1)).ShouldNotContain(rule.Ground);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Of_every_row_have_a_clock_a_law_and_words_for_each_exception(int index)
    {
        var rule = LegalGrounds.Shipped.Rules[index];

        rule.Minutes.ShouldBeInRange(1, 10_000);
        rule.Law.ShouldNotBeNullOrWhiteSpace();
        foreach (var ground in rule.Postpone.Concat(rule.Waive))
            LegalGrounds.Shipped.Meaning(ground).ShouldNotBe(ground);
        if (rule.Verified)
            rule.Source.ShouldNotBeNullOrWhiteSpace("a verified row says which text it was checked against");
    }

    [Fact]
    public void Of_one_rule_have_no_two_versions_on_one_day()
    {
        foreach (var versions in LegalGrounds.Shipped.Rules.GroupBy(rule => rule.Id))
        {
            var inOrder = versions.OrderBy(rule => rule.From).ToList();
            foreach (var (earlier, later) in inOrder.Zip(inOrder.Skip(1)))
                later.From.ShouldBe(earlier.Until.ShouldNotBeNull().AddDays(1), versions.Key);
        }
    }

    [Theory]
    [InlineData("2025-06-30", "SoL (2001:453) 14 kap. 1 §")]
    [InlineData("2025-07-01", "SoL (2025:400) 19 kap. 1 §")]
    public void Of_concern_are_those_of_the_social_services_act_in_force(string day, string law) =>
        LegalGrounds.Shipped.Of(Sixteen with { Suspicion = Suspicion.None }, DateOnly.Parse(day, Culture))
            .ShouldHaveSingleItem().Law.ShouldBe(law);

    [Fact]
    public void Of_a_deed_in_2018_are_those_of_2018_whenever_it_is_told()
    {
        var world = NoticeWorld.WithInsats();
        world.After(TimeSpan.FromDays(365 * 8)).Say(Sixteen, NoticeWorldDay(2018, 3, 16)).DoAll();

        world.Case(NoticeTo.Guardian, Sixteen.Person).Terms!.Grounds.ShouldHaveSingleItem().From.ShouldBe(new(2000, 1, 1));
    }

    [Fact]
    public void Of_a_corrected_fact_are_those_of_the_deeds_day()
    {
        var world = NoticeWorld.WithInsats().Say(Sixteen with { AgeAtDeed = 19 }, NoticeWorldDay(2025, 6, 30)).DoAll();

        world.After(TimeSpan.FromDays(365 * 8)).Say(
            new YouthCorrected
            {
                Person = Sixteen.Person,
                AgeAtDeed = 16,
                Suspicion = Suspicion.None,
                HomeMunicipality = "0180",
                Reason = "Fel ålder.",
            },
            NoticeWorldDay(2025, 8, 1)).DoAll();

        world.Case(NoticeTo.Socialtjanst, Sixteen.Person).Terms!.Grounds.ShouldHaveSingleItem()
            .Law.ShouldBe("SoL (2001:453) 14 kap. 1 §");
    }

    [Theory]
    [InlineData(17, Suspicion.Reasonable, true, false, "guardian lul-5-suspected; socialtjanst lul-6-suspected")]
    [InlineData(15, Suspicion.Probable, true, false, "guardian lul-5-suspected; socialtjanst lul-6-suspected")]
    [InlineData(16, Suspicion.Reasonable, false, false, "guardian lul-5-suspected")]
    [InlineData(16, Suspicion.Reasonable, null, false, "guardian lul-5-suspected; socialtjanst lul-6-suspected")]
    [InlineData(16, Suspicion.Reasonable, true, true, "guardian lul-5-suspected lul-5-deprived; socialtjanst lul-6-suspected")]
    [InlineData(14, Suspicion.Reasonable, false, false, "guardian lul-34-suspected; socialtjanst lul-33-suspected")]
    [InlineData(16, Suspicion.None, false, false, "socialtjanst sol-concern")]
    [InlineData(13, Suspicion.None, false, false, "socialtjanst sol-concern")]
    [InlineData(18, Suspicion.Probable, true, true, "")]
    [InlineData(20, Suspicion.None, false, false, "")]
    public void Are_by_age_suspicion_prison_and_liberty(
        int age, Suspicion suspicion, bool? prison, bool deprived, string expected) =>
        Found(Sixteen with
        {
            AgeAtDeed = age, Suspicion = suspicion, PrisonPossible = prison, DeprivedOfLiberty = deprived,
        }).ShouldBe(expected);

    [Fact]
    public void Of_an_inquiry_and_a_drug_test_under_15_reach_both()
    {
        Found(Sixteen with { AgeAtDeed = 14, Suspicion = Suspicion.None, InquiryUnder15 = true })
            .ShouldBe("guardian lul-34-inquiry; socialtjanst lul-33-inquiry sol-concern");
        Found(Sixteen with { AgeAtDeed = 14, Suspicion = Suspicion.Reasonable, DrugTest = DrugTest.Negative })
            .ShouldBe("guardian lul-34-suspected lul-36b-guardian; socialtjanst lul-33-suspected lul-36b-socialtjanst");
    }

    [Fact]
    public void That_several_rules_give_leave_the_shortest_clock_and_the_exceptions_of_all()
    {
        var world = NoticeWorld.WithYouth(Sixteen with { DeprivedOfLiberty = true });

        var terms = world.Case(NoticeTo.Guardian, Sixteen.Person).Terms!;

        (terms.MustReachAnAdult, terms.Minutes).ShouldBe((true, 60));
        terms.PostponeGrounds.ShouldBe(["harms-inquiry"]);
        terms.WaiveGrounds.ShouldBeEmpty();
    }

    private static readonly System.Globalization.CultureInfo Culture = System.Globalization.CultureInfo.InvariantCulture;

    private static DateTimeOffset NoticeWorldDay(int year, int month, int day) => new(year, month, day, 12, 0, 0, TimeSpan.Zero);

    private static string Found(YouthFacts young) => string.Join("; ", LegalGrounds.Shipped.Of(young, In2018)
        .GroupBy(rule => rule.Tell).OrderByDescending(told => told.Key)
        .Select(told => $"{told.Key.ToString().ToLowerInvariant()} {string.Join(' ', told.Select(rule => rule.Id))}"));

    private static IEnumerable<NoticeGround> GroundsOn(LegalRule rule, DateOnly day) =>
        (rule.About == NoticeAbout.Insats
            ? LegalGrounds.Shipped.Of(rule.When.Kinds![0], day)
            : LegalGrounds.Shipped.Of(Somebody(rule.When), day)).Select(found => found.Ground);

    private static YouthEncountered Somebody(LegalCondition when) => new()
    {
        Person = Guid.Empty,
        AgeAtDeed = when.AgeTo ?? when.AgeFrom ?? 16,
        Suspicion = when.Suspected == true ? Suspicion.Reasonable : Suspicion.None,
        PrisonPossible = when.PrisonPossible,
        DeprivedOfLiberty = when.DeprivedOfLiberty,
        DrugTest = when.DrugTested == true ? DrugTest.Positive : null,
        InquiryUnder15 = when.InquiryUnder15,
    };
}
