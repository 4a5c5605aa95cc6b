using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LofteEvents.Server.Access;

namespace LofteEvents.Tests.Server;

public sealed class The_projections_over_HTTP(NorrmalmFixture norrmalm) : IClassFixture<NorrmalmFixture>
{
    private const string Address = "/api/v1/projections";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Roles.Operator)]
    [InlineData(Roles.Auditor)]
    public async Task Say_how_far_they_are(string role)
    {
        var answer = await norrmalm.Server.As(role).GetFromJsonAsync<JsonElement>(Address, Token);

        var projections = answer.GetProperty("items").EnumerateArray().ToList();
        projections.Select(one => one.GetProperty("name").GetString())
            .ShouldBe(["LofteStatus", "LofteOverview", "NoticeOverview"]);
        foreach (var one in projections)
        {
            one.GetProperty("state").GetString().ShouldBe("current");
            one.GetProperty("position").GetInt64().ShouldBe(one.GetProperty("head").GetInt64());
            one.GetProperty("lagEvents").GetInt64().ShouldBe(0);
            one.GetProperty("lagSeconds").GetDouble().ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("GET", Address, null, 401)]
    [InlineData("GET", Address, Roles.Publisher, 403)]
    [InlineData("POST", $"{Address}/LofteStatus/rebuild", null, 401)]
    [InlineData("POST", $"{Address}/LofteStatus/rebuild", Roles.Auditor, 403)]
    [InlineData("POST", $"{Address}/LofteNothing/rebuild", Roles.Operator, 404)]
    public async Task Answer_those_who_may(string method, string address, string? role, int status)
    {
        var client = role is null ? norrmalm.Server.Anonymous() : norrmalm.Server.As(role);

        var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), address), Token);

        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Are_rebuilt_on_an_operators_word_to_the_same_answers()
    {
        var operatorClient = norrmalm.Server.As(Roles.Operator);
        var before = await norrmalm.ReadAsync("/api/v1/loften/norrmalm-2018/status?on=2018-10-01");

        var asked = await operatorClient.PostAsync($"{Address}/LofteStatus/rebuild", null, Token);
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.BecomesAsync(
            "the rebuild is done",
            async stop => !(await operatorClient.GetFromJsonAsync<JsonElement>(Address, stop))
                .GetProperty("items")[0].TryGetProperty("rebuild", out _),
            Token);

        var after = await norrmalm.ReadAsync("/api/v1/loften/norrmalm-2018/status?on=2018-10-01");
        after.GetRawText().ShouldBe(before.GetRawText());
    }
}

public sealed class A_published_event(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_in_the_status_that_asks_for_its_position()
    {
        var definition = await File.ReadAllTextAsync(
            Path.Combine(Tidy.House.Root, "deploy", "loften", "norrmalm-2018.json"), Token);
        await PublishAsync(Roles.Coordinator, "lofte/norrmalm-2018", "lofte.given.v1", "2017-12-18T10:00:00+01:00", definition);
        var position = await PublishAsync(
            Roles.Publisher, "insats/en", "insats.carried-out.v1", "2018-03-17T02:00:00+01:00",
            """
            {"kind":"traffic","title":"Trafik","organiser":"norrmalm","place":{"area":"norrmalm"},
             "tags":["riktad","utsatt-plats"],
             "from":"2018-03-16T18:00:00+01:00","to":"2018-03-17T01:30:00+01:00","parties":[{"name":"polis","role":"lead"}]}
            """);

        var status = await fixture.Server.Anonymous().GetFromJsonAsync<JsonElement>(
            $"/api/v1/loften/norrmalm-2018/status?on=2018-04-01&minPosition={position}", Token);

        var trafik = The_reads_of_promises.Commitment(status, "trafik");
        trafik.GetProperty("done").GetInt64().ShouldBe(1);
        trafik.GetProperty("evidence")[0].GetProperty("stream").GetString().ShouldBe("insats/en");
    }

    private async Task<long> PublishAsync(string role, string stream, string type, string time, string data)
    {
        var client = fixture.Server.With(new DevelopmentIdentity("test", "Test", [role], ["urn:lofte:demo"], []));
        using var content = new StringContent(
            $$"""
            {"specversion":"1.0","type":"se.lofteevents.{{type}}","source":"urn:lofte:demo","id":"{{stream}}-{{type}}",
             "subject":"{{stream}}","time":"{{time}}","datacontenttype":"application/json","data":{{data}}}
            """,
            Encoding.UTF8,
            "application/cloudevents+json");
        var answer = await client.PostAsync("/api/v1/events", content, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("results")[0].GetProperty("position").GetInt64();
    }
}
