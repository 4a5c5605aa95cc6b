using System.Text;
using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

/// <summary>What the page beside the code says, byte for byte: its numbers were made by another program.</summary>
public class The_log_that_is_written_down
{
    private const string Origin = "polisen.example/norrmalm/1";

    private static readonly byte[][] Leaves =
        [.. WrittenDownLog.Events.Select((row, index) => Leaf.From(row.Stored, (ulong)index, row.Parts).Encode())];

    private static readonly SampleTree Tree = new(Leaves);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Has_these_leaves(int index)
    {
        Convert.ToHexStringLower(Leaves[index]).ShouldBe(string.Concat(WrittenDownLog.Block($"leaf {index}")));
        Leaf.TryDecode(WrittenDownLog.Bytes($"leaf {index}"), out var leaf, out var fault).ShouldBeTrue(fault);
        leaf!.Position.ShouldBe(WrittenDownLog.Events[index].Stored.Position);
    }

    [Fact]
    public void Has_these_files()
    {
        Tree.LeafHashes.ShouldBe(WrittenDownLog.Digests("leaf hashes"));
        TilePath.Added(0, 5).Select(tile => tile.ToString()).ShouldBe(["tile/entries/000.p/5", "tile/0/000.p/5"]);
        EntryBundle.Encode([.. Leaves]).ShouldBe(WrittenDownLog.Bytes("tile/entries/000.p/5"));
        HashTile.Encode(Tree.LeafHashes).ShouldBe(WrittenDownLog.Bytes("tile/0/000.p/5"));
    }

    [Fact]
    public void Has_these_keys()
    {
        using var log = TestKeys.Log();
        using var witness = TestKeys.Named("example witness");
        LogKey.Of(Origin, log).ToString().ShouldBe(WrittenDownLog.Block("log key").ShouldHaveSingleItem());
        WitnessKey.Of("granskare.example/w1", witness).ToString()
            .ShouldBe(WrittenDownLog.Block("witness key").ShouldHaveSingleItem());
    }

    [Fact]
    public void Has_this_checkpoint()
    {
        var page = string.Concat(WrittenDownLog.Block("checkpoint").Select(line => line + "\n"));
        VerifierKey.TryParse(WrittenDownLog.Block("log key")[0], out var log, out _).ShouldBeTrue();
        VerifierKey.TryParse(WrittenDownLog.Block("witness key")[0], out var witness, out _).ShouldBeTrue();
        SignedCheckpoint.TryOpen(
            Encoding.UTF8.GetBytes(page), [(LogKey)log!], [(WitnessKey)witness!], 1, out var opened, out var refusal)
            .ShouldBeTrue(refusal?.Sentence);
        opened!.Checkpoint.ShouldBe(new Checkpoint(Origin, 5, Tree.Root));
        opened.Witnesses.ShouldHaveSingleItem().At.ShouldBe(new DateTimeOffset(2018, 5, 1, 0, 0, 0, TimeSpan.Zero));
        opened.Note.ToString().ShouldBe(page);
        page.ShouldStartWith(new Checkpoint(Origin, 5, Tree.Root).ToText());
    }

    [Fact]
    public void Has_these_proofs()
    {
        InclusionProof.Of(2, 5, Tree.HashOf).ShouldBe(WrittenDownLog.Digests("inclusion proof of leaf 2"));
        RangeProof.Of(1, 3, 5, Tree.HashOf).ShouldBe(WrittenDownLog.Digests("range proof of leaves 1 to 3"));
        ConsistencyProof.Of(3, 5, Tree.HashOf).ShouldBe(WrittenDownLog.Digests("consistency proof from 3 to 5"));
    }
}
