using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class An_amendment
{
    private static LofteDefinition Signed => A.Promise(A.Count(2));

    [Fact]
    public void Leaves_earlier_events_judged_by_the_rule_in_force_when_they_happened()
    {
        var story = Amended(new CountRule { Select = A.Insats with { Tags = ["ny"] }, AtLeast = 3 })
            .Insats("old", "2018-03-01", "traffic")
            .Insats("untagged", "2018-08-01", "traffic")
            .Insats("tagged", "2018-08-02", "traffic", tags: ["ny"])
            .Insats("late-report-of-old", "2018-06-30", "traffic");
        story.On("2018-06-30", "c").ShouldSatisfyAllConditions(
            judged => judged.Target.ShouldBe(2), judged => judged.Done.ShouldBe(2), judged => judged.RuleFrom.ShouldBeNull());
        story.On("2018-09-01", "c").ShouldSatisfyAllConditions(
            judged => judged.Target.ShouldBe(3),
            judged => judged.Done.ShouldBe(3),
            judged => judged.RuleFrom.ShouldBe(Story.Day("2018-07-01")));
    }

    [Fact]
    public void Judges_parts_that_are_over_by_the_rule_of_their_last_day()
    {
        var story = Story.Of(A.Promise(A.Count(1, new CalendarDivision(CalendarPart.Month))), Norrmalm.Areas)
            .Said("lofte/p", Amend(A.Count(2, new CalendarDivision(CalendarPart.Month))), "2018-06-01T08:00:00+02:00");
        for (var month = 1; month <= 12; month++)
            story.Insats($"m{month}", $"2018-{month:00}-15", "traffic");

        var parts = story.On("2019-01-01", "c").Parts!;
        parts.Select(part => part.Target).ShouldBe([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
        parts.Select(part => part.State is PartState.Met)
            .ShouldBe([true, true, true, true, true, true, false, false, false, false, false, false]);
    }

    [Fact]
    public void Can_divide_what_was_undivided()
    {
        var story = Amended(A.Count(1, new CalendarDivision(CalendarPart.Month)))
            .Insats("a", "2018-03-01", "traffic").Insats("b", "2018-07-01", "traffic").Insats("c", "2018-08-01", "traffic");
        story.On("2018-06-15", "c").Unit.ShouldBe(Unit.Events);
        var judged = story.On("2018-08-31", "c");
        judged.Parts!.Select(part => (part.Key, part.Done)).Take(2).ShouldBe([("2018-07", 1), ("2018-08", 1)]);
        judged.Done.ShouldBe(2);
    }

    [Fact]
    public void Adds_a_commitment_from_its_first_day_on()
    {
        var both = A.Promise(
            new Commitment("c", "Vi lovar det.", A.Count(2)),
            new Commitment("d", "Och det.", new CountRule { Select = A.Insats with { Kinds = ["narcotics"] }, AtLeast = 1 }));
        var story = Story.Of(Signed, Norrmalm.Areas)
            .Said("lofte/p", new LofteAmended(Story.Day("2018-07-01"), "Tillägg.", both), "2018-06-01T08:00:00+02:00")
            .Insats("before", "2018-06-30", "narcotics");
        story.VerdictOn("2018-06-15", "d").ShouldBe(Verdict.Upcoming);
        story.On("2018-07-15", "d").Done.ShouldBe(0);
        story.Insats("after", "2018-07-01", "narcotics").On("2018-07-15", "d").Verdict.ShouldBe(Verdict.Fulfilled);
    }

    [Fact]
    public void That_leaves_a_rule_as_it_was_makes_no_version_of_it() =>
        Amended(A.Count(2)).Status.Commitments.Single().Versions.Count.ShouldBe(1);

    [Fact]
    public void Shows_when_it_was_made_after_the_fact()
    {
        var status = Story.Of(Signed, Norrmalm.Areas).Said("lofte/p", Amend(A.Count(3)), "2018-07-02T00:00:00+02:00").Status;
        status.Changes.Single().Retroactive.ShouldBeTrue();
        Amended(A.Count(3)).Status.Changes.Single().Retroactive.ShouldBeFalse();
    }

    [Fact]
    public void May_not_make_a_commitment_unsaid_change_the_term_or_its_shape()
    {
        var said = new LofteAmended(Story.Day("2018-07-01"), "Ändring.", Signed with
        {
            Term = new Term(Signed.Term.From, Signed.Term.To.AddDays(1)),
            Commitments = [new("d", "Annat.", A.Count(1))],
        });
        Codes(said).ShouldBe(["amendment.term-changed", "amendment.commitment-gone"]);
        Codes(Amend(new AssessmentRule { Question = "Hur gick det?" })).ShouldBe(["amendment.other-shape"]);
        Codes(Amend(A.Count(3)) with { EffectiveFrom = Story.Day("2019-01-01") }).ShouldBe(["amendment.outside-term"]);
        Codes(Amend(A.Count(0))).ShouldBe(["definition.threshold-empty"]);
        Codes(Amend(A.Count(3))).ShouldBeEmpty();
    }

    [Fact]
    public void A_prolonged_promise_counts_and_is_judged_to_its_new_end()
    {
        var story = Story.Of(Signed, Norrmalm.Areas).Insats("late", "2019-02-01", "traffic");
        story.VerdictOn("2019-02-01", "c").ShouldBe(Verdict.NotFulfilled);
        story.Said("lofte/p", new LofteProlonged(Story.Day("2019-06-30"), "Förlängs."), "2018-12-01T08:00:00+01:00");
        story.On("2019-02-01", "c").ShouldSatisfyAllConditions(
            judged => judged.Done.ShouldBe(1), judged => judged.Preliminary.ShouldBeTrue());
        story.Status.SignedTerm.To.ShouldBe(Story.Day("2018-12-31"));
    }

    /// <summary>Umeå's promise of two years was prolonged with an addition, and its targets are yearly.</summary>
    [Fact]
    public void A_prolonged_promise_with_an_addition_demands_each_year_of_what_was_signed_and_the_rest_of_what_was_added()
    {
        var signed = Corpus.Definition("umea-2023");
        var added = signed with
        {
            Commitments =
            [
                .. signed.Commitments,
                new("vandring", "En trygghetsvandring.", A.Count(1) with { Select = A.Insats with { Areas = ["umea"] } }),
            ],
            Kinds = [.. signed.Kinds, new("traffic", "Trygghetsvandring")],
        };
        var story = Story.Of(signed, Sample.Areas);
        story.Said("lofte/umea-2023", new LofteProlonged(Story.Day("2025-12-31"), "Förlängt ett år."), "2024-11-01T08:00:00Z");
        story.Said("lofte/umea-2023", new LofteAmended(Story.Day("2025-01-01"), "Tillägg.", added), "2024-11-01T09:00:00Z");
        DefinitionCheck.Check(added, Sample.Areas).ShouldBeEmpty();
        foreach (var day in new[] { "2023-04-01", "2023-05-02", "2024-04-01", "2025-04-01", "2025-05-02" })
            story.Insats($"m{day}", day, "mopedkontroll", "umea");

        story.Insats("early", "2024-06-01", "traffic", "umea").Insats("late", "2025-06-01", "traffic", "umea");
        story.On("2026-01-01", "mopeder").Parts!.Select(part => (part.Key, part.Done, part.State)).ShouldBe(
            [("2023", 2, PartState.Met), ("2024", 1, PartState.Missed), ("2025", 2, PartState.Met)]);
        story.On("2026-01-01", "var-och-host").Parts!.Select(part => part.Key).ShouldBe(
            ["2023-var", "2023-host", "2024-var", "2024-host", "2025-var", "2025-host"]);
        story.On("2026-01-01", "vandring").ShouldSatisfyAllConditions(
            judged => judged.Verdict.ShouldBe(Verdict.Fulfilled), judged => judged.Counted.ShouldBe(1));
    }

    [Fact]
    public void A_promise_that_ended_early_counts_nothing_more()
    {
        var story = Story.Of(Signed, Norrmalm.Areas)
            .Insats("a", "2018-02-01", "traffic").Insats("b", "2018-08-01", "traffic")
            .Said("lofte/p", new LofteEnded(Story.Day("2018-06-30"), "Området delas."), "2018-06-30T08:00:00+02:00");
        story.On("2018-07-01", "c").ShouldSatisfyAllConditions(
            judged => judged.Verdict.ShouldBe(Verdict.Partly), judged => judged.Done.ShouldBe(1));
    }

    [Theory]
    [InlineData("2017-12-31")]
    [InlineData("2017-01-01")]
    public void A_promise_that_ended_before_it_began_is_not_fulfilled(string ended)
    {
        var story = Story.Of(Signed, Norrmalm.Areas).Insats("a", "2018-02-01", "traffic")
            .Said("lofte/p", new LofteEnded(Story.Day(ended), "Gavs av misstag."), "2017-12-01T08:00:00+01:00");
        story.VerdictOn("2016-12-31", "c").ShouldBe(Verdict.Upcoming);
        story.VerdictOn("2018-03-01", "c").ShouldBe(Verdict.NotFulfilled);
    }

    private static Story Amended(Rule rule) =>
        Story.Of(Signed, Norrmalm.Areas).Said("lofte/p", Amend(rule), "2018-06-01T08:00:00+02:00");

    private static LofteAmended Amend(Rule rule) => new(Story.Day("2018-07-01"), "Ändring.", A.Promise(rule));

    private static IEnumerable<string> Codes(LofteAmended said) =>
        AmendmentCheck.Check(Signed, Signed.Term, said, Norrmalm.Areas).Select(refusal => refusal.Code);
}
