using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class A_rule_of_any_shape
{
    private static readonly Selector Narcotics = new() { Type = FactType.Insats, Kinds = ["narcotics"] };
    private static readonly Selector Requests = new() { Type = FactType.Request };
    private static readonly Selector Meetings = new() { Type = FactType.ForumMeeting };
    private static readonly CountRule Meeting = new() { Select = new() { Type = FactType.ForumMeeting }, AtLeast = 1 };
    private static readonly ClockWindow NoTime = new(new TimeOnly(10, 0), new TimeOnly(10, 0));
    private static readonly OccurrenceDivision Thursdays = new() { Weekdays = [DayOfWeek.Thursday] };

    /// <summary>What is wrong, the code it is refused with, and where.</summary>
    private static readonly Dictionary<string, (Rule Rule, string Code, string Pointer)> Wrong = new()
    {
        ["a period outside the term"] = (
            A.Count(1) with { Within = new Term(new(2018, 12, 1), new(2019, 1, 31)) }, "period-outside-term", "/within"),
        ["a period that is reversed"] = (
            A.Count(1) with { Within = new Term(new(2018, 12, 1), new(2018, 11, 1)) }, "period-outside-term", "/within"),
        ["a preference of another type"] = (A.Count(1) with { Prefer = Meetings }, "preference-other-type", "/prefer/type"),
        ["a yearly target of a year that is not in the term"] = (
            A.Count(1, new CalendarDivision(CalendarPart.Year)) with { AtLeastIn = new Dictionary<string, int> { ["2019"] = 2 } },
            "part-unknown",
            "/atLeastIn/2019"),
        ["hours of what has none"] = (
            new DurationRule { Select = Meetings, Measure = DurationMeasure.Duration, AtLeastHours = 1 },
            "condition-never-met",
            "/select/type"),
        ["no hours"] = (
            new DurationRule { Select = A.Insats, Measure = DurationMeasure.Duration, AtLeastHours = 0 },
            "threshold-empty",
            "/atLeastHours"),
        ["more weekends than the year has"] = (A.Count(1, new WeekendDivision(), inAtLeast: 53), "never-met", "/inAtLeast"),
        ["no season"] = (A.Count(1, new SeasonDivision([])), "empty-set", "/divide/of"),
        ["seasons that overlap over the new year"] = (
            A.Count(1, new SeasonDivision([new("vinter", new(12, 1), new(2, 15)), new("var", new(2, 15), new(5, 31))])),
            "season-overlaps",
            "/divide/of/1"),
        ["no weekday"] = (A.Count(1, Thursdays with { Weekdays = [] }), "empty-set", "/divide/weekdays"),
        ["a weekday twice"] = (
            A.Count(1, Thursdays with { Weekdays = [DayOfWeek.Thursday, DayOfWeek.Thursday] }),
            "weekday-twice",
            "/divide/weekdays/1"),
        ["an empty window"] = (A.Count(1, Thursdays with { Window = NoTime }), "window-empty", "/divide/window"),
        ["an empty time of day"] = (
            new CountRule { Select = A.Insats with { TimeOfDay = NoTime }, AtLeast = 1 }, "window-empty", "/select/timeOfDay"),
        ["an exception outside the term"] = (
            A.Count(1, Thursdays with { Except = [new(2019, 1, 3)] }), "exception-outside-term", "/divide/except/0"),
        ["an undeclared kind in a set"] = (
            A.Count(1, new KindDivision { Of = ["traffic", "x"] }),
            "kind-undeclared",
            "/divide/of/1"),
        ["tags of an activity, which has none"] = (
            A.Count(1, new TagDivision { Of = ["a"] }) with { Select = new() { Type = FactType.ForumActivity } },
            "condition-never-met",
            "/divide/of"),
        ["one disjoint group"] = (new DisjointRule { Groups = [new("a", A.Insats, 1)] }, "groups-number", "/groups"),
        ["a disjoint group twice"] = (
            new DisjointRule { Groups = [new("a", A.Insats, 1), new("a", Narcotics, 1)] }, "group-twice", "/groups/1"),
        ["a disjoint group that needs nothing"] = (
            new DisjointRule { Groups = [new("a", A.Insats, 1), new("b", Narcotics, 0)] },
            "threshold-empty",
            "/groups/1/atLeast"),
        ["a composite without parts"] = (new CompositeRule { Select = A.Insats, Parts = [], AtLeast = 1 }, "empty-set", "/parts"),
        ["a composite of more parts than it has"] = (
            new CompositeRule { Select = A.Insats, Parts = [new("p", Narcotics)], OfParts = 2, AtLeast = 1 },
            "never-met",
            "/ofParts"),
        ["a composite whose parts one event could serve"] = (
            new CompositeRule
            {
                Select = A.Insats,
                Parts = [new("p", Narcotics), new("q", Narcotics with { Tags = ["x"] })],
                AtLeast = 1,
            },
            "double-counting",
            "/parts/1/select"),
        ["a composite of meetings"] = (
            new CompositeRule { Select = Meetings, Parts = [new("p", Narcotics)], AtLeast = 1 },
            "condition-never-met",
            "/select/type"),
        ["a combination of one"] = (new CombinedRule { Of = [new("a", A.Count(1))] }, "parts-number", "/of"),
        ["a combination whose parts one event could serve"] = (
            new CombinedRule { Of = [new("a", A.Count(1)), new("b", A.Count(2))] }, "double-counting", "/of/1/rule"),
        ["two deliverables told apart by nothing"] = (
            new CombinedRule
            {
                Of =
                [
                    new("a", new DeliverableRule { Deliverable = "Ett." }),
                    new("b", new DeliverableRule { Deliverable = "Två." }),
                ],
            },
            "part-unclear",
            "/of/1/rule/shape"),
        ["a combination inside a combination"] = (
            new CombinedRule
            {
                Of =
                [
                    new("a", A.Count(1)),
                    new("b", new CombinedRule { Of = [new("c", Meeting), new("d", new ResponseRule { Select = Requests })] }),
                ],
            },
            "combined-twice",
            "/of/1/rule/shape"),
        ["a fault inside a combination"] = (
            new CombinedRule { Of = [new("a", A.Count(0)), new("b", new ResponseRule { Select = Requests })] },
            "threshold-empty",
            "/of/0/rule/atLeast"),
        ["an answer to what asks nothing"] = (new ResponseRule { Select = A.Insats }, "answer-missing", "/select/type"),
        ["an answer of a party, unknown before it"] = (
            new ResponseRule { Select = Requests with { AnyParty = [new("polis")] } }, "condition-never-met", "/select"),
        ["a share beyond all"] = (
            new ResponseRule { Select = Requests, AtLeastPercent = 101 }, "threshold-empty", "/atLeastPercent"),
        ["a deadline outside the term"] = (
            new DeliverableRule { Deliverable = "Ett råd.", By = new(2020, 10, 1) }, "deadline-outside-term", "/by"),
        ["evidence that is not counted"] = (
            new AssessmentRule { Question = "Hur?", Evidence = new ResponseRule { Select = Requests } },
            "evidence-not-counted",
            "/evidence/shape"),
        ["a fault in the evidence"] = (
            new AssessmentRule { Question = "Hur?", Evidence = A.Count(0) }, "threshold-empty", "/evidence/atLeast"),
    };

    public static TheoryData<string> Names => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_refused_in_a_sentence_with(string what)
    {
        var (rule, code, pointer) = Wrong[what];
        var refusal = DefinitionCheck.Check(A.Promise(rule), Norrmalm.Areas).ShouldHaveSingleItem();
        refusal.Code.ShouldBe("definition." + code);
        refusal.Pointer.ShouldBe("/commitments/0/rule" + pointer);
        refusal.Sentence.ShouldEndWith(".");
    }
}
