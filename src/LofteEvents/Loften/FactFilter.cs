namespace LofteEvents.Loften;

/// <summary>
/// A broad question to an index of facts. A list that is null asks nothing; otherwise the fact's value is one of it, for
/// <see cref="Areas"/> any of the fact's areas.
/// </summary>
public sealed record FactFilter(
    IReadOnlyList<FactType> Types,
    DateOnly From,
    DateOnly To,
    IReadOnlyList<string>? Kinds,
    IReadOnlyList<string>? Areas,
    IReadOnlyList<string>? Streams)
{
    public bool Matches(CountedFact fact) =>
        Types.Contains(fact.Type)
        && From <= fact.Day && fact.Day <= To
        && (Kinds is null || (fact.Kind is not null && Kinds.Contains(fact.Kind)))
        && (Areas is null || Areas.Intersect(fact.Areas).Any())
        && (Streams is null || Streams.Contains(fact.Stream));

    internal static FactFilter Of(Selector selector, Term term) => new(
        selector.Type switch
        {
            FactType.Insats => [FactType.Insats, FactType.PlannedInsats],
            FactType.ForumActivity => [FactType.ForumActivity, FactType.AgreedActivity],
            _ => [selector.Type],
        },
        term.From,
        term.To,
        selector.Kinds,
        selector.Areas,
        selector.Forums);
}
