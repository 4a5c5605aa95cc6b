using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>
/// One version of a fact, with the event that said it and the event that ended it, as far as the history is known. Of one thing
/// at most one version has no end: it is the one in force.
/// </summary>
/// <param name="Said">The event at the fact's position.</param>
/// <param name="Ended">The event that replaced or removed it; null while it holds.</param>
public sealed record ReportedFact(CountedFact Fact, FactCause Said, FactCause? Ended);

/// <param name="Type">Stored name of the event.</param>
/// <param name="Reason">What a correction, a voiding or a cancellation gives as its reason.</param>
/// <param name="Actor">Who published it: the <c>sub</c> of the token; null where nobody's is known.</param>
public sealed record FactCause(
    long Position, string Type, DateTimeOffset RecordedAt, string? Reason = null, string? Actor = null);
