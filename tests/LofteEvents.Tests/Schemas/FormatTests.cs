using System.Text;
using System.Text.Json;
using LofteEvents.Schemas;

namespace LofteEvents.Tests.Schemas;

public class A_format
{
    [Theory]
    [InlineData("date", "2018-03-16", true)]
    [InlineData("date", "2020-02-29", true)]
    [InlineData("date", "2019-02-29", false)]
    [InlineData("date", "2023-06-31", false)]
    [InlineData("date", "0001-01-01", true)]
    [InlineData("date", "0000-01-01", false)]
    [InlineData("date", "2018-13-01", false)]
    [InlineData("date", "2018-00-01", false)]
    [InlineData("date", "2018-01-00", false)]
    [InlineData("date", "2018-3-16", false)]
    [InlineData("date", "20180316", false)]
    [InlineData("date", "2018-03-16T00:00:00Z", false)]
    [InlineData("date", "٢٠١٨-٠٣-١٦", false)]
    [InlineData("date-time", "2018-03-16T18:00:00+01:00", true)]
    [InlineData("date-time", "2018-03-16T17:00:00Z", true)]
    [InlineData("date-time", "2018-03-16T17:00:00.123456789Z", true)]
    [InlineData("date-time", "2018-03-16T17:00:00.1234567890Z", false)]
    [InlineData("date-time", "2018-03-16T17:00:00.Z", false)]
    [InlineData("date-time", "2018-03-16T17:00:00", false)]
    [InlineData("date-time", "2018-03-16T17:00Z", false)]
    [InlineData("date-time", "2018-03-16 17:00:00Z", false)]
    [InlineData("date-time", "2018-03-16t17:00:00z", false)]
    [InlineData("date-time", "2018-03-16T24:00:00Z", false)]
    [InlineData("date-time", "2018-03-16T23:60:00Z", false)]
    [InlineData("date-time", "2016-12-31T23:59:60Z", false)]
    [InlineData("date-time", "2018-03-16T17:00:00+14:00", true)]
    [InlineData("date-time", "2018-03-16T17:00:00+14:01", false)]
    [InlineData("date-time", "2018-03-16T17:00:00+15:00", false)]
    [InlineData("date-time", "2018-03-16T17:00:00+01:60", false)]
    [InlineData("date-time", "2018-03-16T17:00:00+0100", false)]
    [InlineData("date-time", "2018-03-16T17:00:00 01:00", false)]
    [InlineData("date-time", "2018-03-16T17:00:00Z ", false)]
    [InlineData("date-time", "0001-01-01T00:00:00Z", true)]
    [InlineData("date-time", "0001-01-01T00:00:00+01:00", false)]
    [InlineData("date-time", "9999-12-31T23:59:59.9999999Z", true)]
    [InlineData("date-time", "9999-12-31T23:59:59-01:00", false)]
    [InlineData("uuid", "0f8fad5b-d9cb-469f-a165-70867728950e", true)]
    [InlineData("uuid", "0F8FAD5B-D9CB-469F-A165-70867728950E", true)]
    [InlineData("uuid", "0f8fad5bd9cb469fa16570867728950e", false)]
    [InlineData("uuid", "{0f8fad5b-d9cb-469f-a165-70867728950e}", false)]
    [InlineData("uuid", "0f8fad5b-d9cb-469f-a165-70867728950g", false)]
    [InlineData("uuid", "", false)]
    [InlineData("uri", "https://polisen.se/a?b=c#d", true)]
    [InlineData("uri", "urn:example:1", true)]
    [InlineData("uri", "mailto:a@b.se", true)]
    [InlineData("uri", "/only/a/path", false)]
    [InlineData("uri", "https:", false)]
    [InlineData("uri", "://x", false)]
    [InlineData("uri", "1a:b", false)]
    [InlineData("uri", "https://a b", false)]
    [InlineData("uri", "https://å.se/", false)]
    [InlineData("uri", "https://a/%2F", true)]
    [InlineData("uri", "https://a/%2", false)]
    [InlineData("uri", "https://a/%zz", false)]
    [InlineData("uri", "https://a/#b#c", false)]
    public void Is_asserted(string format, string text, bool fits)
    {
        var schema = JsonSchema.Parse(Encoding.UTF8.GetBytes($$"""{"format":"{{format}}"}"""));

        schema.IsValid(JsonDocument.Parse(JsonSerializer.Serialize(text)).RootElement).ShouldBe(fits);
    }
}
