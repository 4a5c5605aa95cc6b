using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

/// <summary>
/// A small tree with everything about it known twice: by the code under test, and by the RFC's recursive definitions written
/// out again here (RFC 9162 §2.1.1, §2.1.3.1, §2.1.4.1).
/// </summary>
internal sealed class SampleTree
{
    private readonly Dictionary<Subtree, Digest> _nodes = [];
    private readonly CompactRange _range = new();

    public SampleTree(IEnumerable<byte[]> leaves)
    {
        LeafHashes = [.. leaves.Select(leaf => MerkleTree.HashLeaf(leaf))];
        foreach (var hash in LeafHashes)
            _range.Append(hash, (place, node) => _nodes.Add(place, node));
    }

    public IReadOnlyList<Digest> LeafHashes { get; }

    public ulong Size => (ulong)LeafHashes.Count;

    public Digest Root => _range.Root();

    public static SampleTree OfSize(int size) => new(Enumerable.Range(0, size).Select(i => new[] { (byte)(i >> 8), (byte)i }));

    public Digest HashOf(Subtree place) => _nodes[place];

    public Digest RootAt(ulong size) => Mth(0, (int)size);

    public Digest Mth(int begin, int end) => (end - begin) switch
    {
        0 => MerkleTree.EmptyRoot,
        1 => LeafHashes[begin],
        _ => MerkleTree.HashChildren(Mth(begin, Middle(begin, end)), Mth(Middle(begin, end), end)),
    };

    public IEnumerable<Digest> Path(int index, int begin, int end)
    {
        if (end - begin == 1)
            return [];
        var middle = Middle(begin, end);
        return index < middle
            ? Path(index, begin, middle).Append(Mth(middle, end))
            : Path(index, middle, end).Append(Mth(begin, middle));
    }

    public IEnumerable<Digest> Subproof(int older, int begin, int end, bool whole)
    {
        if (older == end)
            return whole ? [] : [Mth(begin, end)];
        var middle = Middle(begin, end);
        return older <= middle
            ? Subproof(older, begin, middle, whole).Append(Mth(middle, end))
            : Subproof(older, middle, end, whole: false).Append(Mth(begin, middle));
    }

    private static int Middle(int begin, int end)
    {
        var left = 1;
        while (left * 2 < end - begin)
            left *= 2;
        return begin + left;
    }
}
