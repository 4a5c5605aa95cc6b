// RFC 9162 §2.1.3 https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3 (the same tree and proof as RFC 6962 §2.1.1)

namespace LofteEvents.Log;

/// <summary>That one leaf stands at one index of the tree: the sibling hashes from the leaf up to the root.</summary>
public static class InclusionProof
{
    /// <summary>The proof for leaf <paramref name="index"/> in the tree of <paramref name="size"/> leaves.</summary>
    /// <param name="hashOf">The hash of a perfect subtree of that tree; asked for those that <see cref="Needs"/> names.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not in the tree.</exception>
    public static IReadOnlyList<Digest> Of(ulong index, ulong size, Func<Subtree, Digest> hashOf) =>
        [.. Siblings(index, size).Select(sibling => MerkleTree.HashOf(sibling.Begin, sibling.End, hashOf))];

    /// <summary>The perfect subtrees whose hashes make the proof, for a caller that has to fetch them first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not in the tree.</exception>
    public static IReadOnlyList<Subtree> Needs(ulong index, ulong size) =>
        [.. Siblings(index, size).SelectMany(sibling => Subtree.Cover(sibling.Begin, sibling.End))];

    /// <summary>
    /// True only if the proof has exactly the right number of hashes and leads from the leaf at <paramref name="index"/> to the
    /// root (RFC 9162 §2.1.3.2).
    /// </summary>
    public static bool Verify(Digest leafHash, ulong index, ulong size, IReadOnlyList<Digest> proof, Digest root)
    {
        if (index >= size)
            return false;
        var (node, last, hash) = (index, size - 1, leafHash);
        foreach (var sibling in proof)
        {
            if (last == 0)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleTree.HashChildren(sibling, hash);
                while ((node & 1) == 0 && node != 0)
                    (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = MerkleTree.HashChildren(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }

    private static List<(ulong Begin, ulong End)> Siblings(ulong index, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var siblings = new List<(ulong Begin, ulong End)>();
        var (begin, end) = (0UL, size);
        while (end - begin > 1)
        {
            var middle = begin + MerkleTree.LeftSize(end - begin);
            if (index < middle)
            {
                siblings.Add((middle, end));
                end = middle;
            }
            else
            {
                siblings.Add((begin, middle));
                begin = middle;
            }
        }

        siblings.Reverse();
        return siblings;
    }
}
