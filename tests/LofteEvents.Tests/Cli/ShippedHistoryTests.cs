using LofteEvents.Tests.Loften;
using LofteEvents.Tests.Server;

namespace LofteEvents.Tests.Cli;

/// <summary>Histories that ship with the promises, published and read back as somebody would who tries the language.</summary>
public sealed class A_shipped_history
{
    [Fact]
    public async Task Is_published_by_the_command_line_and_names_what_was_missed()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await LofteServer.StartAsync(cancellationToken);
        var lofte = Lofte.Beside(server);
        foreach (var id in new[] { "lulea-2018", "sodermalm-2021" })
        {
            var file = Corpus.ExampleOf(id, Share.HalfKept);
            (await lofte.RunAsync(["events", "publish", file, "--history"], cancellationToken)).ShouldExitWith(0);
        }

        await Eventually.BecomesAsync(
            "the projections are up to date",
            async _ => !(await lofte.RunAsync("projections list --json")).Output.Contains("behind", StringComparison.Ordinal),
            cancellationToken);

        var lulea = (await lofte.RunAsync("status lulea-2018 --on 2019-01-05")).ShouldExitWith(0).Output.Replace("\n", " ");
        lulea.ShouldContain("trafikkontroll: missed 183 of 365 days: 2018-07-02, 2018-07-03,");
        lulea.ShouldContain("and 173 more");
        var sodermalm = (await lofte.RunAsync("explain sodermalm-2021 underratta-och-samverka --on 2022-01-05"))
            .ShouldExitWith(0).Output;
        sodermalm.ShouldContain("Some of it was done, and not all.");
        sodermalm.ShouldContain("missed 2 of 4 events: insats/sodermalm-2021-half-kept-");

        var page = await server.Anonymous().GetStringAsync("/loften/lulea-2018?on=2019-01-05", cancellationToken);
        System.Net.WebUtility.HtmlDecode(page).ShouldContain("Missat: 183 av 365 dagar: ");
    }
}
