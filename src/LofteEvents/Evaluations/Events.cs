using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>What can happen to an evaluation of a promise; stream <c>evaluation/{lofte}-{n}</c>, n from 1.</summary>
public abstract record EvaluationEvent : DomainEvent
{
    private protected EvaluationEvent()
    {
    }
}

/// <summary>Stored as <c>evaluation.opened.v1</c>.</summary>
/// <param name="Lofte">Id of the promise: the stream's id is it, a hyphen and a number.</param>
/// <param name="On">The day that will be judged, inclusive.</param>
public sealed record EvaluationOpened(string Lofte, EvaluationOccasion Occasion, DateOnly On) : EvaluationEvent;

/// <summary>Why a promise is evaluated; in JSON in kebab-case.</summary>
public enum EvaluationOccasion
{
    /// <summary>The report of a third of the year.</summary>
    Tertial,

    /// <summary>The one that the promise itself announces, such as in the autumn.</summary>
    Announced,

    /// <summary>The one that closes it, when its term is over.</summary>
    EndOfTerm,
    Other,
}

/// <summary>Stored as <c>evaluation.finalized.v1</c>: a named person answers for the verdicts.</summary>
/// <param name="Position">The history that the verdicts rest on: every event up to here.</param>
/// <param name="Digest">Of the report for that position and the evaluation's day.</param>
/// <param name="Reviewer">Who answers for it, with office: published with the verdicts.</param>
/// <param name="Verdicts">One for each commitment.</param>
/// <param name="Summary">What the evaluator says to the reader of all of it.</param>
/// <param name="Tree">The tree that covers the position, where there was one.</param>
public sealed record EvaluationFinalized(
    long Position,
    string Digest,
    string Reviewer,
    IReadOnlyList<SetVerdict> Verdicts,
    string? Summary = null,
    EvaluationTree? Tree = null) : EvaluationEvent;

/// <param name="Reasons">What it rests on, a sentence each; at least one.</param>
public sealed record SetVerdict(string Commitment, Verdict Verdict, IReadOnlyList<string> Reasons);
