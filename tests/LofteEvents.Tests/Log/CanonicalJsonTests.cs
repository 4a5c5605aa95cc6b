using System.Text;
using System.Text.Json;
using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

public class Canonical_JSON
{
    /// <summary>RFC 8785 §3.2.2, its numbers taken out: they are not integers, and intake admits no others.</summary>
    [Fact]
    public void Writes_the_RFCs_texts_and_literals() =>
        Canonical("""
            {
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """).ShouldBe("""{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}""");

    /// <summary>RFC 8785 §3.2.3: U+FB33 comes after the emoji, whose first UTF-16 unit is U+D83D.</summary>
    [Fact]
    public void Sorts_the_RFCs_names() =>
        Canonical("""
            {
              "\u20ac": "Euro Sign",
              "\r": "Carriage Return",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face",
              "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """).ShouldBe(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\","
            + "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}");

    [Theory]
    [InlineData(" { } ", "{}")]
    [InlineData("[ ]", "[]")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\t0\n", "0")]
    [InlineData("-0", "0")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("-9007199254740991", "-9007199254740991")]
    [InlineData("""{"b":{"d":1,"c":[2,{"z":3,"y":4}]},"a":0,"":5}""", """{"":5,"a":0,"b":{"c":[2,{"y":4,"z":3}],"d":1}}""")]
    [InlineData("""{"aa":1,"a":2,"B":3}""", """{"B":3,"a":2,"aa":1}""")]
    [InlineData("""["\b\t\n\f\r\u001f\u0001\"\\\/"]""", """["\b\t\n\f\r\u001f\u0001\"\\/"]""")]
    [InlineData("""["\u007f\u2028\u003c\u00E4"]""", "[\"\u007F\u2028<ä\"]")]
    public void Has_one_text_for_a_value(string json, string canonical) => Canonical(json).ShouldBe(canonical);

    [Theory]
    [InlineData("1.0", "''")]
    [InlineData("1e2", "''")]
    [InlineData("1E2", "''")]
    [InlineData("0.5", "''")]
    [InlineData("9007199254740992", "''")]
    [InlineData("-9007199254740992", "''")]
    [InlineData("123456789012345678901234567890", "''")]
    [InlineData("""{"a":{"b/c":[0,{"~":1.5}]}}""", "'/a/b~1c/1/~0'")]
    [InlineData("""{"a":1,"b":{"x":2,"\u0078":3}}""", "'/b/x'")]
    [InlineData("""["\ud800"]""", "'/0'")]
    [InlineData("""["\udc00\ud800"]""", "'/0'")]
    [InlineData("""{"\ud83d":1}""", "''")]
    [InlineData("""{"a":"\u0000"}""", "'/a'")]
    [InlineData("""{"\u0000":1}""", "At")]
    public void Is_refused_to_what_intake_does_not_admit_and_says_where(string json, string where) =>
        Refused(Encoding.UTF8.GetBytes(json)).ShouldContain(where);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{},")]
    [InlineData("[1,]")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData("NaN")]
    [InlineData("'a'")]
    [InlineData("// note\n{}")]
    [InlineData("\"a\nb\"")]
    [InlineData("\uFEFF{}")]
    public void Is_refused_to_what_is_not_JSON(string json) => Refused(Encoding.UTF8.GetBytes(json)).ShouldContain("not JSON");

    [Theory]
    [InlineData("22C022")]
    [InlineData("22FF22")]
    [InlineData("22C0AF22")]
    [InlineData("22EDA08022")]
    public void Is_refused_to_bytes_that_are_not_UTF_8(string hex) => Refused(Convert.FromHexString(hex)).ShouldContain("UTF-8");

    [Fact]
    public void Goes_64_levels_deep_and_no_deeper()
    {
        string Nested(int levels) => new string('[', levels) + new string(']', levels);
        Canonical(Nested(64)).ShouldBe(Nested(64));
        Refused(Encoding.UTF8.GetBytes(Nested(65))).ShouldContain("64 levels");
        using var deep = JsonDocument.Parse(Nested(65), new JsonDocumentOptions { MaxDepth = 100 });
        CanonicalJson.TryOf(deep.RootElement, out _, out var fault).ShouldBeFalse();
        fault!.ShouldContain("64 levels");
    }

    [Fact]
    public void Throws_for_a_caller_that_promised_good_JSON() =>
        Should.Throw<FormatException>(() => CanonicalJson.Of("1.0"u8)).Message.ShouldContain("integer");

    [Fact]
    public void Is_the_same_before_and_after_the_database_reorders_it() => Laws.Hold(JsonTexts.Values, value =>
    {
        var canonical = Canonical(value?.ToJsonString() ?? "null");
        return Canonical(JsonTexts.AsJsonb(value)) == canonical
            && Canonical(JsonTexts.AsSent(value)) == canonical
            && Canonical(canonical) == canonical;
    });

    [Fact]
    public void Keeps_the_value() => Laws.Hold(JsonTexts.Values, value =>
        System.Text.Json.Nodes.JsonNode.DeepEquals(
            System.Text.Json.Nodes.JsonNode.Parse(Canonical(value?.ToJsonString() ?? "null")), value));

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(json)));

    private static string Refused(byte[] json)
    {
        CanonicalJson.TryOf(json, out var canonical, out var fault).ShouldBeFalse();
        canonical.ShouldBeNull();
        return fault.ShouldNotBeNull();
    }
}
