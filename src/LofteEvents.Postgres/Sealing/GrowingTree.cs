using LofteEvents.Log;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// A tree that is extended from the last full bundle on, with the tiles that grow by it. It begins at a multiple of 256, so the
/// tiles of leaves begin empty, and of each higher level the hashes in the last tile are at hand.
/// </summary>
internal sealed class GrowingTree
{
    private const int LevelBits = 8;

    private readonly CompactRange _range;
    private readonly Dictionary<int, OpenTile> _open;
    private readonly List<SealedTile> _full = [];
    private readonly List<SealedLeaf> _leaves = [];
    private long _position;

    private GrowingTree(SealedAnchor start, Dictionary<int, OpenTile> open)
    {
        (Start, Anchor, _position, _range, _open) = (start, start, start.Position, start.Range(), open);
    }

    /// <summary>Where it began.</summary>
    public SealedAnchor Start { get; }

    /// <summary>From where the next round will begin.</summary>
    public SealedAnchor Anchor { get; private set; }

    public ulong Size => _range.End;

    /// <summary>Of the last leaf.</summary>
    public long Position => _position;

    /// <summary>The leaves behind <see cref="Start"/>.</summary>
    public IReadOnlyList<SealedLeaf> Leaves => _leaves;

    /// <param name="tiles">What the database has of the last tile of each level above the leaves.</param>
    /// <returns>Null where the tiles are not those of the tree.</returns>
    public static GrowingTree? From(SealedAnchor start, IReadOnlyDictionary<int, byte[]> tiles)
    {
        var open = new Dictionary<int, OpenTile>();
        foreach (var (level, count) in OpenLevels(start.Size))
        {
            var hashes = HashesOf(tiles.GetValueOrDefault(level), count);
            if (hashes is null)
            {
                return null;
            }

            open[level] = new OpenTile(TileAt(start.Size, level), [.. hashes]);
        }

        var known = Subtree.Cover(0, start.Size).Zip(start.Hashes);
        return known.All(node => NodeIn(open, node.First) == node.Second) ? new GrowingTree(start, open) : null;
    }

    /// <summary>
    /// The edge of the tree as its tiles tell it, for a sealer that must publish what it sealed before it died.
    /// </summary>
    public static SealedAnchor? AnchorFrom(ulong size, long position, IReadOnlyDictionary<int, byte[]> tiles)
    {
        var open = new Dictionary<int, OpenTile>();
        foreach (var (level, count) in OpenLevels(size))
        {
            if (HashesOf(tiles.GetValueOrDefault(level), count) is not { } hashes)
            {
                return null;
            }

            open[level] = new OpenTile(TileAt(size, level), [.. hashes]);
        }

        return new SealedAnchor(size, position, [.. Subtree.Cover(0, size).Select(node => NodeIn(open, node))]);
    }

    /// <summary>The levels above the leaves whose last tile is begun at that size, with the number of its hashes.</summary>
    public static IEnumerable<(int Level, int Count)> OpenLevels(ulong size)
    {
        for (var level = 1; level * LevelBits < 64 && size >> (level * LevelBits) > 0; level++)
        {
            var count = (int)((size >> (level * LevelBits)) % TilePath.FullWidth);
            if (count > 0)
            {
                yield return (level, count);
            }
        }
    }

    /// <summary>Which tile of a level is the last one at that size.</summary>
    public static ulong TileAt(ulong size, int level) => size >> (level * LevelBits) >> LevelBits;

    public void Append(long position, byte[] leaf)
    {
        if (Size % TilePath.FullWidth == 0)
        {
            Anchor = new SealedAnchor(Size, _position, _range.Hashes);
        }

        _range.Append(MerkleTree.HashLeaf(leaf), Completed);
        _leaves.Add(new SealedLeaf(position, leaf));
        _position = position;
    }

    public Digest Root() => _range.Root();

    /// <summary>Every tile that grew, as it is now.</summary>
    public IEnumerable<SealedTile> Tiles() =>
        _full.Concat(_open
            .Where(open => open.Value.HasGrown && open.Value.Hashes.Count > 0)
            .Select(open => new SealedTile(open.Key, open.Value.Index, HashTile.Encode(open.Value.Hashes))));

    private void Completed(Subtree node, Digest hash)
    {
        if (node.Level % LevelBits != 0)
        {
            return;
        }

        var level = node.Level / LevelBits;
        if (!_open.TryGetValue(level, out var tile))
        {
            _open[level] = tile = new OpenTile(node.Index >> LevelBits, []);
        }

        tile.HasGrown = true;
        tile.Hashes.Add(hash);
        if (tile.Hashes.Count == TilePath.FullWidth)
        {
            _full.Add(new SealedTile(level, tile.Index, HashTile.Encode(tile.Hashes)));
            _open.Remove(level);
        }
    }

    private static IReadOnlyList<Digest>? HashesOf(byte[]? tile, int count) =>
        tile is not null && tile.Length >= count * Digest.Size
        && HashTile.TryDecode(tile.AsSpan(0, count * Digest.Size), count, out var hashes)
            ? hashes
            : null;

    private static Digest NodeIn(Dictionary<int, OpenTile> open, Subtree node) =>
        open.TryGetValue(node.Level / LevelBits, out var tile) ? HashTile.Node(tile.Hashes, node) : default;

    private sealed record OpenTile(ulong Index, List<Digest> Hashes)
    {
        public bool HasGrown { get; set; }
    }
}

internal sealed record SealedLeaf(long Position, byte[] Bytes);

internal sealed record SealedTile(int Level, ulong Index, byte[] Hashes);
