using System.Text;
using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

public class The_Merkle_tree
{
    /// <summary>The eight leaves that implementations of RFC 6962 have tested with since the first one.</summary>
    private static readonly string[] Leaves =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Has_the_known_roots(int size, string root) =>
        new SampleTree(Leaves.Take(size).Select(Convert.FromHexString)).Root.ToString().ShouldBe(root);

    [Theory]
    [InlineData(0, 0, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(0, 3, "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7")]
    [InlineData(0, 7, "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1")]
    [InlineData(1, 1, "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e")]
    [InlineData(1, 3, "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0")]
    [InlineData(2, 1, "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(3, 0, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Has_the_known_nodes(int level, ulong index, string hash) =>
        new SampleTree(Leaves.Select(Convert.FromHexString)).HashOf(new Subtree(level, index)).ToString().ShouldBe(hash);

    [Fact]
    public void Hashes_a_leaf_and_a_node_differently()
    {
        MerkleTree.HashLeaf(Encoding.ASCII.GetBytes("L123456")).ToString()
            .ShouldBe("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
        var (left, right) = (MerkleTree.HashLeaf([1]), MerkleTree.HashLeaf([2]));
        MerkleTree.HashLeaf([.. left.ToArray(), .. right.ToArray()]).ShouldNotBe(MerkleTree.HashChildren(left, right));
    }

    [Fact]
    public void Hashes_the_largest_leaf_of_a_bundle()
    {
        var leaf = new byte[ushort.MaxValue];
        MerkleTree.HashLeaf(leaf).ShouldBe(Digest.Of([0, .. leaf]));
    }

    [Fact]
    public void Grows_to_the_root_of_the_definition_at_every_size()
    {
        var tree = SampleTree.OfSize(70);
        var range = new CompactRange();
        foreach (var leaf in tree.LeafHashes)
        {
            range.Append(leaf);
            range.Root().ShouldBe(tree.RootAt(range.End));
            range.Hashes.Count.ShouldBe(System.Numerics.BitOperations.PopCount(range.End));
        }
    }

    [Fact]
    public void Is_put_together_again_from_its_state_at_every_size()
    {
        var tree = SampleTree.OfSize(40);
        for (var size = 0; size <= 40; size++)
        {
            var grown = new CompactRange();
            foreach (var leaf in tree.LeafHashes.Take(size))
                grown.Append(leaf);
            var restored = CompactRange.Restore(0, (ulong)size, grown.Hashes);
            foreach (var leaf in tree.LeafHashes.Skip(size))
                restored.Append(leaf);
            restored.Root().ShouldBe(tree.Root);
        }
    }

    [Fact]
    public void Joins_two_neighbouring_ranges_into_one_wherever_they_meet()
    {
        var tree = SampleTree.OfSize(33);
        for (var meet = 0; meet <= 33; meet++)
        {
            var (left, right) = (new CompactRange(), new CompactRange((ulong)meet));
            foreach (var leaf in tree.LeafHashes.Take(meet))
                left.Append(leaf);
            foreach (var leaf in tree.LeafHashes.Skip(meet))
                right.Append(leaf);
            right.Hashes.Count.ShouldBe(Subtree.Cover((ulong)meet, 33).Count);
            left.Append(right);
            left.Root().ShouldBe(tree.Root);
        }
    }

    [Fact]
    public void Refuses_a_state_that_cannot_be_and_ranges_that_do_not_meet()
    {
        Should.Throw<ArgumentException>(() => CompactRange.Restore(0, 3, [MerkleTree.EmptyRoot]));
        Should.Throw<ArgumentException>(() => CompactRange.Restore(3, 2, []));
        Should.Throw<ArgumentException>(() => new CompactRange(3).Append(new CompactRange(4)));
        Should.Throw<InvalidOperationException>(() => new CompactRange(1).Root());
    }

    [Fact]
    public void Covers_a_range_with_neighbouring_perfect_subtrees()
    {
        for (var begin = 0UL; begin < 40; begin++)
        {
            for (var end = begin; end < 80; end++)
            {
                var at = begin;
                foreach (var place in Subtree.Cover(begin, end))
                {
                    place.Begin.ShouldBe(at);
                    at = place.End;
                }

                at.ShouldBe(end);
            }
        }

        Subtree.Cover(0, ulong.MaxValue).Count.ShouldBe(64);
    }
}
