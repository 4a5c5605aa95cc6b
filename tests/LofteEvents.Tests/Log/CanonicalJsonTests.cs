using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using LofteEvents.Log;
using Shouldly;
using Xunit;

namespace LofteEvents.Tests.Log;

public sealed class Canonical_json
{
    [Fact]
    public void The_RFCs_example_has_the_RFCs_answer()
    {
        // RFC 8785 §3.2.2 and its result in §3.2.3.
        Canonical("""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """).ShouldBe(
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"""
            + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    [Fact]
    public void Names_stand_in_the_order_of_their_UTF16_code_units()
    {
        // RFC 8785 §3.2.3.
        Canonical("""
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
             "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """).ShouldBe(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\","
            + "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    // RFC 8785 appendix B.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void A_double_is_written_as_ECMAScript_writes_it(ulong bits, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        CanonicalNumber.Write(BitConverter.UInt64BitsToDouble(bits), output);
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(expected);
    }

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("-9007199254740991", "-9007199254740991")]
    [InlineData("999999999999999", "999999999999999")]
    [InlineData("100", "100")]
    public void An_integer_keeps_its_digits(string text, string expected) => Canonical(text).ShouldBe(expected);

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("1e400")]
    [InlineData("{} {}")]
    [InlineData("{")]
    [InlineData("")]
    public void What_has_no_canonical_form_is_refused(string text) => Should.Throw<JsonException>(() => Canonical(text));

    [Fact]
    public void Many_members_cost_no_more_than_sorting_them()
    {
        var names = Enumerable.Range(0, 100_000).Select(number => $"\"n{number:D6}\":{number}").ToArray();
        Canonical($"{{{string.Join(',', names.Reverse())}}}").ShouldBe($"{{{string.Join(',', names)}}}");
    }

    [Fact]
    public void The_order_of_names_is_that_of_ordinal_strings()
    {
        Prop.ForAll<string[]>(words =>
        {
            var names = words.Where(word => word is not null).Select(Sound).Distinct(StringComparer.Ordinal).ToArray();
            var document = JsonSerializer.SerializeToUtf8Bytes(names.ToDictionary(name => name, _ => 1));
            var sorted = names.Order(StringComparer.Ordinal).ToArray();
            using var canonical = JsonDocument.Parse(CanonicalJson.From(document));
            return canonical.RootElement.EnumerateObject().Select(member => member.Name).SequenceEqual(sorted);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));
    }

    [Fact]
    public void The_canonical_form_of_a_canonical_form_is_itself()
    {
        const string Text = """{ "b" : [ 1 , { "z" : "\u0001\u007f" , "a" : null } ] , "a" : "\u00e5" }""";
        var once = Canonical(Text);
        once.ShouldBe("{\"a\":\"å\",\"b\":[1,{\"a\":null,\"z\":\"\\u0001\u007f\"}]}");
        Canonical(once).ShouldBe(once);
    }

    /// <summary>Without lone surrogates, which no JSON document may hold.</summary>
    private static string Sound(string word) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(word));

    private static string Canonical(string text) => Encoding.UTF8.GetString(CanonicalJson.From(Encoding.UTF8.GetBytes(text)));
}
