using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

public class Inclusion_proofs
{
    [Fact]
    public void Are_those_of_the_definition_and_verify_for_every_leaf_of_every_small_tree()
    {
        for (var size = 1; size <= 40; size++)
        {
            var tree = SampleTree.OfSize(size);
            for (var index = 0; index < size; index++)
            {
                var proof = InclusionProof.Of((ulong)index, tree.Size, tree.HashOf);
                proof.ShouldBe(tree.Path(index, 0, size));
                InclusionProof.Verify(tree.LeafHashes[index], (ulong)index, tree.Size, proof, tree.Root).ShouldBeTrue();
            }
        }
    }

    /// <summary>RFC 9162 §2.1.5 draws this tree of seven leaves and names the nodes of these four proofs.</summary>
    [Fact]
    public void Are_the_RFCs_examples()
    {
        var tree = SampleTree.OfSize(7);
        var leaves = tree.LeafHashes;
        var (a, b, c, d, e, f, j) = (leaves[0], leaves[1], leaves[2], leaves[3], leaves[4], leaves[5], leaves[6]);
        var (g, h, i) = (MerkleTree.HashChildren(a, b), MerkleTree.HashChildren(c, d), MerkleTree.HashChildren(e, f));
        var (k, l) = (MerkleTree.HashChildren(g, h), MerkleTree.HashChildren(i, j));
        InclusionProof.Of(0, 7, tree.HashOf).ShouldBe([b, h, l]);
        InclusionProof.Of(3, 7, tree.HashOf).ShouldBe([c, g, l]);
        InclusionProof.Of(4, 7, tree.HashOf).ShouldBe([f, j, k]);
        InclusionProof.Of(6, 7, tree.HashOf).ShouldBe([i, k]);
    }

