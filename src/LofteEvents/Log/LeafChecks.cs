namespace LofteEvents.Log;

/// <summary>What the leaves must say whatever the rows are: their own form, and an order without gaps.</summary>
internal sealed class LeafChecks
{
    private const string TombstoneStream = "mt_tombstone";

    private readonly Tally _form = new(LogCheckNames.LeafForm);
    private readonly Tally _index = new(LogCheckNames.LeafIndex);
    private readonly Tally _order = new(LogCheckNames.LeafOrder);
    private readonly Tally _stream = new(LogCheckNames.LeafStream);
    private readonly Tally _id = new(LogCheckNames.LeafId);
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> _ids = [];
    private Leaf? _before;

    /// <param name="index">Where the leaf stands.</param>
    /// <returns>The leaf; null where it cannot be read.</returns>
    public Leaf? Read(ReadOnlySpan<byte> bytes, ulong index)
    {
        var isLeaf = Leaf.TryDecode(bytes, out var leaf, out var fault);
        _form.Count(isLeaf ? null : new LogFinding(index, null, fault!));
        if (leaf is null)
            return null;
        LogFinding At(string sentence) => new(index, leaf.Position, sentence);

        _index.Count(leaf.Index == index ? null : At($"The leaf says that its index is {leaf.Index}."));
        _order.Count(_before is null || (leaf.Position > _before.Position && leaf.RecordedAt >= _before.RecordedAt)
            ? null
            : At("The leaf's position or recorded time lies before that of the leaf in front of it."));
        _id.Count(_ids.Add(leaf.EventId) ? null : At($"The event's id {leaf.EventId} stands in an earlier leaf."));
        var expected = NextVersion(leaf);
        _stream.Count(leaf.Version == expected
            ? null
            : At($"Version {leaf.Version} of '{leaf.Stream}' stands where {expected} belongs."));
        _before = leaf;
        return leaf;
    }

    public IEnumerable<LogCheck> Results() => [_form.Result, _index.Result, _order.Result, _stream.Result, _id.Result];

    /// <summary>The version that belongs here; remembers the one that is here.</summary>
    private long NextVersion(Leaf leaf)
    {
        var before = _versions.GetValueOrDefault(leaf.Stream);
        _versions[leaf.Stream] = leaf.Version;

        // Marten records an append that failed in one stream of its own, where the version repeats the position.
        return leaf.Stream == TombstoneStream ? leaf.Position : before + 1;
    }
}
