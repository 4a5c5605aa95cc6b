// No specification has this proof; it is built from RFC 6962's tree alone:
// the hashes of the perfect subtrees that cover [0, begin), then of those that cover [end, size), each from left to right.

namespace LofteEvents.Log;

/// <summary>
/// That consecutive leaves [begin, end) stand in the tree at exactly those indexes, none left out ("all events of March"): with
/// the leaves themselves, the proof gives the root. Fewer than 192 hashes whatever the range, and each of
/// them can be had from one tile.
/// </summary>
public static class RangeProof
{
    /// <param name="hashOf">The hash of a perfect subtree of that tree; asked for those that <see cref="Needs"/> names.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not begin &lt; end ≤ size.</exception>
    public static IReadOnlyList<Digest> Of(ulong begin, ulong end, ulong size, Func<Subtree, Digest> hashOf) =>
        [.. Needs(begin, end, size).Select(hashOf)];

    /// <summary>The perfect subtrees whose hashes are the proof, in its order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not begin &lt; end ≤ size.</exception>
    public static IReadOnlyList<Subtree> Needs(ulong begin, ulong end, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(begin, end);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, size);
        return [.. Subtree.Cover(0, begin), .. Subtree.Cover(end, size)];
    }

    /// <summary>
    /// True only if the leaves are exactly as many as the range has, the proof exactly as many hashes as it needs, and together
    /// they give the root. The leaves are read once, in constant memory. An empty range proves nothing and is false.
    /// </summary>
    /// <param name="leafHashes">Hashes of the leaves from <paramref name="begin"/> to before <paramref name="end"/>, in
    /// order.</param>
    public static bool Verify(
        ulong begin, ulong end, ulong size, IEnumerable<Digest> leafHashes, IReadOnlyList<Digest> proof, Digest root)
    {
        if (begin >= end || end > size)
            return false;
        var left = Subtree.Cover(0, begin).Count;
        if (proof.Count != left + Subtree.Cover(end, size).Count)
            return false;
        var tree = CompactRange.Restore(0, begin, [.. proof.Take(left)]);
        foreach (var leafHash in leafHashes)
        {
            if (tree.End == end)
                return false;
            tree.Append(leafHash);
        }

        if (tree.End != end)
            return false;
        tree.Append(CompactRange.Restore(end, size, [.. proof.Skip(left)]));
        return tree.Root() == root;
    }
}
