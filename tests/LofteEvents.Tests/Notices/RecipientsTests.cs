using System.Text;
using LofteEvents.Notices;

namespace LofteEvents.Tests.Notices;

public class Recipients_of_a_deployment
{
    private const string Sound =
        """
        {"recipients":[{"id":"soc-a","name":"A","municipality":"0180","channels":[{"channel":"phone","phone":"1"}]}],
         "fallback":"soc-a","guardians":["phone"],"officers":[{"area":"norrmalm","name":"N","phone":"2"}]}
        """;

    [Fact]
    public void Are_read_from_a_file() => Read(Sound, out _)!.Find("soc-a")!.Name.ShouldBe("A");

    [Fact]
    public void Have_the_officers_of_the_nearest_area_in_charge()
    {
        NoticeWorld.Recipients.InCharge("klaraomradet", Sample.Areas)!.Area.ShouldBe("norrmalm");
        NoticeWorld.Recipients.InCharge("sodermalm", Sample.Areas)!.Area.ShouldBe("stockholm");
        NoticeWorld.Recipients.InCharge("solna", Sample.Areas).ShouldBeNull();
    }

    [Theory]
    [InlineData("\"soc-a\",\"name\"", "\"Soc A\",\"name\"", "recipient.id", "/recipients/0/id")]
    [InlineData("\"soc-a\",\"name\"", "\"guardian\",\"name\"", "recipient.id", "/recipients/0/id")]
    [InlineData("\"0180\"", "\"180\"", "recipient.municipality", "/recipients/0/municipality")]
    [InlineData("[{\"channel\":\"phone\",\"phone\":\"1\"}]", "[]", "recipient.no-channel", "/recipients/0/channels")]
    [InlineData("{\"channel\":\"phone\",\"phone\":\"1\"}", "{\"channel\":\"fax\"}", "recipient.channel",
        "/recipients/0/channels/0")]
    [InlineData("{\"channel\":\"phone\",\"phone\":\"1\"}", "{\"channel\":\"webhook\",\"url\":\"ftp://a/b\"}", "recipient.channel",
        "/recipients/0/channels/0")]
    [InlineData("{\"channel\":\"phone\",\"phone\":\"1\"}", "{\"channel\":\"letter\"}", "recipient.channel",
        "/recipients/0/channels/0")]
    [InlineData("\"fallback\":\"soc-a\"", "\"fallback\":\"soc-b\"", "recipient.fallback-unknown", "/fallback")]
    [InlineData("[\"phone\"]", "[\"webhook\"]", "recipient.channel-unknown", "/guardians/0")]
    [InlineData("[\"phone\"]", "[]", "recipient.no-channel", "/guardians")]
    [InlineData("\"norrmalm\"", "\"atlantis\"", "area.unknown", "/officers/0/area")]
    [InlineData("\"municipality\":\"0180\"", "\"municipality\":\"0180\",\"areas\":[\"atlantis\"]", "area.unknown",
        "/recipients/0/areas/0")]
    public void That_cannot_be_used_say_where_and_why(string sound, string wrong, string code, string pointer)
    {
        Read(Sound.Replace(sound, wrong, StringComparison.Ordinal), out var refusals).ShouldBeNull();

        refusals.ShouldContain(refusal => refusal.Code == code && refusal.Pointer == pointer);
        refusals.ShouldAllBe(refusal => refusal.Sentence.EndsWith('.'));
    }

    [Theory]
    [InlineData("\"fallback\"", "\"fallbak\"")]
    [InlineData("\"name\":\"A\"", "\"name\":null")]
    [InlineData("\"name\":\"A\",", "")]
    [InlineData("\"fallback\":\"soc-a\"", "\"fallback\":\"soc-a\",\"fallback\":\"soc-a\"")]
    [InlineData("{\"recipients\"", "{{\"recipients\"")]
    public void That_cannot_be_read_are_refused(string sound, string wrong)
    {
        Read(Sound.Replace(sound, wrong, StringComparison.Ordinal), out var refusals).ShouldBeNull();

        refusals.ShouldAllBe(refusal => refusal.Code == "recipients.unreadable");
        refusals.ShouldNotBeEmpty();
    }

    private static Recipients? Read(string json, out IReadOnlyList<Refusal> refusals) =>
        Recipients.Parse(Encoding.UTF8.GetBytes(json), Sample.Areas, out refusals);
}
