using LofteEvents.Loften;

namespace LofteEvents.Tests.Loften;

/// <summary>Short definitions for specs: one commitment, named <c>c</c>, of the year 2018 in Norrmalm.</summary>
internal static class A
{
    public static Selector Insats => new() { Type = FactType.Insats, Kinds = ["traffic"] };

    public static LofteDefinition Promise(params Commitment[] commitments) => new()
    {
        Id = "p",
        Title = "Ett löfte",
        Area = "norrmalm",
        Term = new Term(new DateOnly(2018, 1, 1), new DateOnly(2018, 12, 31)),
        Owners = ["polis"],
        Text = string.Join('\n', commitments.Select(commitment => commitment.Text)),
        Problems = [],
        Aims = [],
        Kinds = [new("traffic", "Trafikinsats"), new("narcotics", "Narkotikainsats")],
        Commitments = commitments,
    };

    public static LofteDefinition Promise(Rule rule) => Promise(new Commitment("c", "Vi lovar det.", rule));

    public static CountRule Count(int atLeast, Division? divide = null, int? inAtLeast = null) =>
        new() { Select = Insats, AtLeast = atLeast, Divide = divide, InAtLeast = inAtLeast };

    public static Story Story(Rule rule) => Loften.Story.Of(Promise(rule), Norrmalm.Areas);

    public static Story Story(Rule rule, string from, string to) =>
        Loften.Story.Of(Promise(rule) with { Term = new Term(Loften.Story.Day(from), Loften.Story.Day(to)) }, Norrmalm.Areas);
}
