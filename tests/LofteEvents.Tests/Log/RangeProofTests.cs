using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

public class Range_proofs
{
    [Fact]
    public void Verify_for_every_range_of_every_small_tree()
    {
        for (var size = 1UL; size <= 24; size++)
        {
            var tree = SampleTree.OfSize((int)size);
            for (var begin = 0UL; begin < size; begin++)
            {
                for (var end = begin + 1; end <= size; end++)
                {
                    var proof = RangeProof.Of(begin, end, size, tree.HashOf);
                    RangeProof.Verify(begin, end, size, Leaves(tree, begin, end), proof, tree.Root).ShouldBeTrue();
                }
            }
        }
    }

    [Fact]
    public void Fail_for_any_other_bounds_leaves_root_or_list_of_hashes()
    {
        const ulong Size = 13;
        var tree = SampleTree.OfSize((int)Size);
        for (var begin = 0UL; begin < Size; begin++)
        {
            for (var end = begin + 1; end <= Size; end++)
            {
                var proof = RangeProof.Of(begin, end, Size, tree.HashOf);
                var leaves = Leaves(tree, begin, end);
                bool Holds(ulong from, ulong to, IReadOnlyList<Digest> said) =>
                    RangeProof.Verify(from, to, Size, said, proof, tree.Root);

                foreach (var broken in Broken.Lists(leaves))
                    Holds(begin, end, broken).ShouldBeFalse();
                Holds(begin + 1, end + 1, leaves).ShouldBeFalse();
                Holds(begin, end + 1, [.. leaves, tree.Root]).ShouldBeFalse();
                Holds(begin + 1, end, [.. leaves.Skip(1)]).ShouldBeFalse();
                Holds(begin, begin, []).ShouldBeFalse();
                RangeProof.Verify(begin, end, Size, leaves, proof, Broken.Digest(tree.Root)).ShouldBeFalse();
                foreach (var broken in Broken.Lists(proof))
                    RangeProof.Verify(begin, end, Size, leaves, broken, tree.Root).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Of_an_empty_range_prove_nothing_even_with_all_hashes_of_the_tree()
    {
        var tree = SampleTree.OfSize(5);
        IReadOnlyList<Digest> whole = [.. Subtree.Cover(0, 3).Concat(Subtree.Cover(3, 5)).Select(tree.HashOf)];
        RangeProof.Verify(3, 3, 5, [], whole, tree.Root).ShouldBeFalse();
        RangeProof.Verify(0, 0, 0, [], [], MerkleTree.EmptyRoot).ShouldBeFalse();
    }

    [Fact]
    public void Are_not_made_for_an_empty_range_or_one_outside_the_tree()
    {
        var tree = SampleTree.OfSize(5);
        Should.Throw<ArgumentOutOfRangeException>(() => RangeProof.Of(2, 2, 5, tree.HashOf));
        Should.Throw<ArgumentOutOfRangeException>(() => RangeProof.Of(3, 2, 5, tree.HashOf));
        Should.Throw<ArgumentOutOfRangeException>(() => RangeProof.Of(2, 6, 5, tree.HashOf));
    }

    [Fact]
    public void Verify_in_trees_as_large_as_a_size_can_say() => Laws.Hold(Laws.IndexAndSize, given =>
    {
        var end = Math.Min(given.Size, given.Index + 9);
        var leaves = Enumerable.Repeat(UniformTree.Leaf, (int)(end - given.Index));
        var proof = RangeProof.Of(given.Index, end, given.Size, UniformTree.HashOf);
        return proof.Count < 192
            && RangeProof.Verify(given.Index, end, given.Size, leaves, proof, UniformTree.Root(given.Size));
    });

    private static List<Digest> Leaves(SampleTree tree, ulong begin, ulong end) =>
        [.. tree.LeafHashes.Skip((int)begin).Take((int)(end - begin))];
}
