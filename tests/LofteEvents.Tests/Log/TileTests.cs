using FsCheck.Fluent;
using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

public class A_tile_path
{
    /// <summary>The examples of C2SP tlog-tiles among them.</summary>
    [Theory]
    [InlineData(0, 1234067ul, 256, "tile/0/x001/x234/067")]
    [InlineData(0, 0ul, 256, "tile/0/000")]
    [InlineData(2, 0ul, 1, "tile/2/000.p/1")]
    [InlineData(0, 273ul, 112, "tile/0/273.p/112")]
    [InlineData(63, 999ul, 255, "tile/63/999.p/255")]
    [InlineData(1, 1000ul, 256, "tile/1/x001/000")]
    [InlineData(0, ulong.MaxValue, 256, "tile/0/x018/x446/x744/x073/x709/x551/615")]
    public void Is_written_and_read_the_one_way(int level, ulong index, int width, string path)
    {
        TilePath.Hashes(level, index, width).ToString().ShouldBe(path);
        TilePath.TryParse(path, out var read).ShouldBeTrue();
        read.ShouldBe(TilePath.Hashes(level, index, width));
    }

    [Fact]
    public void Of_a_bundle_says_entries()
    {
        TilePath.Entries(70, 5).ToString().ShouldBe("tile/entries/070.p/5");
        TilePath.TryParse("tile/entries/x070/000", out var read).ShouldBeTrue();
        read.ShouldBe(TilePath.Entries(70_000));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/00/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/Entries/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/1000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/x000/x000/001")]
    [InlineData("tile/0/001/067")]
    [InlineData("tile/0/x001/x067")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/X001/067")]
    [InlineData("tile/0/x01/067")]
    [InlineData("tile/0/x-01/067")]
    [InlineData("tile/0/x018/x446/x744/x073/x709/x551/616")]
    [InlineData("tile/0/x001/x018/x446/x744/x073/x709/x551/615")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/+1")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/1/")]
    [InlineData("tile/0/000.p/1.p/1")]
    [InlineData("tile/0/x001.p/1/067")]
    [InlineData("tile/0/../000")]
    [InlineData("tile/0/%300")]
    [InlineData("tile/0/٠٠٠")]
    public void Of_any_other_form_is_refused(string path) => TilePath.TryParse(path, out _).ShouldBeFalse();

    [Fact]
    public void Comes_back_for_every_tile() => Laws.Hold(
        from given in Laws.IndexAndSize
        from level in Gen.Choose(-1, 63)
        from width in Gen.Choose(1, 256)
        select level < 0 ? TilePath.Entries(given.Index, width) : TilePath.Hashes(level, given.Index, width),
        tile => TilePath.TryParse(tile.ToString(), out var read) && read == tile);

    [Fact]
    public void Is_not_made_with_a_level_or_width_that_no_tile_has()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => TilePath.Hashes(-1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => TilePath.Hashes(64, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => TilePath.Hashes(0, 0, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => TilePath.Entries(0, 257));
    }

    /// <summary>C2SP tlog-tiles counts them: 273 full and one of 112; one full and one of 17; one of 1.</summary>
    [Fact]
    public void Stands_for_the_specifications_tree_of_70_000_leaves()
    {
        var tiles = TilePath.Added(0, 70_000).Where(tile => !tile.HoldsEntries).ToList();
        tiles.Count(tile => tile is { Level: 0, IsFull: true }).ShouldBe(273);
        tiles.Where(tile => !tile.IsFull || tile.Level > 0).Select(tile => tile.ToString())
            .ShouldBe(["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"]);
        TilePath.Added(0, 256).Select(tile => tile.ToString()).ShouldBe(["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]);
        TilePath.Added(0, 0).ShouldBeEmpty();
    }

    [Fact]
    public void Is_added_just_where_a_growing_log_has_something_new()
    {
        TilePath.Added(5, 5).ShouldBeEmpty();
        TilePath.Added(5, 7).Select(tile => tile.ToString()).ShouldBe(["tile/entries/000.p/7", "tile/0/000.p/7"]);
        TilePath.Added(255, 257).Select(tile => tile.ToString())
            .ShouldBe(["tile/entries/000", "tile/entries/001.p/1", "tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]);
        TilePath.Added(256, 257).Select(tile => tile.ToString()).ShouldBe(["tile/entries/001.p/1", "tile/0/001.p/1"]);
        TilePath.Added(65_535, 65_536).Select(tile => tile.ToString())
            .ShouldBe(["tile/entries/255", "tile/0/255", "tile/1/000", "tile/2/000.p/1"]);
    }

    [Fact]
    public void Is_in_a_tree_that_is_large_enough_for_it()
    {
        TilePath.Entries(0, 5).IsIn(5).ShouldBeTrue();
        TilePath.Entries(0, 5).IsIn(4).ShouldBeFalse();
        TilePath.Hashes(1, 0, 1).IsIn(255).ShouldBeFalse();
        TilePath.Hashes(1, 0, 1).IsIn(256).ShouldBeTrue();
        TilePath.Hashes(7, 0, 255).IsIn(ulong.MaxValue).ShouldBeTrue();
        TilePath.Hashes(7, 0, 256).IsIn(ulong.MaxValue).ShouldBeFalse();
        TilePath.Hashes(8, 0, 1).IsIn(ulong.MaxValue).ShouldBeFalse();
        TilePath.Hashes(0, 1UL << 56, 1).IsIn(ulong.MaxValue).ShouldBeFalse();
        TilePath.Entries((1UL << 56) - 1, 255).IsIn(ulong.MaxValue).ShouldBeTrue();
    }
}

public class Tiles
{
    [Fact]
    public void Have_every_hash_that_a_proof_needs()
    {
        const ulong Size = 300;
        var tree = SampleTree.OfSize((int)Size);
        var tiles =
            TilePath.Added(0, Size).Where(tile => !tile.HoldsEntries).ToDictionary(tile => tile, tile => Read(tree, tile));
        Digest FromTiles(Subtree node) => HashTile.Node(tiles[TilePath.Holding(node, Size)], node);

        foreach (var node in Subtree.Cover(0, Size).SelectMany(Below))
            FromTiles(node).ShouldBe(tree.HashOf(node));
        InclusionProof.Of(280, Size, FromTiles).ShouldBe(InclusionProof.Of(280, Size, tree.HashOf));
        ConsistencyProof.Of(259, Size, FromTiles).ShouldBe(ConsistencyProof.Of(259, Size, tree.HashOf));
        RangeProof.Of(3, 270, Size, FromTiles).ShouldBe(RangeProof.Of(3, 270, Size, tree.HashOf));
    }

    [Fact]
    public void Have_the_hash_of_a_full_tile_in_the_tile_above()
    {
        var tree = SampleTree.OfSize(512);
        var below = Read(tree, TilePath.Hashes(0, 1));
        Read(tree, TilePath.Hashes(1, 0, 2))[1].ShouldBe(MerkleTree.Root(below));
    }

    [Fact]
    public void Are_their_hashes_one_after_the_other_and_nothing_else()
    {
        var hashes = SampleTree.OfSize(5).LeafHashes;
        var bytes = HashTile.Encode(hashes);
        bytes.ShouldBe(hashes.SelectMany(hash => hash.ToArray()).ToArray());
        HashTile.TryDecode(bytes, 5, out var read).ShouldBeTrue();
        read.ShouldBe(hashes);
        HashTile.TryDecode(bytes, 4, out _).ShouldBeFalse();
        HashTile.TryDecode(bytes, 6, out _).ShouldBeFalse();
        HashTile.TryDecode(bytes.AsSpan(0, bytes.Length - 1), 5, out _).ShouldBeFalse();
        HashTile.TryDecode([.. bytes, 0], 5, out _).ShouldBeFalse();
        HashTile.TryDecode([], 0, out _).ShouldBeFalse();
        HashTile.TryDecode(new byte[257 * 32], 257, out _).ShouldBeFalse();
    }

    [Fact]
    public void Too_narrow_for_a_subtree_say_so()
    {
        var tree = SampleTree.OfSize(5);
        Should.Throw<ArgumentException>(() => HashTile.Node(tree.LeafHashes, new Subtree(0, 5)));
        Should.Throw<ArgumentException>(() => HashTile.Node(tree.LeafHashes, new Subtree(2, 1)));
        Should.Throw<ArgumentOutOfRangeException>(() => TilePath.Holding(new Subtree(2, 1), 5));
    }

    private static IEnumerable<Subtree> Below(Subtree node) =>
        node.Level == 0
            ? [node]
            : [node, .. Below(new(node.Level - 1, node.Index * 2)), .. Below(new(node.Level - 1, (node.Index * 2) + 1))];

    private static IReadOnlyList<Digest> Read(SampleTree tree, TilePath tile)
    {
        var hashes = Enumerable.Range(0, tile.Width)
            .Select(i => tree.HashOf(new Subtree(8 * tile.Level, (tile.Index * 256) + (ulong)i)));
        HashTile.TryDecode(HashTile.Encode([.. hashes]), tile.Width, out var read).ShouldBeTrue();
        return read!;
    }
}

public class An_entry_bundle
{
    [Fact]
    public void Is_leaves_each_with_its_length_before_it()
    {
        byte[] largest = [.. Enumerable.Repeat((byte)7, ushort.MaxValue)];
        byte[][] leaves = [[1, 2, 3], [], largest];
        var bytes = EntryBundle.Encode([.. leaves]);
        bytes.ShouldBe([0, 3, 1, 2, 3, 0, 0, 0xFF, 0xFF, .. largest]);
        EntryBundle.TryDecode(bytes, 3, out var read).ShouldBeTrue();
        read!.Select(leaf => leaf.ToArray()).ShouldBe(leaves);
    }

    [Fact]
    public void That_is_cut_or_longer_or_has_another_number_of_leaves_is_refused()
    {
        var bytes = EntryBundle.Encode([new byte[] { 1, 2, 3 }, new byte[] { 4 }]);
        for (var end = 0; end < bytes.Length; end++)
            EntryBundle.TryDecode(bytes.AsMemory(0, end), 2, out _).ShouldBeFalse();
        EntryBundle.TryDecode(bytes, 1, out _).ShouldBeFalse();
        EntryBundle.TryDecode(bytes, 3, out _).ShouldBeFalse();
        EntryBundle.TryDecode((byte[])[.. bytes, 0], 2, out _).ShouldBeFalse();
        EntryBundle.TryDecode((byte[])[.. bytes, 0, 0], 2, out _).ShouldBeFalse();
    }

    [Fact]
    public void Does_not_take_a_leaf_that_its_length_cannot_tell() =>
        Should.Throw<ArgumentException>(() => EntryBundle.Encode([new byte[ushort.MaxValue + 1]]));
}
