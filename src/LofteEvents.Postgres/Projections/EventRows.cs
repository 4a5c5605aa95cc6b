namespace LofteEvents.Postgres.Projections;

/// <summary>Rows of the log that say nothing.</summary>
internal static class EventRows
{
    /// <summary>Marten leaves such a row in the place of an append that failed; projections pass it over.</summary>
    public static bool IsTombstone(StoredEvent stored) => stored.Stream == "mt_tombstone" || stored.Type == "tombstone";
}
