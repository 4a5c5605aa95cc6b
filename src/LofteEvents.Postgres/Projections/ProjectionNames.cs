namespace LofteEvents.Postgres.Projections;

/// <summary>The projections of the product, by the names they have in the position table and at <c>/projections</c>.</summary>
public static class ProjectionNames
{
    /// <summary>Commitments with what counts for them, and the table of counted facts.</summary>
    public const string LofteStatus = "LofteStatus";

    /// <summary>The list of promises.</summary>
    public const string LofteOverview = "LofteOverview";

    /// <summary>The list of notices.</summary>
    public const string NoticeOverview = "NoticeOverview";

    public static IReadOnlyList<string> All { get; } = [LofteStatus, LofteOverview, NoticeOverview];

    /// <summary>The row in <c>mt_event_progression</c>, as Marten names it.</summary>
    public static string RowOf(string projection) => projection + ":All";
}
