namespace LofteEvents.Log;

/// <summary>A row of the event store with what lies beside it.</summary>
/// <param name="Parts">The sealed parts that are there now, in any order.</param>
public sealed record StoredRow(StoredEvent Event, IReadOnlyList<SealedPartDigest> Parts);

/// <summary>
/// Holds a log against itself, against its checkpoint, against checkpoints that somebody kept, and against the rows it is
/// about. Knows nothing of where they come from; reads each sequence once and keeps, besides the tree's edge, one entry per
/// stream and per event id.
/// </summary>
public static class LogVerifier
{
    /// <param name="checkpoint">Whose signatures were verified before (<see cref="SignedCheckpoint.TryOpen"/>).</param>
    /// <param name="pinned">Older checkpoints of the same log, verified likewise, in any order.</param>
    /// <param name="leaves">The entry bundles' leaves from index 0.</param>
    /// <param name="rows">The events in order of position; null where only the log itself is at hand.</param>
    /// <param name="destroyedKey">The key whose destruction an event records; null for every other event.</param>
    public static LogReport Verify(
        Checkpoint checkpoint,
        IReadOnlyList<Checkpoint> pinned,
        IEnumerable<ReadOnlyMemory<byte>> leaves,
        IEnumerable<StoredRow>? rows,
        Func<StoredEvent, Guid?> destroyedKey)
    {
        var tree = new TreeChecks(checkpoint, pinned);
        var leafChecks = new LeafChecks();
        var rowChecks = new RowChecks(destroyedKey);
        using var row = (rows ?? []).Where(rowChecks.IsInOrder).GetEnumerator();
        var hasRow = row.MoveNext();
        foreach (var bytes in leaves)
        {
            if (leafChecks.Read(bytes.Span, tree.Size) is { } leaf && rows is not null)
            {
                for (; hasRow && row.Current.Event.Position < leaf.Position; hasRow = row.MoveNext())
                    rowChecks.WithoutLeaf(row.Current);
                if (hasRow && row.Current.Event.Position == leaf.Position)
                {
                    rowChecks.Compare(leaf, row.Current);
                    hasRow = row.MoveNext();
                }
                else
                {
                    rowChecks.WithoutRow(leaf);
                }
            }

            tree.Append(bytes.Span);
        }

        var unsealed = 0UL;
        for (; hasRow; hasRow = row.MoveNext())
            unsealed++;
        return new LogReport([.. tree.Results(), .. leafChecks.Results(), .. rowChecks.Results()], tree.Size, unsealed);
    }
}
