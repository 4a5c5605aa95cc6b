namespace LofteEvents.Log;

/// <summary>A row of the event store with what lies beside it.</summary>
/// <param name="Parts">The sealed parts that are there now, in any order.</param>
public sealed record StoredRow(StoredEvent Event, IReadOnlyList<SealedPartDigest> Parts);

/// <summary>
/// Holds a log against itself, against its checkpoint, against checkpoints that somebody kept, and against the rows it is
/// about. Knows nothing of where they come from: its caller gives it leaves in order of index, and after each as many rows, in
/// order of position, as it asks for (<see cref="AwaitsRow"/>).
/// </summary>
public sealed class LogVerifier
{
    private readonly TreeChecks _tree;
    private readonly LeafChecks _leaves;
    private readonly RowChecks _rows;
    private readonly bool _hasRows;
    private Leaf? _awaited;
    private StoredRow? _held;
    private ulong _unsealed;
    private bool _rowsEnded;

    /// <param name="checkpoint">Whose signatures were verified before (<see cref="SignedCheckpoint.TryOpen"/>).</param>
    /// <param name="pinned">Older checkpoints of the same log, verified likewise, in any order.</param>
    /// <param name="hasRows">False where only the log itself is at hand.</param>
    /// <param name="destroyedKey">The key whose destruction an event records; null for every other event.</param>
    /// <param name="seen">Remembers streams and ids; null to remember them in memory.</param>
    /// <param name="completed">Told of every perfect subtree of the tree, as <see cref="CompactRange"/> tells it.</param>
    public LogVerifier(
        Checkpoint checkpoint,
        IReadOnlyList<Checkpoint> pinned,
        bool hasRows,
        Func<StoredEvent, Guid?> destroyedKey,
        ISeenLeaves? seen = null,
        Action<Subtree, Digest>? completed = null)
    {
        _tree = new TreeChecks(checkpoint, pinned, completed);
        _leaves = new LeafChecks(seen ?? new SeenLeavesInMemory());
        _rows = new RowChecks(destroyedKey);
        _hasRows = hasRows;
        _rowsEnded = !hasRows;
    }

    /// <summary>How many leaves there were so far.</summary>
    public ulong Size => _tree.Size;

    /// <summary>Whether the last leaf's row may be among those to come.</summary>
    public bool AwaitsRow => _awaited is not null && !_rowsEnded;

    /// <summary>Root of the leaves so far.</summary>
    public Digest Root() => _tree.Root();

    /// <param name="leaves">The entry bundles' leaves from index 0.</param>
    /// <param name="rows">The events in order of position; null where only the log itself is at hand.</param>
    /// <inheritdoc cref="LogVerifier(Checkpoint, IReadOnlyList{Checkpoint}, bool, Func{StoredEvent, Guid?}, ISeenLeaves?,
    /// Action{Subtree, Digest}?)"/>
    public static LogReport Verify(
        Checkpoint checkpoint,
        IReadOnlyList<Checkpoint> pinned,
        IEnumerable<ReadOnlyMemory<byte>> leaves,
        IEnumerable<StoredRow>? rows,
        Func<StoredEvent, Guid?> destroyedKey)
    {
        var verifier = new LogVerifier(checkpoint, pinned, rows is not null, destroyedKey);
        using var row = (rows ?? []).GetEnumerator();
        foreach (var leaf in leaves)
        {
            verifier.Leaf(leaf.Span);
            while (verifier.AwaitsRow)
            {
                if (row.MoveNext())
                    verifier.Row(row.Current);
                else
                    verifier.EndOfRows();
            }
        }

        while (row.MoveNext())
            verifier.Row(row.Current);
        return verifier.Report();
    }

    /// <summary>Takes the next leaf.</summary>
    public void Leaf(ReadOnlySpan<byte> bytes)
    {
        var leaf = _leaves.Read(bytes, _tree.Size);
        _tree.Append(bytes);
        if (leaf is null || !_hasRows)
            return;
        _awaited = leaf;
        if (_held is { } held)
        {
            _held = null;
            Meet(held);
        }
        else if (_rowsEnded)
        {
            EndOfRows();
        }
    }

    /// <summary>Takes the next row.</summary>
    public void Row(StoredRow row)
    {
        if (!_rows.IsInOrder(row))
            return;
        if (_held is not null)
            _unsealed++;
        _held = null;
        Meet(row);
    }

    /// <summary>Says that there are no more rows.</summary>
    public void EndOfRows()
    {
        _rowsEnded = true;
        if (_awaited is not null)
            _rows.WithoutRow(_awaited);
        _awaited = null;
    }

    /// <summary>What was found; after the last leaf and the last row.</summary>
    public LogReport Report() => new(
        [.. _tree.Results(), .. _leaves.Results(), .. _rows.Results()],
        _tree.Size,
        _unsealed + (_held is null ? 0UL : 1UL));

    /// <summary>A row belongs to the leaf that is waited for, or lies before it, or behind it and then waits itself.</summary>
    private void Meet(StoredRow row)
    {
        if (_awaited is null || row.Event.Position > _awaited.Position)
        {
            if (_awaited is not null)
                _rows.WithoutRow(_awaited);
            (_awaited, _held) = (null, row);
        }
        else if (row.Event.Position < _awaited.Position)
        {
            _rows.WithoutLeaf(row);
        }
        else
        {
            _rows.Compare(_awaited, row);
            _awaited = null;
        }
    }
}
