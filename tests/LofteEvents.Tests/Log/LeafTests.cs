using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

public class A_leaf
{
    private static readonly Guid Key = new("0a1b2c3d-4e5f-8061-9273-a4b5c6d7e8f9");

    private static readonly StoredEvent Sergels = new(
        42,
        new Guid("00112233-4455-8677-8899-aabbccddeeff"),
        "insats/2018-03-16-sergels-torg",
        3,
        "insats.youth-encountered.v1",
        Encoding.UTF8.GetBytes("""{"person": "p", "ageAtDeed": 16}"""),
        new DateTimeOffset(2018, 3, 17, 6, 30, 0, TimeSpan.Zero).AddMicroseconds(1),
        "å",
        null,
        Encoding.UTF8.GetBytes("""{"source": "urn:lofte:demo", "id": "1"}"""));

    private static readonly SealedPartDigest[] Parts =
    [
        SealedPartDigest.Of("/sealed/personalNumber", Key, [1], [2, 3], [4]),
        SealedPartDigest.Of("/sealed/name", Key, [], [], []),
    ];

    [Fact]
    public void Has_exactly_the_bytes_that_its_description_says()
    {
        var expected = Convert.FromHexString(string.Concat(
            "01",
            "0000000000000007",
            "000000000000002a",
            "00112233445586778899aabbccddeeff",
            "001e", Ascii("insats/2018-03-16-sergels-torg"),
            "0000000000000003",
            "001b", Ascii("insats.youth-encountered.v1"),
            "00056795daab4a01",
            "01", "0002", "c3a5",
            "00",
            Sha256("""{"id":"1","source":"urn:lofte:demo"}"""),
            Sha256("""{"ageAtDeed":16,"person":"p"}"""),
            "0002",
            "000c", Ascii("/sealed/name"), "0a1b2c3d4e5f80619273a4b5c6d7e8f9",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "0016", Ascii("/sealed/personalNumber"), "0a1b2c3d4e5f80619273a4b5c6d7e8f9",
            "9f64a747e1b97f131fabb6b447296c9b6f0201e79fb3c5356e6c77e89b6a806a"));
        Convert.ToHexStringLower(Leaf.From(Sergels, 7, Parts).Encode()).ShouldBe(Convert.ToHexStringLower(expected));
    }

    [Fact]
    public void Of_an_event_without_headers_or_parts_says_so()
    {
        var leaf = Leaf.From(Sergels with { Headers = default }, 0, []);
        leaf.Headers.ToString().ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        leaf.Encode()[^2..].ShouldBe(new byte[] { 0, 0 });
    }

    [Fact]
    public void Changes_with_every_column_of_its_event()
    {
        StoredEvent[] changed =
        [
            Sergels with { Position = 43 },
            Sergels with { Id = new Guid("00112233-4455-8677-8899-aabbccddeefe") },
            Sergels with { Stream = "insats/2018-03-16-sergels-tors" },
            Sergels with { Version = 4 },
            Sergels with { Type = "insats.youth-corrected.v1" },
            Sergels with { Data = Encoding.UTF8.GetBytes("""{"person": "p", "ageAtDeed": 17}""") },
            Sergels with { Data = Encoding.UTF8.GetBytes("""{"person": "p"}""") },
            Sergels with { RecordedAt = Sergels.RecordedAt.AddMicroseconds(1) },
            Sergels with { CorrelationId = "ä" },
            Sergels with { CorrelationId = null },
            Sergels with { CorrelationId = null, CausationId = "å" },
            Sergels with { CausationId = "" },
            Sergels with { Headers = Encoding.UTF8.GetBytes("""{"source": "urn:lofte:demo", "id": "2"}""") },
            Sergels with { Headers = Encoding.UTF8.GetBytes("null") },
            Sergels with { Headers = default },
        ];
        var encodings = changed.Select(stored => Leaf.From(stored, 7, Parts))
            .Append(Leaf.From(Sergels, 7, Parts))
            .Append(Leaf.From(Sergels, 8, Parts))
            .Append(Leaf.From(Sergels, 7, Parts[..1]))
            .Append(Leaf.From(Sergels, 7, [Parts[0], Parts[1] with { Path = "/sealed/nam" }]))
            .Append(Leaf.From(Sergels, 7, [Parts[0], Parts[1] with { KeyId = Sergels.Id }]))
            .Append(Leaf.From(Sergels, 7, [Parts[0], Parts[1] with { Ciphertext = Parts[0].Ciphertext }]))
            .Select(leaf => Convert.ToHexString(leaf.Encode()))
            .ToList();
        encodings.ShouldBeUnique();
    }

