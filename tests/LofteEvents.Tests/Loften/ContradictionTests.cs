using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

public class A_definition_that_contradicts_itself
{
    [Theory]
    [InlineData(2, null, 3)]
    [InlineData(null, 1, 3)]
    public void Is_refused_when_two_commitments_to_the_same_events_contradict_each_other(int? exactly, int? other, int wanted)
    {
        var one = new CountRule { Select = A.Insats, Exactly = exactly ?? wanted };
        var two = new CountRule { Select = A.Insats, AtLeast = other is null ? wanted : null, Exactly = other };
        Pointers(A.Promise(new("c", "Ett.", two), new("d", "Två.", one, SharesEventsWith: ["c"])), "definition.contradiction")
            .ShouldBe(["/commitments/1/rule/exactly"]);
    }

    [Fact]
    public void Is_accepted_with_two_commitments_to_the_same_events_that_can_both_be_kept() => Check(A.Promise(
            new("c", "Ett.", new CountRule { Select = A.Insats, Exactly = 4 }),
            new("d", "Två.", new CountRule { Select = A.Insats, AtLeast = 3 }, SharesEventsWith: ["c"])))
        .ShouldBeEmpty();

    [Fact]
    public void Is_refused_with_a_part_that_the_selection_leaves_out() => Pointers(
            A.Promise(
                new("k", "Ett.", A.Count(1, new KindDivision { Of = ["traffic", "narcotics"] })),
                new(
                    "t",
                    "Två.",
                    new CountRule
                    {
                        Select = new() { Type = FactType.Insats, Kinds = ["narcotics"], WithoutTags = ["natt"] },
                        Divide = new TagDivision { Of = ["dag", "natt"] },
                        AtLeast = 1,
                    })),
            "definition.condition-never-met")
        .ShouldBe(["/commitments/0/rule/divide/of/1", "/commitments/1/rule/divide/of/1"]);

    [Fact]
    public void Is_refused_when_what_is_selected_and_the_occurrences_are_at_other_hours() => Pointers(
            A.Promise(new CountRule
            {
                Select = A.Insats with { TimeOfDay = new ClockWindow(new TimeOnly(8, 0), new TimeOnly(12, 0)) },
                Divide = new OccurrenceDivision
                {
                    Weekdays = [DayOfWeek.Friday],
                    Window = new ClockWindow(new TimeOnly(18, 0), new TimeOnly(23, 0)),
                },
                AtLeast = 1,
            }),
            "definition.condition-never-met")
        .ShouldBe(["/commitments/0/rule/divide/window"]);

    [Fact]
    public void Is_refused_with_a_preference_for_what_never_counts() => Pointers(
            A.Promise(A.Count(1) with { Prefer = new() { Type = FactType.Insats, Kinds = ["narcotics"] } }),
            "definition.condition-never-met")
        .ShouldBe(["/commitments/0/rule/prefer"]);

    private static IEnumerable<string?> Pointers(LofteDefinition definition, string code) =>
        Check(definition).Where(refusal => refusal.Code == code).Select(refusal => refusal.Pointer);

    private static IReadOnlyList<Refusal> Check(LofteDefinition definition) =>
        DefinitionCheck.Check(definition, Norrmalm.Areas);
}
