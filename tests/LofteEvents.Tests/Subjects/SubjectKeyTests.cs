using System.Text;
using LofteEvents.Subjects;

namespace LofteEvents.Tests.Subjects;

public sealed class A_persons_key
{
    private static readonly byte[] Material = [.. Enumerable.Range(0, SubjectKey.Size).Select(n => (byte)n)];
    private static readonly byte[] Nonce = [.. Enumerable.Range(100, SubjectKey.NonceSize).Select(n => (byte)n)];
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("""{"name":"Åsa Ö"}""");

    private static readonly SealedAddress Address = new(
        "lofte.example/1", new Guid("5f0c3f6a-7b1e-8d2c-9a4b-1c2d3e4f5a6b"), "insats/sergels-torg", 3,
        "insats.youth-encountered.v1", new Guid("11111111-2222-4333-8444-555555555555"),
        new Guid("0d9f8a3e-5a1c-4c9e-9d0b-7f1f3f0a6f11"), "/sealed");

    private static SubjectKey Key => new(Address.KeyId, Material);

    [Fact]
    public void Opens_what_it_sealed()
    {
        var sealedBytes = Key.Seal(Address, Nonce, Text);

        Key.TryOpen(Address, sealedBytes, out var opened).ShouldBeTrue();
        opened.ShouldBe(Text);
        sealedBytes.AsSpan().IndexOf("name"u8).ShouldBe(-1);
    }

    public static TheoryData<string, SealedAddress> OtherAddresses => new()
    {
        { "origin", Address with { Origin = "lofte.example/2" } },
        { "event", Address with { EventId = Guid.Empty } },
        { "stream", Address with { Stream = "insats/sergels-torh" } },
        { "version", Address with { Version = 4 } },
        { "type", Address with { Type = "insats.youth-corrected.v1" } },
        { "person", Address with { Person = Guid.Empty } },
        { "key id", Address with { KeyId = Guid.Empty } },
        { "path", Address with { Path = "/sealee" } },
        { "a letter across a border", Address with { Origin = "lofte.example/", Stream = "1insats/sergels-torg" } },
    };

    [Theory]
    [MemberData(nameof(OtherAddresses))]
    public void Opens_nothing_that_was_moved(string what, SealedAddress other) =>
        Key.TryOpen(other, Key.Seal(Address, Nonce, Text), out _).ShouldBeFalse(what);

    [Fact]
    public void Opens_nothing_that_was_changed_by_a_bit_or_cut()
    {
        var sealedBytes = Key.Seal(Address, Nonce, Text);
        for (var i = 0; i < sealedBytes.Length; i++)
        {
            var changed = sealedBytes.ToArray();
            changed[i] ^= 1;
            Key.TryOpen(Address, changed, out _).ShouldBeFalse($"byte {i}");
            Key.TryOpen(Address, sealedBytes.AsSpan(0, i), out _).ShouldBeFalse($"{i} bytes");
        }
    }

    [Fact]
    public void Opens_nothing_that_another_key_sealed()
    {
        var other = new SubjectKey(Address.KeyId, new byte[SubjectKey.Size]);

        Key.TryOpen(Address, other.Seal(Address, Nonce, Text), out _).ShouldBeFalse();
        other.Commitment().ShouldNotBe(Key.Commitment());
        other.Fingerprint(Text).ShouldNotBe(Key.Fingerprint(Text));
    }

    /// <summary>These bytes are what every later version must still make and open.</summary>
    [Fact]
    public void Makes_the_bytes_that_are_written_down()
    {
        Key.Commitment().ShouldBe("74aFg3hnAOfHaDLkzSUonYFa5XJwX9BWx5h7Bv5lcFE=");
        Convert.ToHexStringLower(Key.Fingerprint(Text)).ShouldBe(
            "81f8cdccbd366e643cb85b5a1386a671108adc1f91068673a5a12da4a21f8a11");
        Convert.ToHexStringLower(Address.Encode()).ShouldBe(
            "000000146c6f6674652f7365616c65642d706172742f76310000000f6c6f6674652e6578616d706c652f315f0c3f6a7b"
            + "1e8d2c9a4b1c2d3e4f5a6b00000013696e736174732f73657267656c732d746f726700000000000000030000001b696e"
            + "736174732e796f7574682d656e636f756e74657265642e7631111111112222433384445555555555550d9f8a3e5a1c4c"
            + "9e9d0b7f1f3f0a6f11000000072f7365616c6564");
        var sealedBytes = Key.Seal(Address, Nonce, Text);
        Convert.ToHexStringLower(sealedBytes.AsSpan(0, 48)).ShouldBe(
            "6465666768696a6b6c6d6e6f09964a998dba7cd05a756d0429054a6ec81d26d5e27fb55aa61fb72a6eced0377876ac48");
        Convert.ToHexStringLower(sealedBytes.AsSpan()[^16..]).ShouldBe("b7ead142b0745a466268581a7264b7ce");
    }

    [Theory]
    [InlineData(2, 284)]
    [InlineData(255, 284)]
    [InlineData(256, 540)]
    [InlineData(300, 540)]
    public void Tells_a_parts_length_in_coarse_steps_only(int length, int expected) =>
        Key.Seal(Address, Nonce, new byte[length]).Length.ShouldBe(expected);

    [Fact]
    public void Is_never_shown() => Key.ToString().ShouldBe($"SubjectKey {Address.KeyId}");
}