    [Fact]
    public void Does_not_change_with_the_order_and_spacing_of_JSON_the_order_of_parts_or_the_offset_of_a_time()
    {
        var same = Sergels with
        {
            Data = Encoding.UTF8.GetBytes("""{"ageAtDeed":16,"person":"\u0070"}"""),
            Headers = Encoding.UTF8.GetBytes("""{"id":"1","source":"urn:lofte:demo"}"""),
            RecordedAt = Sergels.RecordedAt.ToOffset(TimeSpan.FromHours(2)),
        };
        Leaf.From(same, 7, [Parts[1], Parts[0]]).Encode().ShouldBe(Leaf.From(Sergels, 7, Parts).Encode());
    }

    [Theory]
    [InlineData(1969, -1_000_000)]
    [InlineData(1970, 0)]
    public void Tells_times_on_both_sides_of_1970(int year, long microseconds)
    {
        var time = year == 1970 ? DateTimeOffset.UnixEpoch : DateTimeOffset.UnixEpoch.AddSeconds(-1);
        var leaf = Leaf.From(Sergels with { RecordedAt = time }, 0, []);
        leaf.RecordedAt.ShouldBe(microseconds);
        Decoded(leaf.Encode()).RecordedAt.ShouldBe(microseconds);
    }

    [Fact]
    public void Is_refused_to_an_event_that_has_none_and_says_why()
    {
        FaultOf(Sergels with { Data = "1.0"u8.ToArray() }).ShouldContain("payload at position 42");
        FaultOf(Sergels with { Data = default }).ShouldContain("payload at position 42");
        FaultOf(Sergels with { Headers = "{"u8.ToArray() }).ShouldContain("headers at position 42");
        FaultOf(Sergels with { RecordedAt = Sergels.RecordedAt.AddTicks(1) }).ShouldContain("microsecond");
        FaultOf(Sergels with { Position = 0 }).ShouldContain("position 0");
        FaultOf(Sergels with { Version = 0 }).ShouldContain("version 0");
        FaultOf(Sergels with { CausationId = new string('x', 65_536) }).ShouldContain("more than 65535");
        Leaf.TryFrom(Sergels, 0, [Parts[0], Parts[0]], out _, out var twice).ShouldBeFalse();
        twice!.ShouldContain("each path once");
        Should.Throw<FormatException>(() => Leaf.From(Sergels with { Data = "1.0"u8.ToArray() }, 0, []));
    }

    [Fact]
    public void May_be_as_large_as_a_bundle_takes_and_no_larger()
    {
        var room = Leaf.LargestBytes - Leaf.From(Sergels with { CausationId = "" }, 0, []).Encode().Length;
        var largest = Leaf.From(Sergels with { CausationId = new string('x', room) }, 0, []).Encode();
        largest.Length.ShouldBe(Leaf.LargestBytes);
        Decoded(largest).CausationId!.Length.ShouldBe(room);
        FaultOf(Sergels with { CausationId = new string('x', room + 1) }).ShouldContain("65536 bytes");
    }

    [Fact]
    public void Is_read_back_as_it_was_written() => Laws.Hold(Leaves, leaf =>
    {
        var bytes = leaf.Encode();
        var read = Decoded(bytes);
        return (read with { Parts = leaf.Parts }) == leaf && read.Parts.SequenceEqual(leaf.Parts)
            && read.Encode().SequenceEqual(bytes);
    });

