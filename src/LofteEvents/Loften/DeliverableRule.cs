namespace LofteEvents.Loften;

/// <summary>
/// One thing that is to be there by a day, told by <c>deliverable.completed.v1</c>. A postponement stands beside the original
/// deadline and never replaces it.
/// </summary>
public sealed record DeliverableRule : Rule
{
    /// <summary>What is to be there, in the language of the promise.</summary>
    public required string Deliverable { get; init; }

    /// <summary>The last day that keeps the promise; nothing: the last day of the signed term.</summary>
    public DateOnly? By { get; init; }

    internal override IEnumerable<Selector> Selectors => [];

    internal override IEnumerable<Reach> Deciding => [];

    internal override IEnumerable<Contribution> Contributions(CountedFact fact, Rule inForce) => [];

    internal override IEnumerable<UnmetCondition> Unmet(CountedFact fact) => [new UnmetCondition("deliverable-only", [], [])];
}
