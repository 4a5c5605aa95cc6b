using System.Text;
using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

public class A_checkpoint
{
    private const string Origin = "example.com/log";

    private static readonly Checkpoint Five = new(Origin, 5, MerkleTree.HashLeaf([5]));
    private static readonly DateTimeOffset At = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// The example of C2SP tlog-checkpoint and, with its witness, of tlog-cosignature; their keys are not published.
    /// </summary>
    [Fact]
    public void Of_the_specification_is_read_and_written_as_it_is()
    {
        const string Text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        const string Signatures =
            "— example.com/behind-the-sofa "
            + "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
            + "— witness.example.com/w1 "
            + "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";
        SignedNote.TryParse(Encoding.UTF8.GetBytes($"{Text}\n{Signatures}"), out var note, out _).ShouldBeTrue();
        note!.Signatures.Count.ShouldBe(2);
        Checkpoint.TryParse(note.Text, out var checkpoint, out _).ShouldBeTrue();
        checkpoint!.Origin.ShouldBe("example.com/behind-the-sofa");
        checkpoint.Size.ShouldBe(20852163ul);
        checkpoint.Root.ToString().ShouldBe("0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62");
        checkpoint.ToText().ShouldBe(Text);
    }

    [Theory]
    [InlineData("a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("a b\n18446744073709551615\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    public void Reaches_from_the_empty_tree_to_the_largest(string text)
    {
        Checkpoint.TryParse(text, out var checkpoint, out _).ShouldBeTrue();
        checkpoint!.ToText().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n5\n")]
    [InlineData("a\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")]
    [InlineData("a\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nextension\n")]
    [InlineData("a\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n")]
    [InlineData("a\r\n5\r\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\r\n")]
    [InlineData("a\n05\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n-5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n18446744073709551616\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\nfive\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n5\nYmFuYW5hcw==\n")]
    [InlineData("a\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")]
    [InlineData("a\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n")]
    [InlineData("a\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    public void Of_any_other_form_is_refused(string text)
    {
        Checkpoint.TryParse(text, out var checkpoint, out var refusal).ShouldBeFalse();
        checkpoint.ShouldBeNull();
        refusal!.Code.ShouldBe("checkpoint.malformed");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public void Without_an_origin_is_not_written(string origin) =>
        Should.Throw<InvalidOperationException>(() => (Five with { Origin = origin }).ToText());

    [Fact]
    public void Opens_with_its_logs_key_and_says_when_each_trusted_witness_signed()
    {
        var (log, one, two) = Signers();
        var note = SignedNote.Of(Five.ToText(), log.Sign(Five), one.Cosign(Five, At), two.Cosign(Five, At.AddMinutes(1)));
        SignedCheckpoint.TryOpen(note.ToBytes(), [log.Key], [one.Key], 1, out var opened, out _).ShouldBeTrue();
        opened!.Checkpoint.ShouldBe(Five);
        opened.Witnesses.ShouldHaveSingleItem().ShouldBe(new VerifiedSignature(one.Key, At));
        SignedCheckpoint.TryOpen(note.ToBytes(), [log.Key], [one.Key, two.Key], 2, out opened, out _).ShouldBeTrue();
        opened!.Witnesses.Select(witness => witness.At).ShouldBe([At, At.AddMinutes(1)]);
    }

    [Fact]
    public void Opens_with_the_key_before_a_rotation_too()
    {
        var (log, _, _) = Signers();
        var next = new LogSigner(Origin, TestKeys.Named("next"));
        SignedCheckpoint.TryOpen(SignedNote.Of(Five.ToText(), log.Sign(Five)).ToBytes(), [next.Key, log.Key], [], 0, out _, out _)
            .ShouldBeTrue();
    }

    [Fact]
    public void Is_refused_by_a_name_for_every_way_in_which_it_can_be_false()
    {
        var (log, one, two) = Signers();
        var stranger = new LogSigner(Origin, TestKeys.Named("stranger"));
        var elsewhere = new LogSigner("example.com/elsewhere", TestKeys.Named("elsewhere"));
        var theirs = Five with { Origin = "example.com/elsewhere" };
        string Code(SignedNote note, int quorum = 0, params WitnessKey[] witnesses) =>
            SignedCheckpoint.TryOpen(note.ToBytes(), [log.Key, elsewhere.Key], witnesses, quorum, out _, out var refusal)
                ? ""
                : refusal.Code;

        var signed = log.Sign(Five);
        Code(SignedNote.Of(Five.ToText(), signed)).ShouldBe("");
        Code(SignedNote.Of((Five with { Size = 6 }).ToText(), signed)).ShouldBe("note.signature-invalid");
        Code(SignedNote.Of((Five with { Root = MerkleTree.EmptyRoot }).ToText(), signed)).ShouldBe("note.signature-invalid");
        Code(SignedNote.Of(Five.ToText(), stranger.Sign(Five))).ShouldBe("note.unsigned");
        Code(SignedNote.Of(Five.ToText(), one.Cosign(Five, At)), 0, one.Key).ShouldBe("checkpoint.unsigned");
        Code(SignedNote.Of(theirs.ToText(), elsewhere.Sign(theirs))).ShouldBe("");
        Code(SignedNote.Of(theirs.ToText(), SignedElsewhere(log, theirs))).ShouldBe("checkpoint.wrong-origin");
        Code(SignedNote.Of(Five.ToText(), signed, one.Cosign(Five, At)), 1, one.Key, two.Key).ShouldBe("");
        Code(SignedNote.Of(Five.ToText(), signed, one.Cosign(Five, At)), 2, one.Key, two.Key)
            .ShouldBe("checkpoint.too-few-witnesses");
        Code(SignedNote.Of(Five.ToText(), signed, one.Cosign(Five, At), one.Cosign(Five, At)), 2, one.Key, two.Key)
            .ShouldBe("checkpoint.too-few-witnesses");
        Should.Throw<ArgumentException>(() => log.Sign(theirs));
    }

    [Fact]
    public void Counts_two_keys_of_one_witness_once()
    {
        var (log, one, _) = Signers();
        var again = new WitnessSigner("example.com/w1", TestKeys.Named("rotated"));
        var note = SignedNote.Of(Five.ToText(), log.Sign(Five), one.Cosign(Five, At), again.Cosign(Five, At));
        SignedCheckpoint.TryOpen(note.ToBytes(), [log.Key], [one.Key, again.Key], 2, out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("checkpoint.too-few-witnesses");
    }

    [Fact]
    public void Cosigned_at_one_time_is_not_cosigned_at_another()
    {
        var (log, one, _) = Signers();
        var cosigned = one.Cosign(Five, At);
        foreach (var broken in Broken.Bytes(cosigned.Bytes.ToArray()).Where(bytes => bytes.Length > 0))
        {
            var note = SignedNote.Of(Five.ToText(), log.Sign(Five), cosigned with { Bytes = broken });
            SignedCheckpoint.TryOpen(note.ToBytes(), [log.Key], [one.Key], 0, out _, out var refusal).ShouldBeFalse();
            refusal!.Code.ShouldBe("note.signature-invalid");
        }
    }

    [Fact]
    public void A_witness_signature_is_over_type_time_and_text()
    {
        using var key = TestKeys.Named("one");
        var bytes = new WitnessSigner("example.com/w1", key).Cosign(Five, At).Bytes.ToArray();
        Convert.ToHexStringLower(bytes[..8]).ShouldBe("000000006ae729c0");
        key.VerifyData(
            Encoding.UTF8.GetBytes($"lofte/cosignature-ecdsa-p256/v1\ntime {At.ToUnixTimeSeconds()}\n{Five.ToText()}"),
            bytes[8..],
            System.Security.Cryptography.HashAlgorithmName.SHA256).ShouldBeTrue();
        Should.Throw<OverflowException>(() =>
            new WitnessSigner("example.com/w1", key).Cosign(Five, DateTimeOffset.UnixEpoch.AddSeconds(-1)));
    }

    private static (LogSigner Log, WitnessSigner One, WitnessSigner Two) Signers() =>
        (new LogSigner(Origin, TestKeys.Log()),
            new WitnessSigner("example.com/w1", TestKeys.Named("one")),
            new WitnessSigner("example.com/w2", TestKeys.Named("two")));

    /// <summary>What a signer refuses to make: a good signature by one log's key on another log's checkpoint.</summary>
    private static NoteSignature SignedElsewhere(LogSigner log, Checkpoint checkpoint)
    {
        using var key = TestKeys.Log();
        var halves = P256.Sign(key, Encoding.UTF8.GetBytes(checkpoint.ToText()));
        return new NoteSignature(log.Key.Name, log.Key.KeyId, EcdsaSignature.ToDer(halves));
    }
}
