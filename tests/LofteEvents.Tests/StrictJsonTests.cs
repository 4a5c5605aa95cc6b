using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace LofteEvents.Tests;

public class Strict_json
{
    [Theory]
    [InlineData("""{"a":[1,-1,0,"x",true,false,null,{}]}""")]
    [InlineData("[]")]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("\"\"")]
    [InlineData("9007199254740991")]
    [InlineData("-9007199254740991")]
    [InlineData("\"\\ud83d\\udc6e\"")]
    [InlineData("\"\\\\ud83d\"")]
    [InlineData("\"\\\\u0000\"")]
    [InlineData("\"👮 åäö \\u00e9 \\/ \\n\"")]
    [InlineData("""{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}""")]
    [InlineData("""{"a":1,"A":1,"":1}""")]
    [InlineData(" { } ")]
    public void Lets_sound_documents_through(string json) => Check(json).ShouldBeEmpty();

    [Theory]
    [InlineData("1.5", "", "fraction")]
    [InlineData("1.0", "", "fraction")]
    [InlineData("1e2", "", "exponent")]
    [InlineData("1E+2", "", "exponent")]
    [InlineData("1.5e2", "", "exponent")]
    [InlineData("9007199254740992", "", "2^53−1")]
    [InlineData("-9007199254740992", "", "2^53−1")]
    [InlineData("99999999999999999999999999", "", "2^53−1")]
    [InlineData("""{"a":{"b":[0,1,{"c":1.5}]}}""", "/a/b/2/c", "fraction")]
    [InlineData("""{"a":[[0],[1,1.5]]}""", "/a/1/1", "fraction")]
    [InlineData("""{"a":1,"a":1}""", "/a", "twice")]
    [InlineData("""{"a":1,"\u0061":1}""", "/a", "twice")]
    [InlineData("""{"\u0061":1,"a":1}""", "/a", "twice")]
    [InlineData("""{"\u0061":1,"\u0061":1}""", "/a", "twice")]
    [InlineData("""{"\"":1,"\u0022":1}""", "/\"", "twice")]
    [InlineData("""{"x":[{"a/b":{"~":1,"~":1}}]}""", "/x/0/a~1b/~0", "twice")]
    [InlineData("\"\\ud83d\"", "", "surrogate")]
    [InlineData("\"\\udc6e\"", "", "surrogate")]
    [InlineData("\"\\ud83d\\ud83d\\udc6e\"", "", "surrogate")]
    [InlineData("\"\\ud83dx\\udc6e\"", "", "surrogate")]
    [InlineData("\"\\ud83d\\u0041\"", "", "surrogate")]
    [InlineData("\"\\ud83d\\udc6e\\udc6e\"", "", "surrogate")]
    [InlineData("\"\\uD83D\\n\"", "", "surrogate")]
    [InlineData("\"a\\u0000b\"", "", "U+0000")]
    [InlineData("""{"\u0000":1}""", "/\0", "U+0000")]
    [InlineData("""{"\ud83d":1}""", "/\ufffd", "surrogate")]
    [InlineData("{", "", "no JSON")]
    [InlineData("", "", "nothing here")]
    [InlineData("   ", "", "no JSON")]
    [InlineData("{} {}", "", "no JSON")]
    [InlineData("[1,]", "/0", "no JSON")]
    [InlineData("{'a':1}", "", "no JSON")]
    [InlineData("01", "", "no JSON")]
    [InlineData("\"\t\"", "", "no JSON")]
    [InlineData("// c\n1", "", "no JSON")]
    [InlineData("\ufeff{}", "", "no JSON")]
    [InlineData("NaN", "", "no JSON")]
    public void Names_the_fault_and_its_place(string json, string pointer, string says)
    {
        var fault = Check(json).ShouldHaveSingleItem();

        fault.Pointer.ShouldBe(pointer);
        fault.Detail.ShouldContain(says);
        fault.Detail.ShouldEndWith(".");
    }

    [Fact]
    public void Names_every_fault_in_order() =>
        Check("""{"a":1.5,"b":[1e2,"\ud800"],"a":"\u0000"}""").Select(fault => fault.Pointer)
            .ShouldBe(["/a", "/b/0", "/b/1", "/a", "/a"]);

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xFF, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xC0, 0x80, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xED, 0xA0, 0x80, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xF4, 0x90, 0x80, 0x80, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xC3, (byte)'"' })]
    public void Refuses_bytes_that_are_no_text(byte[] utf8) =>
        StrictJson.Check(utf8).ShouldHaveSingleItem().Detail.ShouldContain("UTF-8");

    [Fact]
    public void Refuses_a_name_that_is_no_text() =>
        StrictJson.Check([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}']).ShouldHaveSingleItem()
            .Pointer.ShouldBe("/\ufffd");

    [Fact]
    public void Tells_the_line_and_the_byte_of_what_is_no_json() =>
        Check("{\n  \"a\": tru\n}").ShouldHaveSingleItem().Detail.ShouldContain("line 2, byte 11");

    [Fact]
    public void Allows_thirty_two_levels_and_no_more()
    {
        Check(Nested(32)).ShouldBeEmpty();

        var fault = Check(Nested(33)).ShouldHaveSingleItem();

        fault.Pointer.ShouldBe(string.Concat(Enumerable.Repeat("/0", 32)));
        fault.Detail.ShouldContain("32 levels");
    }

    [Fact]
    public void Allows_the_levels_of_an_envelope_besides()
    {
        StrictJson.Check(Encoding.UTF8.GetBytes(Nested(34)), maxDepth: 34).ShouldBeEmpty();
        StrictJson.Check(Encoding.UTF8.GetBytes(Nested(35)), maxDepth: 34).ShouldHaveSingleItem();
    }

    [Fact]
    public void Survives_a_document_that_is_nothing_but_depth() => Check(Nested(1_000_000)).ShouldHaveSingleItem();

    [Fact]
    public void Goes_on_behind_what_is_too_deep() =>
        Check($$"""{"a":{{Nested(32)}},"b":1.5}""").Select(fault => fault.Pointer[^2..]).ShouldBe(["/0", "/b"]);

    [Fact]
    public void Looks_no_further_after_a_hundred_faults() =>
        Check($"[{string.Join(',', Enumerable.Repeat("1.5", 1000))}]").Count.ShouldBe(StrictJson.MaxFaults);

    [Fact]
    public void Finds_a_name_that_stands_twice_among_many()
    {
        var many = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"n{i}\":{{\"a\":1}}"));
        Check($"{{{many}}}").ShouldBeEmpty();
        Check($"{{{many},\"n7\":1}}").ShouldHaveSingleItem().Pointer.ShouldBe("/n7");
        Check($"{{{many},\"\\u006e7\":1}}").ShouldHaveSingleItem().Pointer.ShouldBe("/n7");
        Check($"[{{{many}}},{{{many}}}]").ShouldBeEmpty();
    }

    [Fact]
    public void Passes_a_sound_document_without_allocating()
    {
        var utf8 = File.ReadAllBytes(Sample.GoldenFile("insats.corrected.v1"));
        for (var i = 0; i < 200; i++)
            StrictJson.Check(utf8).ShouldBeEmpty();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var faults = StrictJson.Check(utf8);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        faults.ShouldBeEmpty();
        allocated.ShouldBe(0);
    }

    /// <summary>What is let through means the same to .NET's own reader, which refuses double names when told to.</summary>
    [Fact]
    public void Lets_nothing_through_that_a_careful_reader_refuses()
    {
        Prop.ForAll(Broken.ToArbitrary(), utf8 =>
        {
            if (StrictJson.Check(utf8).Count > 0)
                return true;

            using var read = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return EveryTextIsWhole(read.RootElement);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true));
    }

    /// <summary>A sound document with one byte changed, taken out or put in.</summary>
    private static Gen<byte[]> Broken { get; } =
        from sound in Gen.Elements(EventCatalogue.All.Select(type => File.ReadAllBytes(Sample.GoldenFile(type.Name))).Where(
            payload => payload.Length < 2000).ToArray())
        from at in Gen.Choose(0, sound.Length - 1)
        from kind in Gen.Choose(0, 2)
        from octet in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements("{}[]\",:\\u0d8.eE-"u8.ToArray().Select(symbol => (int)symbol)))
        select (byte[])(kind switch
        {
            0 => [.. sound[..at], (byte)octet, .. sound[(at + 1)..]],
            1 => [.. sound[..at], .. sound[(at + 1)..]],
            _ => [.. sound[..at], (byte)octet, .. sound[at..]],
        });

    private static bool EveryTextIsWhole(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(member => IsWhole(member.Name) && EveryTextIsWhole(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(EveryTextIsWhole),
        JsonValueKind.String => IsWhole(value.GetString()!),
        JsonValueKind.Number => value.TryGetInt64(out var number) && Math.Abs(number) <= 9007199254740991,
        _ => true,
    };

    private static bool IsWhole(string text) =>
        !text.Contains('\0', StringComparison.Ordinal) && text == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);

    private static IReadOnlyList<Fault> Check(string json) => StrictJson.Check(Encoding.UTF8.GetBytes(json));
}