    [Fact]
    public void Whose_bytes_were_touched_is_refused_or_is_another_leaf()
    {
        var bytes = Leaf.From(Sergels, 7, Parts).Encode();
        foreach (var broken in Broken.Bytes(bytes))
        {
            if (Leaf.TryDecode(broken, out var read, out var fault))
                read.Encode().ShouldBe(broken);
            else
                fault.ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public void Is_refused_where_another_encoding_would_say_the_same()
    {
        var bytes = Leaf.From(Sergels with { Stream = "s", Type = "t", CorrelationId = null }, 7, []).Encode();
        const int Flag = 1 + 8 + 8 + 16 + 3 + 8 + 3 + 8;
        bytes[Flag].ShouldBe((byte)0);
        FaultOf([.. bytes[..Flag], 2, .. bytes[(Flag + 1)..]]).ShouldContain("cut short");
        FaultOf([.. bytes, 0]).ShouldContain("too long");
        FaultOf(bytes[..^1]).ShouldContain("cut short");
        FaultOf([2, .. bytes[1..]]).ShouldContain("version 2");
        FaultOf([]).ShouldContain("no bytes");
        FaultOf([.. bytes[..35], 0xFF, .. bytes[36..]]).ShouldContain("UTF-8");
        FaultOf([.. bytes[..9], 0x80, .. bytes[10..]]).ShouldContain("not above 0");

        var two = Leaf.From(Sergels, 7, [Parts[0] with { Path = "/a" }, Parts[1] with { Path = "/b" }]).Encode();
        const int PartBytes = 2 + 2 + 16 + 32;
        FaultOf([.. two[..^(2 * PartBytes)], .. two[^PartBytes..], .. two[^(2 * PartBytes)..^PartBytes]])
            .ShouldContain("do not rise");
        FaultOf([.. two[..^PartBytes], .. two[^(2 * PartBytes)..^PartBytes]]).ShouldContain("do not rise");
    }

    private static Gen<Leaf> Leaves { get; } =
        from numbers in Laws.ULong.ArrayOf(4)
        from texts in Gen.Elements("", "a", "å", "😀", "insats/1", "\u0000", "long " + new string('x', 300)).ArrayOf(4)
        from optional in Gen.Choose(0, 3)
        from parts in Gen.Choose(0, 4)
        let digest = Digest.Of(Encoding.UTF8.GetBytes(texts[0] + numbers[0]))
        select new Leaf(
            numbers[0],
            (long)(numbers[1] >> 1) | 1,
            new Guid(digest.ToArray()[..16]),
            texts[0],
            (long)(numbers[2] >> 1) | 1,
            texts[1],
            unchecked((long)numbers[3]),
            (optional & 1) == 0 ? null : texts[2],
            (optional & 2) == 0 ? null : texts[3],
            digest,
            Digest.Of(digest.ToArray()),
            [.. Enumerable.Range(0, parts).Select(i => new SealedPartDigest($"/sealed/{i}", Key, digest))]);

    private static Leaf Decoded(byte[] bytes)
    {
        Leaf.TryDecode(bytes, out var leaf, out var fault).ShouldBeTrue(fault);
        return leaf!;
    }

    private static string FaultOf(StoredEvent stored)
    {
        Leaf.TryFrom(stored, 0, [], out var leaf, out var fault).ShouldBeFalse();
        leaf.ShouldBeNull();
        return fault.ShouldNotBeNull();
    }

    private static string FaultOf(byte[] bytes)
    {
        Leaf.TryDecode(bytes, out var leaf, out var fault).ShouldBeFalse();
        leaf.ShouldBeNull();
        return fault.ShouldNotBeNull();
    }

    private static string Ascii(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));

    private static string Sha256(string text) => Digest.Of(Encoding.UTF8.GetBytes(text)).ToString();
}
