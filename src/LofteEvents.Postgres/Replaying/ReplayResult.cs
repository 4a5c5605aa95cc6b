namespace LofteEvents.Postgres.Replaying;

/// <summary>What a replay found.</summary>
/// <param name="Events">How many events were folded.</param>
/// <param name="Statuses">How many documents the history gives.</param>
/// <param name="Facts">How many versions of facts it gives.</param>
/// <param name="DifferenceCount">How many places differ; <paramref name="Differences"/> names the first of them.</param>
public sealed record ReplayResult(
    ReplayPositions At,
    long Events,
    int Statuses,
    int Overviews,
    int Notices,
    long Facts,
    long DifferenceCount,
    IReadOnlyList<ReplayDifference> Differences)
{
    public bool IsEqual => DifferenceCount == 0;
}

/// <summary>The positions at which the projections were compared.</summary>
/// <param name="LofteStatus">Of its documents and of the counted facts.</param>
/// <param name="NoticeOverview">Null for a past position: of notices only the present is kept.</param>
public sealed record ReplayPositions(long LofteStatus, long LofteOverview, long? NoticeOverview);

/// <summary>A place where the projections say something else than the history.</summary>
/// <param name="Of"><c>LofteStatus</c>, <c>LofteOverview</c>, <c>NoticeOverview</c> or <c>counted_fact</c>.</param>
/// <param name="Document">A promise's or notice's id, or stream, item and position of a fact.</param>
/// <param name="Pointer">RFC 6901; empty for the whole document.</param>
/// <param name="Folded">JSON; null where the history gives nothing there.</param>
/// <param name="Live">JSON; null where the projection has nothing there.</param>
public sealed record ReplayDifference(string Of, string Document, string Pointer, string? Folded, string? Live);
