using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

/// <summary>A rule of every shape and division, with another of the same shape.</summary>
internal static class SampleShapes
{
    public static readonly Selector Requests = new() { Type = FactType.Request };

    private static readonly OccurrenceDivision Evenings = new()
    {
        Weekdays = [DayOfWeek.Friday, DayOfWeek.Saturday],
        ExceptHolidays = true,
        Window = new ClockWindow(new TimeOnly(18, 0), new TimeOnly(3, 0)),
    };

    /// <summary>Two rules of each shape: what is signed, and what it is amended to.</summary>
    public static readonly IReadOnlyList<(Rule Signed, Rule Amended)> All =
    [
        (A.Count(1, new WeekendDivision(), inAtLeast: 3), A.Count(2, new WeekendDivision(WithFriday: true), inAtLeast: 4)),
        (
            A.Count(1, new SeasonDivision([new("var", new(3, 1), new(5, 31))])),
            A.Count(1, new CalendarDivision(CalendarPart.Month))),
        (A.Count(1, Evenings), A.Count(2, Evenings with { Window = null })),
        (A.Count(1, new PartyDivision { Of = ["polis", "kommun"] }), A.Count(1, new TagDivision { Of = ["riktad", "annan"] })),
        (A.Count(1, new KindDivision { Of = ["traffic"] }), A.Count(3) with { Prefer = A.Insats with { Tags = ["riktad"] } }),
        (
            new DurationRule { Select = A.Insats, Measure = DurationMeasure.PersonHours, AtLeastHours = 4 },
            new DurationRule
            {
                Select = A.Insats,
                Measure = DurationMeasure.Duration,
                AtLeastHours = 2,
                Divide = new CalendarDivision(CalendarPart.Tertial),
            }),
        (
            new DisjointRule { Groups = [new("a", A.Insats, 2), new("b", A.Insats with { Tags = ["riktad"] }, 1)] },
            new DisjointRule { Groups = [new("b", A.Insats with { Tags = ["annan"] }, 2), new("a", A.Insats, 1)] }),
        (
            new CompositeRule
            {
                Select = A.Insats,
                Parts = [new("p", new() { Type = FactType.Insats, Kinds = ["narcotics"] })],
                AtLeast = 1,
            },
            new CompositeRule
            {
                Select = A.Insats,
                Parts = [new("p", new() { Type = FactType.Insats, Kinds = ["narcotics"] }), new("q", A.Insats)],
                OfParts = 1,
                AtLeast = 2,
            }),
        (
            new ResponseRule { Select = Requests, WithinHours = 24, AtLeastPercent = 80 },
            new ResponseRule { Select = Requests with { Areas = ["norrmalm"] }, WithinHours = 48 }),
        (
            new ResponseRule { Select = A.Insats, Answer = A.Insats with { Kinds = ["narcotics"] }, WithinHours = 24 },
            new ResponseRule { Select = A.Insats, Answer = Requests, AtLeastPercent = 80 }),
        (
            new CombinedRule { Of = [new("i", A.Count(2)), new("r", new ResponseRule { Select = Requests })] },
            new CombinedRule
            {
                Of = [new("i", A.Count(1)), new("r", new ResponseRule { Select = Requests, WithinHours = 1 })],
                InAtLeast = 1,
            }),
        (
            new AssessmentRule { Question = "Hur gick det?", Evidence = A.Count(1, new CalendarDivision(CalendarPart.Month)) },
            new AssessmentRule { Question = "Hur gick det då?" }),
        (
            new DeliverableRule { Deliverable = "Ett råd." },
            new DeliverableRule { Deliverable = "Ett råd.", By = new DateOnly(2018, 9, 30) }),
    ];
}
