using System.Text.Json.Serialization;

namespace LofteEvents.Loften;

/// <summary>What can happen to a promise and its commitments; stream <c>lofte/{id}</c>.</summary>
public abstract record LofteEvent : DomainEvent
{
    private protected LofteEvent()
    {
    }
}

/// <summary>Stored as <c>lofte.given.v1</c>. Its payload is the definition itself, member for member.</summary>
[JsonConverter(typeof(LofteGivenJson))]
public sealed record LofteGiven(LofteDefinition Definition) : LofteEvent;

/// <summary>
/// Stored as <c>lofte.amended.v1</c>: a visible change of what was signed. What happened before <paramref name="EffectiveFrom"/>
/// stays judged by the rules in force then.
/// </summary>
/// <param name="EffectiveFrom">The first day that the new definition is in force.</param>
/// <param name="Definition">The whole of it as it now reads; its term stays as it is (see <see cref="LofteProlonged"/>).</param>
public sealed record LofteAmended(
    DateOnly EffectiveFrom,
    string Reason,
    [property: JsonConverter(typeof(DefinitionJson))] LofteDefinition Definition) : LofteEvent;

/// <summary>Stored as <c>lofte.prolonged.v1</c>: the term ends later than was signed.</summary>
/// <param name="To">The new last day, inclusive.</param>
public sealed record LofteProlonged(DateOnly To, string Reason) : LofteEvent;

/// <summary>Stored as <c>lofte.ended.v1</c>: the promise ends before its term does.</summary>
/// <param name="On">The last day on which anything counts.</param>
public sealed record LofteEnded(DateOnly On, string Reason) : LofteEvent;

/// <summary>Stored as <c>commitment.hindered.v1</c>: honest non-fulfilment. The newest of a commitment is in force.</summary>
/// <param name="DecidedBy">The office that decided, such as <c>lokalpolisområdeschef Norrmalm</c>.</param>
/// <param name="On">The day of the decision.</param>
public sealed record CommitmentHindered(string Commitment, DateOnly On, string Reason, string DecidedBy) : LofteEvent;

/// <summary>
/// Stored as <c>commitment.assessed.v1</c>: a named person's judgement of what cannot be counted. The newest of a commitment is
/// in force.
/// </summary>
/// <param name="On">The day of the assessment.</param>
/// <param name="Reasons">What the judgement rests on, a sentence each.</param>
/// <param name="AssessedBy">The named person who answers for the judgement, with office: published with the promise.</param>
/// <param name="Evidence">Streams of the events that it rests on, such as <c>forum/ungdomar</c>.</param>
public sealed record CommitmentAssessed(
    string Commitment,
    DateOnly On,
    Assessment Outcome,
    IReadOnlyList<string> Reasons,
    string AssessedBy,
    IReadOnlyList<string>? Evidence = null) : LofteEvent;

/// <summary>A person's judgement of a commitment; in JSON in kebab-case.</summary>
public enum Assessment
{
    Fulfilled,
    Partly,
    NotFulfilled,
    CannotBeAssessed,
}

/// <summary>Stored as <c>deliverable.completed.v1</c>: the milestone of a commitment is reached.</summary>
/// <param name="On">The day it was reached.</param>
/// <param name="Outcome">What now is there.</param>
public sealed record DeliverableCompleted(string Commitment, DateOnly On, string? Outcome = null) : LofteEvent;

/// <summary>Stored as <c>deliverable.postponed.v1</c>; the original deadline stays beside it.</summary>
/// <param name="To">The new deadline, inclusive.</param>
public sealed record DeliverablePostponed(string Commitment, DateOnly To, string Reason) : LofteEvent;

/// <summary>Stored as <c>deliverable.voided.v1</c>: the milestone was not reached after all.</summary>
public sealed record DeliverableVoided(string Commitment, string Reason) : LofteEvent;

/// <summary>Stored as <c>feedback.given.v1</c>: citizens or staff were told how it goes.</summary>
/// <param name="On">The day it was given.</param>
/// <param name="Channel">Such as <c>polisen.se</c> or <c>public-meeting</c>.</param>
/// <param name="Link">Where it can be read.</param>
public sealed record FeedbackGiven(
    DateOnly On, FeedbackAudience To, string Channel, string What, string? Link = null) : LofteEvent;

/// <summary>Whom feedback was given to; in JSON in kebab-case.</summary>
public enum FeedbackAudience
{
    Citizens,
    Staff,
}
