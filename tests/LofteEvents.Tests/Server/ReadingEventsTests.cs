using System.Text.Json;
using System.Text.Json.Nodes;
using LofteEvents.Server.Access;
using LofteEvents.Server.Events;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class Reading_the_log(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_events_in_the_format_that_intake_takes()
    {
        var said = CarriedOut().With(it => it["correlationid"] = "case-7");
        (await fixture.Server.As(Roles.Publisher).PublishAsync(said, Ct)).ShouldBeTaken();

        var line = (await LinesAsync($"stream={said["subject"]}")).ShouldHaveSingleItem();

        foreach (var name in (string[])["specversion", "type", "source", "id", "subject", "correlationid"])
        {
            line[name]!.GetValue<string>().ShouldBe(said[name]!.GetValue<string>());
        }

        line["time"]!.GetValue<string>().ShouldBe("2018-03-17T01:00:00Z");
        line["version"]!.GetValue<long>().ShouldBe(1);
        line["position"]!.GetValue<long>().ShouldBeGreaterThan(0);
        JsonNode.DeepEquals(line["data"], said["data"]).ShouldBeTrue();
    }

    [Fact]
    public async Task Goes_on_behind_a_position_and_stops_at_the_limit()
    {
        var batch = new JsonArray([.. Enumerable.Range(0, 5).Select(_ => CarriedOut())]);
        var answer = await fixture.Server.As(Roles.Publisher).PublishAsync(batch, Ct);
        var positions = answer.Results.Select(result => result.GetProperty("position").GetInt64()).ToArray();

        var lines = await LinesAsync($"after={positions[1]}&limit=2");

        lines.Select(line => line["position"]!.GetValue<long>()).ShouldBe(positions[2..4]);
    }

    [Fact]
    public async Task Chooses_by_type_and_stream()
    {
        var id = NewId();
        var voided = Event("insats.voided.v1", $"insats/{id}", NewId(), new JsonObject { ["reason"] = "Fel." });
        (await fixture.Server.As(Roles.Publisher).PublishAsync(new JsonArray(CarriedOut(id), CarriedOut(), voided), Ct))
            .ShouldBeTaken();

        (await LinesAsync($"stream=insats/{id}")).Count.ShouldBe(2);
        (await LinesAsync($"stream=insats/{id}&type=insats.voided.v1")).ShouldHaveSingleItem();
        (await LinesAsync($"stream=insats/{id}&type=se.lofteevents.insats.voided.v1")).ShouldHaveSingleItem();
        (await LinesAsync("type=insats.voided.v1")).ShouldAllBe(line =>
            line["type"]!.GetValue<string>() == "se.lofteevents.insats.voided.v1");
        (await LinesAsync("stream=insats/never-heard-of")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Comes_back_the_same_when_it_is_imported_elsewhere()
    {
        var batch = new JsonArray([.. Enumerable.Range(0, 3).Select(_ => CarriedOut())]);
        (await fixture.Server.As(Roles.Publisher).PublishAsync(batch, Ct)).ShouldBeTaken();
        var exported = await LinesAsync("limit=10000");
        await using var elsewhere = await LofteServer.StartAsync(Ct);

        (await elsewhere.As(Roles.Operator).PublishAsync(new JsonArray([.. exported.Select(line => line.DeepClone())]), Ct))
            .ShouldBeTaken();

        var again = await LinesAsync("limit=10000", elsewhere);
        again.Select(WithoutPosition).ShouldBe(exported.Select(WithoutPosition));
    }

    [Fact]
    public async Task Goes_on_in_a_stream_behind_any_position()
    {
        var id = NewId();
        JsonObject Said(string reason) => Event("insats.corrected.v1", $"insats/{id}", NewId(), Corrected(reason));
        var batch = new JsonArray(
            CarriedOut(id), CarriedOut(), Said("Ett."), CarriedOut(), Said("Två."), Said("Tre."), CarriedOut(), Said("Fyra."));
        var answer = await fixture.Server.As(Roles.Publisher).PublishAsync(batch, Ct);
        answer.ShouldBeTaken();
        var first = answer.Results[0].GetProperty("position").GetInt64();
        long[] ofStream = [first, first + 2, first + 4, first + 5, first + 7];

        for (var after = first - 1; after <= first + 8; after++)
        {
            var behind = ofStream.Where(at => at > after).ToArray();
            (await PositionsAsync($"stream=insats/{id}&after={after}")).ShouldBe(behind);
            (await PositionsAsync($"stream=insats/{id}&after={after}&limit=2")).ShouldBe(behind.Take(2));
        }

        (await PositionsAsync($"stream=insats/{id}&after={long.MaxValue}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("insats/looked-for")]
    public async Task Looks_at_no_more_than_it_says_and_always_comes_to_the_end(string? stream)
    {
        await using var server = await LofteServer.StartAsync(Ct);
        var voided = Event("insats.voided.v1", "insats/looked-for", NewId(), new JsonObject { ["reason"] = "Fel." });
        JsonObject Said(string reason) => Event("insats.corrected.v1", "insats/looked-for", NewId(), Corrected(reason));
        var answer = await server.As(Roles.Publisher).PublishAsync(
            new JsonArray(CarriedOut("looked-for"), Said("Ett."), CarriedOut(), Said("Två."), Said("Tre."), voided), Ct);
        answer.ShouldBeTaken();
        var found = new List<long>();
        var asked = 0;

        long? after = 0;
        while (after is { } from)
        {
            var query = new EventsQuery(from, 10, "insats.voided.v1", stream) { LooksAt = 2 };
            var (events, goOnAfter) = await query.ReadFromAsync(server.Store, Ct);
            found.AddRange(await events.Select(each => each.Position).ToListAsync(Ct));
            (goOnAfter ?? long.MaxValue).ShouldBeGreaterThan(from);
            after = goOnAfter;
            asked++;
        }

        found.ShouldBe([answer.Results[^1].GetProperty("position").GetInt64()]);
        asked.ShouldBe(3);
    }

    [Fact]
    public async Task Says_from_where_to_go_on_when_it_stops_looking()
    {
        await using var server = await LofteServer.StartAsync(Ct);
        (await server.As(Roles.Publisher).PublishAsync(CarriedOut(), Ct)).ShouldBeTaken();
        await using (var jump = server.Database.Owner.CreateCommand("SELECT setval('lofte.mt_events_sequence', 250000)"))
        {
            await jump.ExecuteNonQueryAsync(Ct);
        }

        var id = NewId();
        (await server.As(Roles.Publisher).PublishAsync(CarriedOut(id), Ct)).ShouldBeTaken();
        var voided = Event("insats.voided.v1", $"insats/{id}", NewId(), new JsonObject { ["reason"] = "Fel." });
        (await server.As(Roles.Publisher).PublishAsync(voided, Ct)).ShouldBeTaken();

        (await GoOnAfterAsync("type=insats.voided.v1")).ShouldBe("100000");
        (await GoOnAfterAsync("type=insats.voided.v1&after=100000")).ShouldBe("200000");
        (await GoOnAfterAsync("type=insats.voided.v1&after=200000")).ShouldBeNull();
        (await LinesAsync("type=insats.voided.v1&after=200000", server)).ShouldHaveSingleItem();
        (await LinesAsync("type=insats.carried-out.v1", server)).ShouldHaveSingleItem();
        (await GoOnAfterAsync("limit=10")).ShouldBeNull();
        (await Cli.Lofte.Beside(server).RunAsync("events export --type insats.voided.v1"))
            .ShouldExitWith(0).Output.ShouldContain("insats.voided.v1", Case.Sensitive);
        (await Cli.Lofte.Beside(server).RunAsync("events export --type insats.carried-out.v1"))
            .ShouldExitWith(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);

        async Task<string?> GoOnAfterAsync(string query)
        {
            using var response = await server.As(Roles.Auditor).GetAsync($"/api/v1/events?{query}", Ct);
            response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
            return response.Headers.TryGetValues("Lofte-Go-On-After", out var values) ? values.Single() : null;
        }
    }

    [Theory]
    [InlineData("after=-1")]
    [InlineData("after=x")]
    [InlineData("limit=0")]
    [InlineData("limit=10001")]
    [InlineData("type=insats.nothing.v1")]
    [InlineData("stream=insats")]
    [InlineData("stream=insats/a/b")]
    public async Task Says_what_is_wrong_with_a_question(string query)
    {
        using var response = await fixture.Server.As(Roles.Auditor).GetAsync($"/api/v1/events?{query}", Ct);

        var answer = await Answer.ReadAsync(response, Ct);
        answer.ShouldBeRefused(400, "query.invalid");
        answer.Body.GetProperty("detail").GetString()!.ShouldStartWith(query[..query.IndexOf('=', StringComparison.Ordinal)]);
    }

    /// <summary>Positions have gaps where something was rolled back, and gaps are not exported.</summary>
    private static string WithoutPosition(JsonObject line)
    {
        line.Remove("position");
        return line.ToJsonString();
    }

    private static JsonObject Corrected(string reason)
    {
        var facts = CarriedOut()["data"]!.DeepClone().AsObject();
        facts["title"] = reason;
        facts["reason"] = "Fel.";
        return facts;
    }

    private async Task<List<long>> PositionsAsync(string query) =>
        [.. (await LinesAsync(query)).Select(line => line["position"]!.GetValue<long>())];

    private async Task<List<JsonObject>> LinesAsync(string query, LofteServer? server = null)
    {
        using var response = await (server ?? fixture.Server).As(Roles.Auditor).GetAsync($"/api/v1/events?{query}", Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/x-ndjson");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }
}
