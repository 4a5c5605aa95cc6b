namespace LofteEvents.Log;

/// <summary>
/// The hashes of the fewest perfect subtrees that cover the leaves [<see cref="Begin"/>, <see cref="End"/>): at most 2·63 of
/// them, so a tree of any size grows, and its root is known, in constant memory. Begun at 0 it is a whole tree.
/// </summary>
public sealed class CompactRange
{
    private readonly List<(Subtree Place, Digest Hash)> _nodes = [];

    /// <param name="begin">Index of the first leaf that will be appended.</param>
    public CompactRange(ulong begin = 0)
    {
        Begin = begin;
        End = begin;
    }

    public ulong Begin { get; }

    /// <summary>Index of the next leaf to be appended; the size of the tree when <see cref="Begin"/> is 0.</summary>
    public ulong End { get; private set; }

    /// <summary>
    /// The covering subtrees' hashes from left to right: with <see cref="Begin"/> and <see cref="End"/> the whole state.
    /// </summary>
    public IReadOnlyList<Digest> Hashes => [.. _nodes.Select(node => node.Hash)];

    /// <summary>Puts a range together again from its state.</summary>
    /// <param name="hashes">As <see cref="Hashes"/> gave them.</param>
    /// <exception cref="ArgumentException">Not as many hashes as a range of these bounds has.</exception>
    public static CompactRange Restore(ulong begin, ulong end, IReadOnlyList<Digest> hashes)
    {
        var cover = Subtree.Cover(begin, end);
        if (begin > end || cover.Count != hashes.Count)
            throw new ArgumentException(
                $"The range [{begin}, {end}) has {cover.Count} hashes, not {hashes.Count}.", nameof(hashes));
        var range = new CompactRange(begin) { End = end };
        range._nodes.AddRange(cover.Zip(hashes));
        return range;
    }

    /// <summary>Appends the next leaf.</summary>
    /// <param name="completed">Told of every perfect subtree that this leaf completes, the leaf itself first: what a tile
    /// stores.</param>
    public void Append(Digest leafHash, Action<Subtree, Digest>? completed = null) => Append(0, leafHash, completed);

    /// <summary>Appends another range that begins where this one ends.</summary>
    /// <exception cref="ArgumentException">It begins elsewhere.</exception>
    public void Append(CompactRange next)
    {
        if (next.Begin != End)
            throw new ArgumentException(
                $"A range that begins at {next.Begin} does not follow one that ends at {End}.", nameof(next));
        foreach (var (place, hash) in next._nodes)
            Append(place.Level, hash, completed: null);
    }

    /// <summary>MTH of the leaves so far.</summary>
    /// <exception cref="InvalidOperationException">The range does not begin at leaf 0 and so has no root.</exception>
    public Digest Root()
    {
        if (Begin != 0)
            throw new InvalidOperationException($"A range that begins at leaf {Begin} has no root.");
        if (_nodes.Count == 0)
            return MerkleTree.EmptyRoot;
        var root = _nodes[^1].Hash;
        for (var i = _nodes.Count - 2; i >= 0; i--)
            root = MerkleTree.HashChildren(_nodes[i].Hash, root);
        return root;
    }

    private void Append(int level, Digest hash, Action<Subtree, Digest>? completed)
    {
        var place = new Subtree(level, End >> level);
        End = checked(End + (1UL << level));
        completed?.Invoke(place, hash);
        while ((place.Index & 1) == 1 && _nodes.Count > 0 && _nodes[^1].Place.Level == place.Level)
        {
            hash = MerkleTree.HashChildren(_nodes[^1].Hash, hash);
            place = new Subtree(place.Level + 1, place.Index >> 1);
            _nodes.RemoveAt(_nodes.Count - 1);
            completed?.Invoke(place, hash);
        }

        _nodes.Add((place, hash));
    }
}
