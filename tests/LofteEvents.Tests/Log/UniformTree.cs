using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

/// <summary>
/// A tree whose leaves are all the same, so that every perfect subtree of a level has one hash and a tree of 2^64−1 leaves can
/// be asked.
/// </summary>
internal static class UniformTree
{
    private static readonly Digest[] Levels = [.. Grow()];

    public static Digest Leaf => Levels[0];

    public static Digest HashOf(Subtree place) => Levels[place.Level];

    public static Digest Root(ulong size) =>
        CompactRange.Restore(0, size, [.. Subtree.Cover(0, size).Select(HashOf)]).Root();

    private static IEnumerable<Digest> Grow()
    {
        var hash = MerkleTree.HashLeaf("the same again"u8);
        for (var level = 0; level < 64; level++)
        {
            yield return hash;
            hash = MerkleTree.HashChildren(hash, hash);
        }
    }
}
