using System.Text.Json.Serialization;

namespace LofteEvents.Loften;

/// <summary>
/// How a commitment is judged: a selector (which events count), a division (how they are divided), a threshold (how many in each
/// part) and a quantifier (in all parts, or in at least some number of them). In JSON the member <c>shape</c> says which of the
/// family it is.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "shape")]
[JsonDerivedType(typeof(CountRule), "count")]
[JsonDerivedType(typeof(DurationRule), "duration")]
[JsonDerivedType(typeof(DisjointRule), "disjoint")]
[JsonDerivedType(typeof(CompositeRule), "composite")]
[JsonDerivedType(typeof(CombinedRule), "combined")]
[JsonDerivedType(typeof(ResponseRule), "response")]
[JsonDerivedType(typeof(DeliverableRule), "deliverable")]
[JsonDerivedType(typeof(AssessmentRule), "assessment")]
public abstract record Rule
{
    private protected Rule()
    {
    }

    /// <summary>The rules that it is combined of; itself where it is not.</summary>
    internal virtual IEnumerable<Rule> Simple => [this];

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
/// <param name="Day">Where it is counted on another day than the fact's.</param>
internal readonly record struct Contribution(string Cell, long Amount, DateOnly? Day = null);

/// <summary>What a selector and the division under it can reach.</summary>
internal readonly record struct Reach(Selector Select, Division? Divide = null)
{
    public IReadOnlyList<string>? AreasOfParts => (Divide as AreaDivision)?.Of;

    public IReadOnlyList<string>? PlacesOfParts => (Divide as PlaceDivision)?.Of;

    public IReadOnlyList<string>? ForumsOfParts => (Divide as ForumDivision)?.Of;

    public IReadOnlyList<string>? KindsOfParts => (Divide as KindDivision)?.Of;

    /// <summary>True where neither the selector nor the division says in which area or forum.</summary>
    public bool IsEverywhere => Select is { Areas: null, Forums: null } && Divide is not (AreaDivision or ForumDivision);
}
