using System.Globalization;
using System.Net;
using LofteEvents.Evaluations;
using LofteEvents.Loften;
using LofteEvents.Postgres.Evaluations;
using LofteEvents.Tests.Cli;
using LofteEvents.Tests.Server;
using Microsoft.Extensions.DependencyInjection;

namespace LofteEvents.Tests.Evaluations;

/// <summary>The invented year of Norrmalm, evaluated by the command line and over HTTP.</summary>
public sealed class Evaluating_a_promise(NorrmalmFixture norrmalm) : IClassFixture<NorrmalmFixture>, IDisposable
{
    private const string AsOf = "2018-11-15T00:00:00+01:00";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lofte-evaluation-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Gives_the_same_bytes_again_whatever_the_language_and_whatever_has_come_since()
    {
        var first = await FilesAsync("first");

        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Odd();
            await SayAsync("later-1", "insats/trafik-1", "2018-04-12T07:00:00+02:00");
            var again = await FilesAsync("again");
            again.Keys.ShouldBe(first.Keys);
            foreach (var (name, content) in first)
                again[name].ShouldBe(content, name);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public async Task Answers_over_HTTP_what_the_command_writes()
    {
        foreach (var (name, content) in await FilesAsync("files"))
        {
            using var answer = await norrmalm.GetAsync(
                $"/api/v1/loften/norrmalm-2018/evaluation/{name}?asOf={Uri.EscapeDataString(AsOf)}");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, name);
            (await answer.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(content, name);
        }
    }

    [Fact]
    public async Task Out_of_the_log_itself_gives_the_same_as_out_of_the_counted_facts()
    {
        var store = norrmalm.Server.Store;
        var areas = norrmalm.Server.Services.GetRequiredService<Areas>();
        var reads = new EvaluationReads(norrmalm.Server.Database.App, store, areas);
        var position = await store.PositionAtAsync(DateTimeOffset.Parse(AsOf, CultureInfo.InvariantCulture), Ct);
        var at = new EvaluationPoint(position, null, new DateOnly(2018, 11, 15));

        var live = (await reads.ReadAsync("norrmalm-2018", at, Ct)).ShouldNotBeNull();
        var replayed = (await reads.ReplayAsync("norrmalm-2018", at, Ct)).ShouldNotBeNull();

        replayed.Digest.ShouldBe(live.Digest);
        EvaluationFiles.ToJson(replayed).ShouldBe(EvaluationFiles.ToJson(live));
    }

    [Fact]
    public async Task Tells_what_was_promised_and_done_and_corrected_and_is_missing()
    {
        var evaluation = await norrmalm.ReadAsync(
            $"/api/v1/loften/norrmalm-2018/evaluation?asOf={Uri.EscapeDataString(AsOf)}");
        var report = evaluation.GetProperty("report");
        var commitments = report.GetProperty("commitments").EnumerateArray()
            .ToDictionary(one => one.GetProperty("id").GetString()!);

        report.GetProperty("at").GetProperty("on").GetString().ShouldBe("2018-11-15");
        commitments["natverk"].GetProperty("verdict").GetString().ShouldBe("fulfilled");
        commitments["natverk"].GetProperty("metOn").GetString().ShouldBe("2018-04-27");
        commitments["natverk"].GetProperty("plans").GetProperty("cancelledTotal").GetInt64().ShouldBe(1);
        commitments["natverk"].GetProperty("hours").GetProperty("hours").GetInt64().ShouldBe(272);
        commitments["trafik"].GetProperty("verdict").GetString().ShouldBe("at-risk");
        commitments["trafik"].GetProperty("preliminary").GetBoolean().ShouldBeTrue();
        commitments["unga-narkotika"].GetProperty("correctionsTotal").GetInt64().ShouldBe(2);
        commitments["unga-narkotika"].GetRawText().ShouldContain("färre än fem");
        commitments["forum"].GetProperty("assessments").GetArrayLength().ShouldBe(1);
        report.GetProperty("forums").GetArrayLength().ShouldBe(3);
        report.TryGetProperty("notices", out _).ShouldBeFalse();
        report.GetProperty("missing").GetRawText().ShouldContain("notices");
    }

    [Fact]
    public async Task Drafts_a_next_promise_that_the_check_accepts()
    {
        var draft = await Cli.Lofte.Beside(norrmalm.Server)
            .RunAsync("definition draft --from norrmalm-2018 --for 2019 --on 2018-12-31");
        draft.ShouldExitWith(0).Error.ShouldContain("natverk (over-delivered)");
        var path = Path.Combine(_folder.FullName, "draft.json");
        await File.WriteAllTextAsync(path, draft.Output, Ct);

        (await Cli.Lofte.Alone.RunAsync(["definition", "check", path], Ct)).ShouldExitWith(0);
    }

    private async Task<SortedDictionary<string, byte[]>> FilesAsync(string name)
    {
        await SealedAsync();
        var folder = Path.Combine(_folder.FullName, name);
        var ran = await Cli.Lofte.Beside(norrmalm.Server)
            .RunAsync(["evaluate", "norrmalm-2018", "--as-of", AsOf, "--out", folder], Ct);
        ran.ShouldExitWith(0);
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder))
            files[Path.GetFileName(path)] = await File.ReadAllBytesAsync(path, Ct);

        files.Keys.ShouldBe(
            ["ataganden.csv", "handelser.csv", "takt.csv", "utvardering.html", "utvardering.json", "utvardering.pdf"]);
        return files;
    }

    /// <summary>Waits until a checkpoint covers all of it: until then the files say that there is none.</summary>
    private Task SealedAsync() => Eventually.BecomesAsync(
        "a checkpoint covers every event",
        async cancelled =>
        {
            await using var command = norrmalm.Server.Database.App.CreateCommand(
                "SELECT (SELECT count(*) FROM lofte.mt_events) = (SELECT max(size) FROM lofte.log_checkpoint)");
            return await command.ExecuteScalarAsync(cancelled) is true;
        },
        Ct);

    /// <summary>A language in which everything is written otherwise.</summary>
    private static CultureInfo Odd()
    {
        var odd = new CultureInfo("");
        odd.NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = "#", NegativeSign = "~", NumberGroupSeparator = "_" };
        odd.DateTimeFormat = new DateTimeFormatInfo { DateSeparator = "%", TimeSeparator = "!" };
        return odd;
    }

    /// <summary>Something is learnt now about what was long ago.</summary>
    private async Task SayAsync(string id, string stream, string from)
    {
        var client = norrmalm.Server.With(new LofteEvents.Server.Access.DevelopmentIdentity(
            "test:later", "Test", [LofteEvents.Server.Access.Roles.Publisher], ["urn:lofte:demo"], []));
        using var content = new StringContent(
            $$"""
            {"specversion":"1.0","type":"se.lofteevents.insats.voided.v1","source":"urn:lofte:demo","id":"{{id}}",
             "subject":"{{stream}}","time":"{{from}}","data":{"reason":"Det var ingen insats (test)."} }
            """,
            System.Text.Encoding.UTF8,
            "application/cloudevents+json");
        var answer = await client.PostAsync("/api/v1/events", content, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Ct));
        var head = await norrmalm.Server.Store.HeadAsync(Ct);
        await norrmalm.ReadAsync($"/api/v1/loften/norrmalm-2018/status?minPosition={head}");
    }
}
