namespace LofteEvents.Log;

/// <summary>What a verification found, check by check.</summary>
/// <param name="Checks">Every check, in the order in which a reader wants them; one that had nothing to look at has counted
/// 0.</param>
/// <param name="Leaves">How many leaves there were.</param>
/// <param name="UnsealedRows">Rows behind the last leaf: recorded, and not yet covered by the checkpoint.</param>
public sealed record LogReport(IReadOnlyList<LogCheck> Checks, ulong Leaves, ulong UnsealedRows)
{
    /// <summary>Nothing was altered, removed, inserted or reordered among what the checkpoint covers.</summary>
    public bool IsWhole => Checks.All(check => check.First is null);
}

/// <param name="Name">One of <see cref="LogCheckNames"/>; stable.</param>
/// <param name="Counted">How many things were looked at.</param>
/// <param name="Failures">How many of them were wrong.</param>
/// <param name="First">The first that was wrong; null when none was.</param>
public sealed record LogCheck(string Name, ulong Counted, ulong Failures, LogFinding? First);

/// <param name="LeafIndex">Where in the tree; null where the finding is not about one leaf.</param>
/// <param name="Position">Where in the global order; null where that is not known.</param>
/// <param name="Sentence">What is wrong there.</param>
public sealed record LogFinding(ulong? LeafIndex, long? Position, string Sentence);

/// <summary>The checks' names, as reports and scripts have them.</summary>
public static class LogCheckNames
{
    /// <summary>Every leaf is the one encoding of what it says.</summary>
    public const string LeafForm = "leaf.form";

    /// <summary>Every leaf says the index at which it stands.</summary>
    public const string LeafIndex = "leaf.index";

    /// <summary>Positions rise, and recorded times do not fall.</summary>
    public const string LeafOrder = "leaf.order";

    /// <summary>Versions of every stream are 1, 2, 3 …</summary>
    public const string LeafStream = "leaf.stream";

    /// <summary>No event's id stands twice.</summary>
    public const string LeafId = "leaf.id";

    /// <summary>There are as many leaves as the checkpoint says.</summary>
    public const string Size = "size";

    /// <summary>The leaves have the checkpoint's root.</summary>
    public const string Root = "root";

    /// <summary>The log is a continuation of every checkpoint that somebody kept.</summary>
    public const string Pinned = "pinned";

    /// <summary>Rows come in rising order of position.</summary>
    public const string EventOrder = "event.order";

    /// <summary>Every leaf's row is there.</summary>
    public const string EventPresent = "event.present";

    /// <summary>Every row before the last leaf has a leaf.</summary>
    public const string EventLogged = "event.logged";

    /// <summary>The row's columns are those that were logged.</summary>
    public const string EventColumns = "event.columns";

    /// <summary>The row's headers are those that were logged.</summary>
    public const string EventHeaders = "event.headers";

    /// <summary>The row's payload is the one that was logged.</summary>
    public const string EventPayload = "event.payload";

    /// <summary>Sealed parts are those that were logged, and none are beside them.</summary>
    public const string PartContent = "part.content";

    /// <summary>A sealed part that is gone had its key destroyed by an event of the log.</summary>
    public const string PartGone = "part.gone";
}
