using System.Security.Cryptography;
using System.Text;
using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

public class A_signed_note
{
    /// <summary>The example of C2SP signed-note. Its key is Ed25519, so only its form is read here.</summary>
    private const string Example =
        "This is an example message.\n\n"
        + "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    private static readonly Checkpoint Five = new("example.com/log", 5, MerkleTree.HashLeaf([5]));

    [Fact]
    public void Of_the_specification_is_read_and_written_as_it_is()
    {
        var note = Read(Example);
        note.Text.ShouldBe("This is an example message.\n");
        var signature = note.Signatures.ShouldHaveSingleItem();
        signature.Name.ShouldBe("example.com/foo");
        signature.KeyId.ShouldBe(0x530d903au);
        signature.Bytes.Length.ShouldBe(64);
        note.ToString().ShouldBe(Example);
    }

    [Fact]
    public void May_have_empty_lines_in_its_text_which_ends_at_the_last_one()
    {
        var note = Read("one\n\ntwo\n\n— a AAAAAAA=\n");
        note.Text.ShouldBe("one\n\ntwo\n");
        note.ToString().ShouldBe("one\n\ntwo\n\n— a AAAAAAA=\n");
        Read("\n\n— a AAAAAAA=\n").Text.ShouldBe("\n");
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— a AAAAAAA=")]
    [InlineData("text\n\n— a AAAAAAA=\n\n")]
    [InlineData("text\n\n\n— a AAAAAAA=\n ")]
    [InlineData("text\n— a AAAAAAA=\n")]
    [InlineData("text\n\n- a AAAAAAA=\n")]
    [InlineData("text\n\n—a AAAAAAA=\n")]
    [InlineData("text\n\n—  a AAAAAAA=\n")]
    [InlineData("text\n\n— a  AAAAAAA=\n")]
    [InlineData("text\n\n— a AAAAAAA= \n")]
    [InlineData("text\n\n— a AAAAAAA=\r\n")]
    [InlineData("text\n\n— a+b AAAAAAA=\n")]
    [InlineData("text\n\n— a\u00A0b AAAAAAA=\n")]
    [InlineData("text\n\n— a\u2003b AAAAAAA=\n")]
    [InlineData("text\n\n—  AAAAAAA=\n")]
    [InlineData("text\n\n— AAAAAAA=\n")]
    [InlineData("text\n\n— a AAAAAAA\n")]
    [InlineData("text\n\n— a AAAAAAB=\n")]
    [InlineData("text\n\n— a AAAAAA==\n")]
    [InlineData("text\n\n— a AAAAAAA=\nmore\n")]
    [InlineData("te\txt\n\n— a AAAAAAA=\n")]
    [InlineData("te\0xt\n\n— a AAAAAAA=\n")]
    [InlineData("te\rxt\n\n— a AAAAAAA=\n")]
    public void Is_refused_where_its_form_is_not_exactly_that(string text) =>
        RefusalOf(Encoding.UTF8.GetBytes(text)).ShouldBe("note.malformed");

    [Fact]
    public void Is_refused_where_it_is_not_UTF_8() =>
        RefusalOf([.. "te"u8, 0xFF, .. "xt\n\n— a AAAAAAA=\n"u8]).ShouldBe("note.malformed");

    [Fact]
    public void Takes_64_signatures_and_256_KiB_and_no_more()
    {
        string Lines(int count) => string.Concat(Enumerable.Repeat("— a AAAAAAA=\n", count));
        Read("text\n\n" + Lines(64)).Signatures.Count.ShouldBe(64);
        RefusalOf(Encoding.UTF8.GetBytes("text\n\n" + Lines(65))).ShouldBe("note.malformed");
        var end = "\n\n— a AAAAAAA=\n";
        var room = SignedNote.LargestBytes - Encoding.UTF8.GetByteCount(end);
        Read(new string('x', room) + end).Text.Length.ShouldBe(room + 1);
        RefusalOf(Encoding.UTF8.GetBytes(new string('x', room + 1) + end)).ShouldBe("note.malformed");
    }

    [Theory]
    [InlineData("no newline")]
    [InlineData("a tab\t\n")]
    [InlineData("text\n\n— a AAAAAAA=")]
    [InlineData("")]
    public void Is_not_made_of_a_text_that_could_not_be_read_back(string text) =>
        Should.Throw<ArgumentException>(() => SignedNote.Of(text, new NoteSignature("a", 1, new byte[] { 1 })));

    [Fact]
    public void Is_not_made_without_a_signature_or_with_one_that_could_not_be_read_back()
    {
        Should.Throw<ArgumentException>(() => SignedNote.Of("text\n"));
        Should.Throw<ArgumentException>(() => SignedNote.Of("text\n", new NoteSignature("a b", 1, new byte[] { 1 })));
        Should.Throw<ArgumentException>(() => SignedNote.Of("text\n", new NoteSignature("a", 1, ReadOnlyMemory<byte>.Empty)));
        Should.Throw<ArgumentException>(() => SignedNote.Of("text\n", new NoteSignature("a\n\nb", 1, new byte[] { 1 })));
    }

    [Fact]
    public void Verifies_with_the_key_that_signed_it_and_passes_over_unknown_ones()
    {
        using var key = TestKeys.Log();
        using var other = TestKeys.Named("other");
        var log = new LogSigner("example.com/log", key);
        var stranger = new LogSigner("example.com/log", other);
        var note = SignedNote.Of(Five.ToText(), stranger.Sign(Five), log.Sign(Five), log.Sign(Five));

        note.TryVerify([log.Key], out var verified, out _).ShouldBeTrue();
        verified!.ShouldHaveSingleItem().Key.ShouldBeSameAs(log.Key);
        note.TryVerify([log.Key, stranger.Key], out verified, out _).ShouldBeTrue();
        verified!.Count.ShouldBe(2);

        note.TryVerify([LogKey.Of("example.com/gol", key)], out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("note.unsigned");
        note.TryVerify([], out _, out refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("note.unsigned");
        Should.Throw<ArgumentException>(() => note.TryVerify([log.Key, LogKey.Of("example.com/log", key)], out _, out _));
    }

    [Fact]
    public void Is_refused_whole_where_one_trusted_signature_is_bad()
    {
        using var key = TestKeys.Log();
        using var witnessKey = TestKeys.Named("witness");
        var log = new LogSigner("example.com/log", key);
        var witness = new WitnessSigner("example.com/witness", witnessKey);
        var cosigned = witness.Cosign(Five with { Size = 6 }, DateTimeOffset.UnixEpoch);
        SignedNote.Of(Five.ToText(), log.Sign(Five), cosigned)
            .TryVerify([log.Key, witness.Key], out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("note.signature-invalid");
        refusal.Sentence.ShouldContain("example.com/witness");
    }

    [Fact]
    public void That_was_touched_anywhere_is_refused()
    {
        using var key = TestKeys.Log();
        var log = new LogSigner("example.com/log", key);
        var bytes = SignedNote.Of(Five.ToText(), log.Sign(Five)).ToBytes();
        Verifies(bytes).ShouldBeTrue();
        foreach (var broken in Broken.Bytes(bytes))
            Verifies(broken).ShouldBeFalse(Encoding.UTF8.GetString(broken));

        bool Verifies(byte[] note) => SignedNote.TryParse(note, out var read, out _) && read.TryVerify([log.Key], out _, out _);
    }

    [Fact]
    public void Carries_the_signature_in_DER_over_its_text()
    {
        using var key = TestKeys.Log();
        var signature = new LogSigner("example.com/log", key).Sign(Five);
        key.VerifyData(
            Encoding.UTF8.GetBytes(Five.ToText()), signature.Bytes.Span, HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence)
            .ShouldBeTrue();
    }

    private static SignedNote Read(string text)
    {
        SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out var note, out var refusal).ShouldBeTrue(refusal?.Sentence);
        return note!;
    }

    private static string RefusalOf(byte[] bytes)
    {
        SignedNote.TryParse(bytes, out var note, out var refusal).ShouldBeFalse();
        note.ShouldBeNull();
        return refusal.ShouldNotBeNull().Code;
    }
}
