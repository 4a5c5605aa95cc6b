namespace LofteEvents.Loften;

/// <summary>
/// Wording that cannot be counted, such as «central och pådrivande kraft»: a named person judges, on evidence that is counted
/// beside it.
/// </summary>
public sealed record AssessmentRule : Rule
{
    /// <summary>What the person is to answer, in the language of the promise.</summary>
    public required string Question { get; init; }

    /// <summary>
    /// What is counted as evidence: a <see cref="CountingRule"/>. It never decides; during the term it says whether there is
    /// enough to judge by.
    /// </summary>
    public Rule? Evidence { get; init; }

    internal CountingRule? CountedEvidence => Evidence as CountingRule;

    internal override IEnumerable<Selector> Selectors => Evidence?.Selectors ?? [];

    internal override IEnumerable<Reach> Deciding => [];

    internal override IEnumerable<Contribution> Contributions(CountedFact fact, Rule inForce) =>
        Evidence is not null && inForce is AssessmentRule { Evidence: { } evidence }
            ? Evidence.Contributions(fact, evidence)
            : [];

    internal override IEnumerable<UnmetCondition> Unmet(CountedFact fact) =>
        Evidence?.Unmet(fact) ?? [new UnmetCondition("assessed-only", [], [])];
}
