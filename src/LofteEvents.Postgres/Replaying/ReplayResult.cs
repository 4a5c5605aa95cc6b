namespace LofteEvents.Postgres.Replaying;

/// <summary>What a replay found.</summary>
/// <param name="StatusPosition">The documents <c>LofteStatus</c> and the counted facts were compared at this position.</param>
/// <param name="OverviewPosition">The documents <c>LofteOverview</c> were compared at this one.</param>
/// <param name="Events">How many events were folded.</param>
/// <param name="Statuses">How many documents the history gives.</param>
/// <param name="Facts">How many versions of facts it gives.</param>
/// <param name="DifferenceCount">How many places differ; <paramref name="Differences"/> names the first of them.</param>
public sealed record ReplayResult(
    long StatusPosition,
    long OverviewPosition,
    long Events,
    int Statuses,
    int Overviews,
    long Facts,
    long DifferenceCount,
    IReadOnlyList<ReplayDifference> Differences)
{
    public bool IsEqual => DifferenceCount == 0;
}

/// <summary>A place where the projections say something else than the history.</summary>
/// <param name="Of"><c>LofteStatus</c>, <c>LofteOverview</c> or <c>counted_fact</c>.</param>
/// <param name="Document">A promise's id, or stream, item and position of a fact.</param>
/// <param name="Pointer">RFC 6901; empty for the whole document.</param>
/// <param name="Folded">JSON; null where the history gives nothing there.</param>
/// <param name="Live">JSON; null where the projection has nothing there.</param>
public sealed record ReplayDifference(string Of, string Document, string Pointer, string? Folded, string? Live);
