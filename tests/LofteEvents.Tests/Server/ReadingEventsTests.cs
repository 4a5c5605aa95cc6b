using System.Text.Json;
using System.Text.Json.Nodes;
using LofteEvents.Server.Access;
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

    private async Task<List<JsonObject>> LinesAsync(string query, LofteServer? server = null)
    {
        using var response = await (server ?? fixture.Server).As(Roles.Auditor).GetAsync($"/api/v1/events?{query}", Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/x-ndjson");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }
}
