using System.Text.Json;
using LofteEvents.Tests.Server;

namespace LofteEvents.Tests.Cli;

public sealed class Exporting(NorrmalmPublished norrmalm) : IClassFixture<NorrmalmPublished>
{
    private Lofte Lofte => Lofte.Beside(norrmalm.Server);

    [Fact]
    public async Task Every_event_is_a_line_in_the_order_of_the_log()
    {
        var ran = await Lofte.RunAsync("events export");
        ran.ShouldExitWith(0).Error.ShouldContain("323 events, up to position 323.");
        Positions(ran.Output).ShouldBe(Enumerable.Range(1, 323).Select(number => (long)number));
    }

    [Fact]
    public async Task It_can_begin_later_and_be_of_one_type_or_stream()
    {
        Positions((await Lofte.RunAsync("events export --after 320")).ShouldExitWith(0).Output).ShouldBe([321, 322, 323]);
        (await Lofte.RunAsync("events export --type insats.voided.v1"))
            .ShouldExitWith(0).Output.ShouldContain("insats.voided.v1");
        var forum = (await Lofte.RunAsync("events export --stream forum/ungdomar")).ShouldExitWith(0).Output;
        Lines(forum).ShouldAllBe(line => line.Contains("\"subject\":\"forum/ungdomar\""));
    }

    [Fact]
    public async Task What_is_exported_and_published_makes_an_equal_system()
    {
        var exported = (await Lofte.RunAsync("events export")).ShouldExitWith(0).Output;
        using var file = new TemporaryFile("log.ndjson", exported);
        await using var other = await LofteServer.StartAsync(TestContext.Current.CancellationToken);

        (await Lofte.Beside(other).RunAsync($"events publish {file.Path} --history")).ShouldExitWith(0)
            .Error.ShouldContain("323 recorded");

        (await Lofte.Beside(other).RunAsync("events export")).ShouldExitWith(0).Output.ShouldBe(exported);
        var status = "status norrmalm-2018 --on 2019-01-15 --json";
        var here = (await Lofte.RunAsync(status)).ShouldExitWith(0).Output;
        await Eventually.BecomesAsync(
            "the other system's status is the same",
            async _ => (await Lofte.Beside(other).RunAsync(status)).Output == here,
            TestContext.Current.CancellationToken);
        (await Lofte.Beside(other).RunAsync("replay --json")).ShouldExitWith(0)
            .Output.ShouldBe((await Lofte.RunAsync("replay --json")).ShouldExitWith(0).Output);
    }

    [Fact]
    public async Task What_a_system_recorded_of_itself_is_left_out_of_imported_history_and_told()
    {
        var exported = (await Lofte.RunAsync("events export --after 320")).ShouldExitWith(0).Output;
        var own = """
            {"specversion":"1.0","type":"se.lofteevents.notice.closed.v1","source":"urn:lofte:workers","id":"n",
             "subject":"notice/n","time":"2018-06-01T12:00:00Z","recordedtime":"2018-06-01T12:00:00Z","data":{"why":"told"}}
            """.ReplaceLineEndings("");
        using var file = new TemporaryFile("log.ndjson", $"{own}\n{exported}");

        var ran = (await Lofte.RunAsync($"events publish {file.Path} --history")).ShouldExitWith(0);

        ran.Error.ShouldContain("0 recorded, 3 there already");
        ran.Error.ShouldContain("1 left out");
    }

    [Theory]
    [InlineData("events export --after -1")]
    [InlineData("events export --type no.such-type.v1")]
    public async Task A_filter_that_means_nothing_is_wrong_use(string words) => (await Lofte.RunAsync(words)).ShouldExitWith(2);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<long> Positions(string text) => Lines(text).Select(line =>
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("position").GetInt64();
    });
}
