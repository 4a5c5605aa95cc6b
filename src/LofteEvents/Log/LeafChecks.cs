namespace LofteEvents.Log;

/// <summary>What the leaves must say whatever the rows are: their own form, and an order without gaps.</summary>
internal sealed class LeafChecks(ISeenLeaves seen)
{
    private readonly Tally _form = new(LogCheckNames.LeafForm);
    private readonly Tally _index = new(LogCheckNames.LeafIndex);
    private readonly Tally _order = new(LogCheckNames.LeafOrder);
    private Leaf? _before;

    /// <param name="index">Where the leaf stands.</param>
    /// <returns>The leaf; null where it cannot be read.</returns>
    public Leaf? Read(ReadOnlySpan<byte> bytes, ulong index)
    {
        var isLeaf = Leaf.TryDecode(bytes, out var leaf, out var fault);
        _form.Count(isLeaf ? null : new LogFinding(index, null, fault!));
        if (leaf is null)
            return null;

        _index.Count(leaf.Index == index
            ? null
            : new LogFinding(index, leaf.Position, $"The leaf says that its index is {leaf.Index}."));
        _order.Count(_before is null || (leaf.Position > _before.Position && leaf.RecordedAt >= _before.RecordedAt)
            ? null
            : new LogFinding(
                index, leaf.Position, "The leaf's position or recorded time lies before that of the leaf in front of it."));
        seen.See(leaf.Index == index ? leaf : leaf with { Index = index });
        _before = leaf;
        return leaf;
    }

    public IEnumerable<LogCheck> Results() => [_form.Result, _index.Result, _order.Result, .. seen.Results()];
}
