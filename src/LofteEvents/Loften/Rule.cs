using System.Text.Json.Serialization;

namespace LofteEvents.Loften;

/// <summary>
/// How a commitment is judged: a selector (which events count), a division (how they are divided), a threshold (how many in each part) and a
/// quantifier (in all parts, or in at least some number of them). In JSON the member <c>shape</c> says which of the family it is.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "shape")]
[JsonDerivedType(typeof(CountRule), "count")]
[JsonDerivedType(typeof(AssessmentRule), "assessment")]
public abstract record Rule
{
    private protected Rule()
    {
    }

    /// <summary>Which facts the rule must see.</summary>
    internal abstract IEnumerable<Selector> Selectors { get; }

    /// <summary>What of those decides; evidence that is only shown does not.</summary>
    internal abstract IEnumerable<Reach> Deciding { get; }

    /// <summary>
    /// What a fact adds to the tally of this rule: selected by the rule in force when it happened, divided as this one divides.
    /// </summary>
    internal abstract IEnumerable<Contribution> Contributions(CountedFact fact, Rule inForce);

    /// <summary>Why a fact does not count by this rule; empty where it counts.</summary>
    internal abstract IEnumerable<UnmetCondition> Unmet(CountedFact fact);
}

/// <param name="Cell">Cell of the <see cref="Tally"/>.</param>
internal readonly record struct Contribution(string Cell, long Amount);

/// <summary>
/// Wording that cannot be counted, such as «central och pådrivande kraft»: a named person judges, on evidence that is counted beside it.
/// </summary>
public sealed record AssessmentRule : Rule
{
    /// <summary>What the person is to answer, in the language of the promise.</summary>
    public required string Question { get; init; }

    /// <summary>
    /// What is counted as evidence: a <see cref="CountRule"/>. It never decides; during the term it says whether there is enough to judge by.
    /// </summary>
    public Rule? Evidence { get; init; }

    internal CountRule? CountedEvidence => Evidence as CountRule;

    internal override IEnumerable<Selector> Selectors => Evidence?.Selectors ?? [];

    internal override IEnumerable<Reach> Deciding => [];

    internal override IEnumerable<Contribution> Contributions(CountedFact fact, Rule inForce) =>
        Evidence is not null && inForce is AssessmentRule { Evidence: { } evidence } ? Evidence.Contributions(fact, evidence) : [];

    internal override IEnumerable<UnmetCondition> Unmet(CountedFact fact) =>
        Evidence?.Unmet(fact) ?? [new UnmetCondition("assessed-only", [], [])];
}