    [Fact]
    public void Fail_for_any_other_index_size_leaf_root_or_list_of_hashes()
    {
        for (var size = 1UL; size <= 17; size++)
        {
            var tree = SampleTree.OfSize((int)size);
            for (var index = 0UL; index < size; index++)
            {
                var leaf = tree.LeafHashes[(int)index];
                var proof = InclusionProof.Of(index, size, tree.HashOf);
                bool Holds(Digest leafHash, ulong at, ulong of, IReadOnlyList<Digest> hashes, Digest root) =>
                    InclusionProof.Verify(leafHash, at, of, hashes, root);

                for (var other = 0UL; other < size + 3; other++)
                    Holds(leaf, other, size, proof, tree.Root)
                        .ShouldBe(other == index, $"leaf {index} of {size} taken for {other}");
                Holds(leaf, index, 0, proof, tree.Root).ShouldBeFalse();
                Holds(Broken.Digest(leaf), index, size, proof, tree.Root).ShouldBeFalse();
                Holds(leaf, index, size, proof, Broken.Digest(tree.Root)).ShouldBeFalse();
                foreach (var broken in Broken.Lists(proof))
                    Holds(leaf, index, size, broken, tree.Root).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Fail_at_another_size_unless_that_size_asks_for_the_same_hashes()
    {
        // A proof binds index and root; the size binds only its shape. A checkpoint binds size and root together.
        var tree = SampleTree.OfSize(8);
        var proof = InclusionProof.Of(5, 8, tree.HashOf);
        InclusionProof.Verify(tree.LeafHashes[5], 5, 4, proof, tree.Root).ShouldBeFalse();
        InclusionProof.Verify(tree.LeafHashes[5], 5, 6, proof, tree.Root).ShouldBeFalse();
        InclusionProof.Verify(tree.LeafHashes[5], 5, 9, proof, tree.Root).ShouldBeFalse();
        InclusionProof.Verify(tree.LeafHashes[5], 5, 16, proof, tree.Root).ShouldBeFalse();
    }

    [Fact]
    public void Fail_with_a_hash_too_many_even_for_the_root_that_it_would_give()
    {
        var tree = SampleTree.OfSize(5);
        var more = MerkleTree.EmptyRoot;
        for (var index = 0UL; index < 5; index++)
        {
            IReadOnlyList<Digest> proof = [.. InclusionProof.Of(index, 5, tree.HashOf), more];
            var leaf = tree.LeafHashes[(int)index];
            InclusionProof.Verify(leaf, index, 5, proof, MerkleTree.HashChildren(more, tree.Root)).ShouldBeFalse();
            InclusionProof.Verify(leaf, index, 5, proof, MerkleTree.HashChildren(tree.Root, more)).ShouldBeFalse();
        }
    }

    [Fact]
    public void Are_not_made_for_a_leaf_outside_the_tree() =>
        Should.Throw<ArgumentOutOfRangeException>(() => InclusionProof.Of(7, 7, SampleTree.OfSize(7).HashOf));

    [Fact]
    public void Verify_in_trees_as_large_as_a_size_can_say() => Laws.Hold(Laws.IndexAndSize, given =>
    {
        var proof = InclusionProof.Of(given.Index, given.Size, UniformTree.HashOf);
        return InclusionProof.Verify(UniformTree.Leaf, given.Index, given.Size, proof, UniformTree.Root(given.Size))
            && Broken.Lists(proof).All(broken =>
                !InclusionProof.Verify(UniformTree.Leaf, given.Index, given.Size, broken, UniformTree.Root(given.Size)));
    });
}

public class Consistency_proofs
{
    [Fact]
    public void Are_those_of_the_definition_and_verify_between_every_two_small_trees()
    {
        for (var size = 1; size <= 40; size++)
        {
            var tree = SampleTree.OfSize(size);
            for (var older = 1; older <= size; older++)
            {
                var proof = ConsistencyProof.Of((ulong)older, tree.Size, tree.HashOf);
                proof.ShouldBe(tree.Subproof(older, 0, size, whole: true));
                ConsistencyProof.Verify((ulong)older, tree.Size, tree.RootAt((ulong)older), tree.Root, proof).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void Fail_for_any_other_size_root_or_list_of_hashes()
    {
        for (var size = 1UL; size <= 17; size++)
        {
            var tree = SampleTree.OfSize((int)size);
            for (var older = 1UL; older <= size; older++)
            {
                var (root1, root2) = (tree.RootAt(older), tree.Root);
                var proof = ConsistencyProof.Of(older, size, tree.HashOf);
                for (var other = 0UL; other < size + 3; other++)
                {
                    ConsistencyProof.Verify(other, size, root1, root2, proof)
                        .ShouldBe(other == older, $"{older} of {size} taken for {other}");
                }

                ConsistencyProof.Verify(older, size, Broken.Digest(root1), root2, proof).ShouldBeFalse();
                ConsistencyProof.Verify(older, size, root1, Broken.Digest(root2), proof).ShouldBeFalse();
                if (root1 != root2)
                    ConsistencyProof.Verify(older, size, root2, root1, proof).ShouldBeFalse();
                foreach (var broken in Broken.Lists(proof))
                    ConsistencyProof.Verify(older, size, root1, root2, broken).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void Fail_with_a_hash_too_many_even_for_the_roots_that_it_would_give()
    {
        var tree = SampleTree.OfSize(5);
        var more = MerkleTree.EmptyRoot;
        for (var older = 1UL; older < 5; older++)
        {
            IReadOnlyList<Digest> proof = [.. ConsistencyProof.Of(older, 5, tree.HashOf), more];
            var (root1, root2) = (tree.RootAt(older), tree.Root);
            var (left1, left2) = (MerkleTree.HashChildren(more, root1), MerkleTree.HashChildren(more, root2));
            ConsistencyProof.Verify(older, 5, left1, left2, proof).ShouldBeFalse();
            ConsistencyProof.Verify(older, 5, root1, left2, proof).ShouldBeFalse();
            ConsistencyProof.Verify(older, 5, root1, MerkleTree.HashChildren(root2, more), proof).ShouldBeFalse();
        }
    }

    [Fact]
    public void From_the_empty_tree_say_nothing_and_are_refused()
    {
        var tree = SampleTree.OfSize(3);
        ConsistencyProof.Verify(0, 3, MerkleTree.EmptyRoot, tree.Root, []).ShouldBeFalse();
        ConsistencyProof.Verify(0, 0, MerkleTree.EmptyRoot, MerkleTree.EmptyRoot, []).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => ConsistencyProof.Of(0, 3, tree.HashOf));
        Should.Throw<ArgumentOutOfRangeException>(() => ConsistencyProof.Of(4, 3, tree.HashOf));
    }

    [Fact]
    public void Verify_between_trees_as_large_as_a_size_can_say() => Laws.Hold(Laws.IndexAndSize, given =>
    {
        var (older, size) = (given.Index + 1, given.Size);
        var (root1, root2) = (UniformTree.Root(older), UniformTree.Root(size));
        var proof = ConsistencyProof.Of(older, size, UniformTree.HashOf);
        return ConsistencyProof.Verify(older, size, root1, root2, proof)
            && Broken.Lists(proof).All(broken => !ConsistencyProof.Verify(older, size, root1, root2, broken));
    });
}
