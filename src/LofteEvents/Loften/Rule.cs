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
}

/// <summary>Counts events, as a whole or in each part of a division.</summary>
public sealed record CountRule : Rule
{
    public required Selector Select { get; init; }

    /// <summary>Nothing: the term is the only part.</summary>
    public Division? Divide { get; init; }

    /// <summary>How many are demanded in each part; either this or <see cref="Exactly"/>.</summary>
    public int? AtLeast { get; init; }

    /// <summary>How many there must be in each part, neither fewer nor more.</summary>
    public int? Exactly { get; init; }

    /// <summary>In how many parts the threshold must be met; nothing: in all of them.</summary>
    public int? InAtLeast { get; init; }
}

/// <summary>
/// Wording that cannot be counted, such as «central och pådrivande kraft»: a named person judges, on evidence that is counted beside it.
/// </summary>
public sealed record AssessmentRule : Rule
{
    /// <summary>What the person is to answer, in the language of the promise.</summary>
    public required string Question { get; init; }

    /// <summary>What is counted as evidence. It never decides; during the term it says whether there is enough to judge by.</summary>
    public CountRule? Evidence { get; init; }
}
