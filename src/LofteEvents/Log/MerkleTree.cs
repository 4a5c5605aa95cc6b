// RFC 6962 §2.1 https://www.rfc-editor.org/rfc/rfc6962#section-2.1
// RFC 9162 §2.1.1 https://www.rfc-editor.org/rfc/rfc9162#section-2.1.1
using System.Numerics;

namespace LofteEvents.Log;

/// <summary>The Merkle tree's hashing: SHA-256, with leaves and inner nodes told apart by their first byte.</summary>
public static class MerkleTree
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const int LargestLeafOnStack = 1024;

    /// <summary>Root of the tree without leaves: SHA-256 of nothing.</summary>
    public static Digest EmptyRoot { get; } = Digest.Of([]);

    /// <summary>SHA-256(0x00 ‖ leaf).</summary>
    public static Digest HashLeaf(ReadOnlySpan<byte> leaf)
    {
        var prefixed = leaf.Length < LargestLeafOnStack ? stackalloc byte[leaf.Length + 1] : new byte[leaf.Length + 1];
        prefixed[0] = LeafPrefix;
        leaf.CopyTo(prefixed[1..]);
        return Digest.Of(prefixed);
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    public static Digest HashChildren(Digest left, Digest right)
    {
        Span<byte> prefixed = stackalloc byte[1 + Digest.Size + Digest.Size];
        prefixed[0] = NodePrefix;
        left.CopyTo(prefixed[1..]);
        right.CopyTo(prefixed[(1 + Digest.Size)..]);
        return Digest.Of(prefixed);
    }

    /// <summary>Root of the tree over these leaf hashes, in constant memory.</summary>
    public static Digest Root(IEnumerable<Digest> leafHashes)
    {
        var range = new CompactRange();
        foreach (var leafHash in leafHashes)
            range.Append(leafHash);
        return range.Root();
    }

    /// <summary>
    /// MTH(D[begin:end]) of a node of some tree, folded from the perfect subtrees below it.
    /// </summary>
    /// <param name="hashOf">The hash of a perfect subtree, such as tiles hold it.</param>
    internal static Digest HashOf(ulong begin, ulong end, Func<Subtree, Digest> hashOf)
    {
        var cover = Subtree.Cover(begin, end);
        var hash = hashOf(cover[^1]);
        for (var i = cover.Count - 2; i >= 0; i--)
            hash = HashChildren(hashOf(cover[i]), hash);
        return hash;
    }

    /// <summary>
    /// The RFCs' k: the largest power of two that is smaller than <paramref name="size"/>, which is at least 2.
    /// </summary>
    internal static ulong LeftSize(ulong size) => 1UL << BitOperations.Log2(size - 1);
}
