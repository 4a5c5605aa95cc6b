using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class A_definition
{
    [Fact]
    public void That_says_what_can_be_judged_is_accepted() => Codes(A.Promise(A.Count(2))).ShouldBeEmpty();

    [Fact]
    public void Is_refused_with_an_unknown_area_wherever_it_stands() => Pointers(
            A.Promise(new CountRule { Select = A.Insats with { Areas = ["norrmalm", "atlantis"] }, AtLeast = 1 }) with
            {
                Area = "mu",
            },
            "area.unknown")
        .ShouldBe(["/area", "/commitments/0/rule/select/areas/1"]);

    [Fact]
    public void Is_refused_with_a_term_that_ends_before_it_starts() => Pointers(
            A.Promise(A.Count(1)) with { Term = new Term(new DateOnly(2018, 12, 31), new DateOnly(2018, 1, 1)) },
            "definition.term-reversed")
        .ShouldBe(["/term/to"]);

    [Fact]
    public void Is_refused_with_a_term_of_more_than_ten_years() => Codes(
            A.Promise(A.Count(1)) with { Term = new Term(new DateOnly(2018, 1, 1), new DateOnly(2028, 1, 2)) })
        .ShouldBe(["definition.term-too-long"]);

    [Fact]
    public void Is_refused_with_an_undeclared_kind() => Pointers(
            A.Promise(new CountRule { Select = A.Insats with { Kinds = ["traffic", "trafic"] }, AtLeast = 1 }),
            "definition.kind-undeclared")
        .ShouldBe(["/commitments/0/rule/select/kinds/1"]);

    [Fact]
    public void Is_refused_with_two_commitments_of_one_id() => Pointers(
            A.Promise(
                new("c", "Ett.", A.Count(1)),
                new("c", "Två.", new CountRule { Select = A.Insats with { Kinds = ["narcotics"] }, AtLeast = 1 })),
            "definition.commitment-twice")
        .ShouldBe(["/commitments/1/id"]);

    [Fact]
    public void Is_refused_without_commitments() => Codes(A.Promise()).ShouldBe(["definition.no-commitment"]);

    [Theory]
    [InlineData(null, null, "definition.threshold-unclear")]
    [InlineData(1, 1, "definition.threshold-unclear")]
    [InlineData(0, null, "definition.threshold-empty")]
    [InlineData(null, 0, "definition.threshold-empty")]
    public void Is_refused_without_one_threshold_that_means_something(int? atLeast, int? exactly, string code) => Codes(
            A.Promise(new CountRule { Select = A.Insats, AtLeast = atLeast, Exactly = exactly }))
        .ShouldBe([code]);

    [Fact]
    public void Is_refused_when_it_demands_more_days_than_the_term_has() => Pointers(
            A.Promise(A.Count(1, new CalendarDivision(CalendarPart.Day), inAtLeast: 366)), "definition.never-met")
        .ShouldBe(["/commitments/0/rule/inAtLeast"]);

    [Fact]
    public void Is_refused_when_the_term_has_no_such_part() => Codes(
            A.Promise(A.Count(1, new CalendarDivision(CalendarPart.Year))) with
            {
                Term = new Term(new DateOnly(2018, 1, 1), new DateOnly(2018, 3, 31)),
            })
        .ShouldBe(["definition.no-part"]);

    [Fact]
    public void Is_refused_with_parts_demanded_of_what_is_undivided() =>
        Codes(A.Promise(A.Count(1, inAtLeast: 2))).ShouldBe(["definition.in-at-least-undivided"]);

    [Fact]
    public void Is_refused_with_an_empty_set() => Pointers(
            A.Promise(
                new("c", "Ett.", A.Count(1, new PlaceDivision { Of = [] })),
                new("d", "Två.", new CountRule { Select = new() { Type = FactType.Insats, Kinds = [] }, AtLeast = 1 })),
            "definition.empty-set")
        .ShouldBe(["/commitments/0/rule/divide/of", "/commitments/1/rule/select/kinds"]);

    [Fact]
    public void Is_refused_with_a_set_in_which_one_event_counts_twice() => Codes(
            A.Promise(A.Count(1, new AreaDivision { Of = ["norrmalm", "stockholms-innerstad"] })))
        .ShouldBe(["definition.member-inside-member"]);

    [Theory]
    [InlineData("kinds")]
    [InlineData("forum division")]
    [InlineData("excluded tag")]
    [InlineData("area outside")]
    public void Is_refused_with_a_condition_that_nothing_meets(string which)
    {
        Rule rule = which switch
        {
            "kinds" => new CountRule { Select = new() { Type = FactType.ForumMeeting, Kinds = ["traffic"] }, AtLeast = 1 },
            "forum division" => A.Count(1, new ForumDivision { Of = ["forum/ungdomar"] }),
            "excluded tag" =>
                new CountRule { Select = A.Insats with { Tags = ["riktad"], WithoutTags = ["riktad"] }, AtLeast = 1 },
            _ => new CountRule
            {
                Select = A.Insats with { Areas = ["norrmalm"] },
                Divide = new AreaDivision { Of = ["norrmalm", "farsta"] },
                AtLeast = 1,
            },
        };
        Codes(A.Promise(rule)).ShouldBe(["definition.condition-never-met"]);
    }

    [Fact]
    public void Is_refused_when_it_counts_what_is_only_shown() => Codes(
            A.Promise(new CountRule { Select = new() { Type = FactType.PlannedInsats }, AtLeast = 1 }))
        .ShouldBe(["definition.type-not-countable"]);

    [Fact]
    public void Is_refused_when_one_event_could_count_for_two_commitments()
    {
        var surte = A.Insats with { Areas = ["norrmalm"] };
        var stations = A.Insats with { Tags = ["pendelstation"] };
        var twice = A.Promise(
            new("surte", "Två.", new CountRule { Select = surte, AtLeast = 2 }),
            new("stationer", "Fem.", new CountRule { Select = stations, AtLeast = 5 }));
        Pointers(twice, "definition.double-counting").ShouldBe(["/commitments/1/rule"]);
        var declared = twice with
        {
            Commitments = [twice.Commitments[0] with { SharesEventsWith = ["stationer"] }, twice.Commitments[1]],
        };
        Codes(declared).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("area")]
    [InlineData("tag")]
    [InlineData("time")]
    [InlineData("set")]
    public void Is_accepted_when_its_rules_tell_their_events_apart(string by)
    {
        var (one, other) = by switch
        {
            "kind" => (A.Insats, A.Insats with { Kinds = ["narcotics"] }),
            "area" => (A.Insats with { Areas = ["norrmalm"] }, A.Insats with { Areas = ["farsta", "sodermalm"] }),
            "tag" => (A.Insats with { Tags = ["moped"] }, A.Insats with { WithoutTags = ["moped"] }),
            "time" => (
                A.Insats with { TimeOfDay = new(new TimeOnly(18, 0), new TimeOnly(3, 0)) },
                A.Insats with { TimeOfDay = new(new TimeOnly(3, 0), new TimeOnly(18, 0)) }),
            _ => (A.Insats, A.Insats with { Areas = ["farsta"] }),
        };
        Division? divide = by == "set" ? new AreaDivision { Of = ["norrmalm", "sodermalm"] } : null;
        Codes(A.Promise(
                new("one", "Ett.", new CountRule { Select = one, Divide = divide, AtLeast = 1 }),
                new("other", "Två.", new CountRule { Select = other, AtLeast = 1 })))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Is_refused_when_it_shares_events_with_nobody() => Pointers(
            A.Promise(new Commitment("c", "Ett.", A.Count(1), ["d"])), "definition.shares-with-unknown")
        .ShouldBe(["/commitments/0/sharesEventsWith/0"]);

    [Fact]
    public void Is_refused_with_an_evaluation_or_feedback_far_from_its_term() => Codes(A.Promise(A.Count(1)) with
    {
        Evaluation = new(new DateOnly(2017, 9, 1), new DateOnly(2017, 8, 1), "Hösten."),
        Feedback = [new(FeedbackAudience.Citizens, new DateOnly(2020, 3, 1))],
    }).ShouldBe(["definition.evaluation-reversed", "definition.evaluation-far-from-term", "definition.feedback-far-from-term"]);

    [Fact]
    public void Is_warned_of_words_that_leave_open_what_is_enough()
    {
        var definition = A.Promise(new Commitment("c", "Polisen eftersträvar att synas mer i kommunens byar", A.Count(1)));
        Warnings(definition).ShouldContain("definition.wording-open");
        Warnings(definition with
        {
            Commitments = [definition.Commitments[0] with { Rule = new AssessmentRule { Question = "Syns polisen mer?" } }],
        }).ShouldNotContain("definition.wording-open");
        Codes(definition).ShouldBeEmpty();
    }

    [Fact]
    public void Is_warned_of_a_line_that_was_not_published_and_a_kind_that_nothing_selects() =>
        Warnings(A.Promise(A.Count(1)) with { Text = "Något annat." })
            .ShouldBe(["definition.text-not-published", "definition.counts-everywhere", "definition.kind-unused"]);

    [Fact]
    public void Is_warned_of_counting_what_happens_anywhere()
    {
        Warnings(A.Promise(A.Count(1, new PlaceDivision { Of = ["Stureplan"] }))).ShouldContain("definition.counts-everywhere");
        Warnings(A.Promise(A.Count(1, new AreaDivision { Of = ["norrmalm"] }))).ShouldNotContain("definition.counts-everywhere");
        Warnings(A.Promise(new CountRule { Select = A.Insats with { Areas = ["norrmalm"] }, AtLeast = 1 }))
            .ShouldNotContain("definition.counts-everywhere");
    }

    private static IEnumerable<string> Codes(LofteDefinition definition) =>
        DefinitionCheck.Check(definition, Norrmalm.Areas).Select(refusal => refusal.Code);

    private static IEnumerable<string> Warnings(LofteDefinition definition) =>
        DefinitionWarnings.Check(definition).Select(warning => warning.Code);

    private static IEnumerable<string?> Pointers(LofteDefinition definition, string code)
    {
        var refusals = DefinitionCheck.Check(definition, Norrmalm.Areas);
        refusals.ShouldAllBe(refusal => refusal.Code == code);
        return refusals.Select(refusal => refusal.Pointer);
    }
}
