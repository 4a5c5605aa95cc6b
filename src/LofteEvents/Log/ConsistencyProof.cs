// RFC 9162 §2.1.4 https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4 (the same tree and proof as RFC 6962 §2.1.2)
using System.Numerics;

namespace LofteEvents.Log;

/// <summary>
/// That a tree only grew: the first <c>size1</c> leaves of the tree of <c>size2</c> leaves are those of the older tree.
/// <para>
/// The empty tree is the beginning of every tree, so a proof from it says nothing: size 0 is refused here, and a caller that
/// may meet it (a witness's first checkpoint) decides for itself. From a size to itself the proof is empty and the roots must
/// be equal.
/// </para>
/// </summary>
public static class ConsistencyProof
{
    /// <param name="hashOf">The hash of a perfect subtree of the newer tree; asked for those that <see cref="Needs"/>
    /// names.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt; size1 ≤ size2.</exception>
    public static IReadOnlyList<Digest> Of(ulong size1, ulong size2, Func<Subtree, Digest> hashOf) =>
        [.. Nodes(size1, size2).Select(node => MerkleTree.HashOf(node.Begin, node.End, hashOf))];

    /// <summary>The perfect subtrees whose hashes make the proof, for a caller that has to fetch them first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt; size1 ≤ size2.</exception>
    public static IReadOnlyList<Subtree> Needs(ulong size1, ulong size2) =>
        [.. Nodes(size1, size2).SelectMany(node => Subtree.Cover(node.Begin, node.End))];

    /// <summary>
    /// True only if the proof has exactly the right number of hashes and gives both roots (RFC 9162 §2.1.4.2); false where
    /// <paramref name="size1"/> is 0 or larger than <paramref name="size2"/>.
    /// </summary>
    public static bool Verify(ulong size1, ulong size2, Digest root1, Digest root2, IReadOnlyList<Digest> proof)
    {
        if (size1 == 0 || size1 > size2)
            return false;
        if (size1 == size2)
            return proof.Count == 0 && root1 == root2;
        if (proof.Count == 0)
            return false;
        var completesSubtree = BitOperations.IsPow2(size1);
        var trailing = BitOperations.TrailingZeroCount(size1);
        var (node, last) = ((size1 - 1) >> trailing, (size2 - 1) >> trailing);
        var hash1 = completesSubtree ? root1 : proof[0];
        var hash2 = hash1;
        for (var i = completesSubtree ? 0 : 1; i < proof.Count; i++)
        {
            if (last == 0)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                hash1 = MerkleTree.HashChildren(proof[i], hash1);
                hash2 = MerkleTree.HashChildren(proof[i], hash2);
                while ((node & 1) == 0 && node != 0)
                    (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash2 = MerkleTree.HashChildren(hash2, proof[i]);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash1 == root1 && hash2 == root2;
    }

    private static List<(ulong Begin, ulong End)> Nodes(ulong size1, ulong size2)
    {
        ArgumentOutOfRangeException.ThrowIfZero(size1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size1, size2);
        var nodes = new List<(ulong Begin, ulong End)>();
        var (begin, end) = (0UL, size2);
        while (end != size1)
        {
            var middle = begin + MerkleTree.LeftSize(end - begin);
            if (size1 <= middle)
            {
                nodes.Add((middle, end));
                end = middle;
            }
            else
            {
                nodes.Add((begin, middle));
                begin = middle;
            }
        }

        // Where the older tree is a node of the newer one, the verifier has its hash already: it is the older root.
        if (begin != 0)
            nodes.Add((begin, end));
        nodes.Reverse();
        return nodes;
    }
}
