using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

/// <summary>Canonical JSON as leaves are hashed over it: of what intake admits, and of nothing else.</summary>
public class Canonical_json_in_a_leaf
{
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
        JsonNode.DeepEquals(JsonNode.Parse(Canonical(value?.ToJsonString() ?? "null")), value));

    [Theory]
    [InlineData(" { } ", "{}")]
    [InlineData("[ ]", "[]")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\t0\n", "0")]
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
    [InlineData("""{"a":"\u0000"}""", "'/a'")]
    [InlineData("""{"\u0000":1}""", "At")]
    [InlineData("""{"\ud83d":1}""", "At")]
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
    public void Is_refused_to_what_is_not_JSON(string json)
    {
        Refused(Encoding.UTF8.GetBytes(json));
        Should.Throw<JsonException>(() => CanonicalJson.From(Encoding.UTF8.GetBytes(json)));
    }

    [Theory]
    [InlineData("22C022")]
    [InlineData("22FF22")]
    [InlineData("22C0AF22")]
    [InlineData("22EDA08022")]
    [InlineData("7B22FF223A317D")]
    [InlineData("FF")]
    public void Is_refused_to_bytes_that_are_not_UTF_8(string hex)
    {
        Refused(Convert.FromHexString(hex));
        Should.Throw<JsonException>(() => CanonicalJson.From(Convert.FromHexString(hex)));
    }

    [Fact]
    public void Goes_32_levels_deep_and_no_deeper()
    {
        string Nested(int levels) => new string('[', levels) + new string(']', levels);
        Canonical(Nested(32)).ShouldBe(Nested(32));
        Refused(Encoding.UTF8.GetBytes(Nested(33))).ShouldContain("32 levels");
    }

    private static string Canonical(string json)
    {
        CanonicalJson.TryOf(Encoding.UTF8.GetBytes(json), out var canonical, out var fault).ShouldBeTrue(fault);
        return Encoding.UTF8.GetString(canonical!);
    }

    private static string Refused(byte[] json)
    {
        CanonicalJson.TryOf(json, out var canonical, out var fault).ShouldBeFalse();
        canonical.ShouldBeNull();
        return fault.ShouldNotBeNull();
    }
}
