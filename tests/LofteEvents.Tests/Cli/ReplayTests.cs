using System.Text.Json;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Replaying;
using LofteEvents.Tests.Server;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Cli;

public sealed class Replaying_the_year(NorrmalmFixture norrmalm) : IClassFixture<NorrmalmFixture>
{
    private const string KeepAside =
        """
        CREATE TABLE public.statuses AS SELECT * FROM lofte.mt_doc_loftestatus;
        CREATE TABLE public.overviews AS SELECT * FROM lofte.mt_doc_lofteoverview;
        CREATE TABLE public.facts AS SELECT * FROM lofte.counted_fact;
        """;

    private const string PutBack =
        """
        DELETE FROM lofte.mt_doc_loftestatus;
        INSERT INTO lofte.mt_doc_loftestatus SELECT * FROM public.statuses;
        DELETE FROM lofte.mt_doc_lofteoverview;
        INSERT INTO lofte.mt_doc_lofteoverview SELECT * FROM public.overviews;
        DELETE FROM lofte.counted_fact;
        INSERT INTO lofte.counted_fact SELECT * FROM public.facts;
        DROP TABLE public.statuses, public.overviews, public.facts;
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Lofte Lofte => Lofte.Beside(norrmalm.Server);

    [Fact]
    public async Task Finds_the_live_projections_equal()
    {
        var ran = (await Lofte.RunAsync("replay --json")).ShouldExitWith(0);

        using var answer = JsonDocument.Parse(ran.Output);
        var found = answer.RootElement;
        found.GetProperty("equal").GetBoolean().ShouldBeTrue();
        foreach (var projection in (string[])["lofteStatus", "lofteOverview", "noticeOverview"])
        {
            found.GetProperty("at").GetProperty(projection).GetInt64().ShouldBe(norrmalm.Head);
        }

        found.GetProperty("events").GetInt64().ShouldBe(norrmalm.Head);
        found.GetProperty("statuses").GetInt32().ShouldBe(1);
        found.GetProperty("facts").GetInt64().ShouldBe(await CountAsync("SELECT count(*) FROM lofte.counted_fact"));
    }

    [Theory]
    [InlineData("2018-10-01T12:00:00Z")]
    [InlineData("@1")]
    [InlineData("@150")]
    public async Task Finds_equal_what_is_answered_of_the_past(string asOf)
    {
        var ran = (await Lofte.RunAsync($"replay --as-of {asOf}")).ShouldExitWith(0);

        ran.Output.ShouldBeEmpty();
        ran.Error.ShouldContain("equal to the history");
    }

    [Theory]
    [InlineData("yesterday", 2)]
    [InlineData("@1000000", 1)]
    public async Task Says_what_is_wrong_with_a_past_that_is_none(string asOf, int exitCode) =>
        (await Lofte.RunAsync($"replay --as-of {asOf}")).ShouldExitWith(exitCode).Error.ShouldContain(asOf.TrimStart('@'));

    [Fact]
    public async Task Comes_to_the_same_from_a_log_in_order_of_position()
    {
        await using var store = new PostgresEventStore(norrmalm.Server.Database.App);
        var areas = Areas.Parse(await File.ReadAllBytesAsync(Path.Combine(House.Root, "deploy", "areas.json"), Ct), out _)!;
        var replay = new HistoryReplay(norrmalm.Server.Database.App, store, areas);
        var inOrder = ReplayHistory.InOrderOfPosition(token => store.ReadAllAsync(0, long.MaxValue, token));

        var (fromLog, streamByStream) =
            (await replay.RunAsync(inOrder, null, null, Ct), await replay.RunAsync(null, null, null, Ct));

        var earlier = ReplayHistory.InOrderOfPosition(token => store.ReadAllAsync(0, 100, token));
        (await replay.RunAsync(earlier, null, null, Ct)).ShouldSatisfyAllConditions(
            found => found.At.ShouldBe(new ReplayPositions(100, 100, null)), found => found.Differences.ShouldBeEmpty());
        fromLog.Differences.ShouldBeEmpty();
        (fromLog with { Differences = streamByStream.Differences }).ShouldBe(streamByStream);
    }

    [Theory]
    [InlineData(
        "UPDATE lofte.mt_doc_loftestatus SET data = jsonb_set(data, '{commitments,0,text}', '\"Något annat\"')",
        "LofteStatus norrmalm-2018 /commitments/0/text",
        "live:    \"Något annat\"")]
    [InlineData(
        "UPDATE lofte.mt_doc_loftestatus SET data = data #- '{commitments,0,versions,0,tally,whole}'",
        "LofteStatus norrmalm-2018 /commitments/0/versions/0/tally/whole",
        "live:    nothing")]
    [InlineData(
        "UPDATE lofte.mt_doc_lofteoverview SET data = data || '{\"commitments\": 5}'",
        "LofteOverview norrmalm-2018 /commitments",
        "history: 4")]
    [InlineData("DELETE FROM lofte.mt_doc_lofteoverview", "LofteOverview norrmalm-2018", "live:    nothing")]
    [InlineData(
        """
        UPDATE lofte.counted_fact
        SET superseded_by = NULL
        WHERE position = (SELECT max(position) FROM lofte.counted_fact WHERE superseded_by IS NOT NULL)
        """,
        "/superseded_by",
        "live:    null")]
    [InlineData(
        "DELETE FROM lofte.counted_fact WHERE position = (SELECT max(position) FROM lofte.counted_fact)",
        "counted_fact ",
        "live:    nothing")]
    [InlineData(
        """
        INSERT INTO lofte.counted_fact (stream, item, position, type, areas, day, fact)
        SELECT 'insats/påhittad', item, position, type, areas, day, fact FROM lofte.counted_fact LIMIT 1
        """,
        "counted_fact insats/påhittad",
        "history: nothing")]
    public async Task Names_what_a_superuser_changed_with_both_values_and_ends_with_3(string change, string place, string values)
    {
        await ExecuteAsync(KeepAside);
        try
        {
            await ExecuteAsync(change);

            var ran = (await Lofte.RunAsync("replay")).ShouldExitWith(3);

            ran.Output.ShouldContain(place);
            ran.Output.ShouldContain(values);
            (await Lofte.RunAsync("replay --json")).ShouldExitWith(3).Output.ShouldContain("\"equal\": false");
        }
        finally
        {
            await ExecuteAsync(PutBack);
        }

        (await Lofte.RunAsync("replay")).ShouldExitWith(0);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = norrmalm.Server.Database.Owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = norrmalm.Server.Database.Owner.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
