using LofteEvents.Tests.Server;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Cli;

/// <summary>Norrmalm's invented year, published through the command line and read back by it.</summary>
public sealed class NorrmalmPublished : IAsyncLifetime
{
    private LofteServer? server;

    internal LofteServer Server =>
        server ?? throw new InvalidOperationException("The fixture was not initialised by the runner.");

    internal Ran Published { get; private set; } = null!;

    internal static string Year => Path.Combine(House.Root, "deploy", "loften", "norrmalm-2018-year.ndjson");

    public async ValueTask InitializeAsync()
    {
        server = await LofteServer.StartAsync(TestContext.Current.CancellationToken);
        Published = await Lofte.Beside(server).RunAsync($"events publish {Year} --history");
        await Eventually.BecomesAsync(
            "the projections are up to date",
            async _ => !(await Lofte.Beside(server).RunAsync("projections list --json"))
                .Output.Contains("behind", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}

public sealed class Reading(NorrmalmPublished norrmalm) : IClassFixture<NorrmalmPublished>
{
    private Lofte Lofte => Lofte.Beside(norrmalm.Server);

    [Fact]
    public void The_year_was_published()
    {
        norrmalm.Published.ShouldExitWith(0).Error.ShouldContain("323 recorded, 0 there already; position 323");
        norrmalm.Published.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_timeline_says_what_happened_and_when_it_was_learnt()
    {
        var ran = (await Lofte.RunAsync("timeline norrmalm-2018 --as-of 2018-09-21T00:00:00Z")).ShouldExitWith(0);

        ran.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
        ran.Output.ShouldMatch(@"\n +\d+ +2018-09-20 +2018-09-07 +insats\.corrected\.v1 ");
        ran.Output.ShouldContain("… more with --page 2");
        (await Lofte.RunAsync("timeline nowhere-2018")).ShouldExitWith(4);
    }

    [Fact]
    public async Task Status_is_a_table_that_fits_80_columns()
    {
        var ran = await Lofte.RunAsync("status norrmalm-2018 --on 2018-10-01");
        ran.ShouldExitWith(0).Error.ShouldBeEmpty();
        ran.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
        ran.Output.ShouldContain("norrmalm-2018, judged on 2018-10-01 at position 323");
        ran.Output.ShouldMatch(@"\ntrafik +at-risk \* +1 of 4 +3 +1 +1 of 3 due by now");
        ran.Output.ShouldContain("* preliminary");
        ran.Output.ShouldNotContain("\e");
    }

    [Fact]
    public async Task Status_after_the_term_is_final()
    {
        var ran = await Lofte.RunAsync("status norrmalm-2018 --on 2019-01-15");
        ran.ShouldExitWith(0).Output.ShouldMatch(@"\ntrafik +fulfilled +4 of 4 +0 +4 +-\n");
        ran.Output.ShouldMatch(@"\nforum +fulfilled +3 of 3 parts");
        ran.Output.ShouldNotContain("preliminary");
    }

    [Fact]
    public async Task Status_as_of_a_position_is_what_was_known_then()
    {
        var ran = await Lofte.RunAsync("status norrmalm-2018 --as-of @100 --on 2018-05-01");
        ran.ShouldExitWith(0).Output.ShouldContain("at position 100");
    }

    [Fact]
    public async Task Json_is_what_the_server_answered()
    {
        var ran = await Lofte.RunAsync("status norrmalm-2018 --json");
        using var json = System.Text.Json.JsonDocument.Parse(ran.ShouldExitWith(0).Output);
        json.RootElement.GetProperty("lofte").GetString().ShouldBe("norrmalm-2018");
        json.RootElement.GetProperty("commitments").GetArrayLength().ShouldBe(4);
    }

    [Theory]
    [InlineData("status no-such-promise")]
    [InlineData("explain norrmalm-2018 no-such-commitment")]
    [InlineData("projections rebuild NoSuchProjection")]
    public async Task What_is_not_there_ends_with_4(string words)
    {
        var ran = await Lofte.RunAsync(words);
        ran.ShouldExitWith(4).Error.ShouldStartWith("lofte: There is no ");
        ran.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_time_that_cannot_be_read_is_wrong_use() =>
        (await Lofte.RunAsync("status norrmalm-2018 --as-of yesterday")).ShouldExitWith(2).Error.ShouldContain("asOf");

    [Fact]
    public async Task Explain_lists_what_counted_and_why_the_rest_did_not()
    {
        var ran = await Lofte.RunAsync("explain norrmalm-2018 trafik --on 2019-01-15");
        ran.ShouldExitWith(0)
            .Output.ShouldContain("norrmalm-2018 / trafik, judged on 2019-01-15 at position 323: fulfilled, 4 of 4");
        ran.Output.ShouldContain("Counted: 4\n");
        ran.Output.ShouldContain("insats/trafik-1");
        ran.Output.ShouldContain("kind is presence, wanted traffic");
        ran.Output.ShouldContain("… more with --page 2");
        (await Lofte.RunAsync("explain norrmalm-2018 trafik --on 2019-01-15 --page 2")).ShouldExitWith(0)
            .Output.ShouldNotContain("insats/trafik-1");
    }

    [Fact]
    public async Task Projections_are_listed_and_built_anew()
    {
        (await Lofte.RunAsync("projections list"))
            .ShouldExitWith(0).Output.ShouldMatch(@"\nLofteStatus +current +323 of 323 +0 ");
        var ran = await Lofte.RunAsync("projections rebuild LofteStatus --wait");
        ran.ShouldExitWith(0).Error.ShouldContain("LofteStatus is built anew.");
        (await Lofte.RunAsync("status norrmalm-2018 --on 2019-01-15")).ShouldExitWith(0).Output.ShouldContain("4 of 4");
    }

    [Fact]
    public async Task Colour_is_for_terminals_that_want_it()
    {
        var url = norrmalm.Server.Anonymous().BaseAddress;
        var terminal = new Lofte { IsTerminal = true };
        (await terminal.RunAsync($"status norrmalm-2018 --url {url}")).ShouldExitWith(0).Output.ShouldContain("\e[32mfulfilled");
        (await terminal.With("NO_COLOR", "1").RunAsync($"status norrmalm-2018 --url {url}"))
            .ShouldExitWith(0).Output.ShouldNotContain("\e");
    }

    [Fact]
    public async Task A_token_alone_goes_to_stdout_and_opens_what_its_role_may()
    {
        var token = (await Lofte.RunAsync("token --role auditor")).ShouldExitWith(0);
        token.Error.ShouldContain("Good until");
        var word = token.Output.TrimEnd('\n');
        word.Split('.').Length.ShouldBe(3);
        (await Lofte.RunAsync($"projections list --token {word}")).ShouldExitWith(0);
        (await Lofte.RunAsync($"projections rebuild LofteStatus --token {word}"))
            .ShouldExitWith(1).Error.ShouldContain("access.");
    }

    [Fact]
    public async Task The_doctor_finds_nothing_amiss()
    {
        var ran = await Lofte.RunAsync("check");
        ran.ShouldExitWith(0).Output.ShouldContain("PostgreSQL");
        ran.Output.ShouldNotContain("\nfault");
        ran.Output.ShouldMatch(@"\nok +server ");
        ran.Output.ShouldMatch(@"\nok +LofteStatus +is up to date at position 323");
    }
}
