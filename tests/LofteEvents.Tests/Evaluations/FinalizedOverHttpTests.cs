using System.Net;
using System.Text;
using System.Text.Json;
using LofteEvents.Server.Access;
using LofteEvents.Tests.Server;

namespace LofteEvents.Tests.Evaluations;

/// <summary>An evaluator answers for the autumn's verdicts, and a correction comes afterwards.</summary>
public sealed class A_finalised_evaluation(NorrmalmFixture norrmalm) : IClassFixture<NorrmalmFixture>
{
    private const string Autumn = "/api/v1/loften/norrmalm-2018/evaluation?on=2018-11-15";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Carries_the_digest_of_its_report_and_shows_what_was_corrected_since()
    {
        var seen = await norrmalm.ReadAsync(Autumn);
        var position = seen.GetProperty("report").GetProperty("at").GetProperty("position").GetInt64();
        var digest = seen.GetProperty("digest").GetString();
        await SayAsync(
            Roles.Evaluator,
            "evaluation.opened.v1",
            "evaluation/norrmalm-2018-1",
            """{"lofte":"norrmalm-2018","occasion":"announced","on":"2018-11-15"}""");
        await SayAsync(
            Roles.Evaluator,
            "evaluation.finalized.v1",
            "evaluation/norrmalm-2018-1",
            $$"""
            {"position":{{position}},"digest":"{{digest}}","reviewer":"Anna Andersson, utvärderare","verdicts":[
              {"commitment":"natverk","verdict":"fulfilled","reasons":["Fyra av två."]},
              {"commitment":"trafik","verdict":"on-track","reasons":["Tre av fyra."]}]}
            """);

        (await FinalizedAsync()).ShouldSatisfyAllConditions(
            final => final.GetProperty("digestHolds").GetBoolean().ShouldBeTrue(),
            final => final.GetProperty("reviewerAlsoReported").GetBoolean().ShouldBeFalse(),
            final => final.GetProperty("differences").GetArrayLength().ShouldBe(0),
            final => final.GetProperty("verdicts")[1].GetProperty("computed").GetString().ShouldBe("on-track"));

        await SayAsync(Roles.Publisher, "insats.voided.v1", "insats/trafik-1", """{"reason":"Det var ingen insats (test)."}""");

        var differences = (await FinalizedAsync()).GetProperty("differences").EnumerateArray().ToList();
        differences.Select(one => one.GetProperty("what").GetString()).ShouldBe(["verdict", "done", "events", "hours"]);
        differences.ShouldAllBe(one => one.GetProperty("commitment").GetString() == "trafik");
        differences[1].GetProperty("then").GetString().ShouldBe("3");
        differences[1].GetProperty("now").GetString().ShouldBe("2");
        differences[0].GetProperty("corrections")[0].GetProperty("reason").GetString().ShouldBe("Det var ingen insats (test).");

        using var page = await norrmalm.GetAsync("/loften/norrmalm-2018/utvardering?on=2018-11-15");
        (await page.Content.ReadAsStringAsync(Ct)).ShouldContain("det gjorda var 3, är nu 2");
    }

    private async Task<JsonElement> FinalizedAsync()
    {
        var head = await norrmalm.Server.Store.HeadAsync(Ct);
        var answer = await norrmalm.ReadAsync($"/api/v1/loften/norrmalm-2018/evaluation?on=2018-11-15&minPosition={head}");
        var earlier = answer.GetProperty("earlier").EnumerateArray().ShouldHaveSingleItem();
        earlier.GetProperty("closesTerm").GetBoolean().ShouldBeFalse();
        return earlier.GetProperty("finalized");
    }

    private async Task SayAsync(string role, string type, string stream, string data)
    {
        var client = norrmalm.Server.With(new DevelopmentIdentity("test:" + role, "Test", [role], ["urn:lofte:demo"], []));
        using var content = new StringContent(
            $$"""
            {"specversion":"1.0","type":"se.lofteevents.{{type}}","source":"urn:lofte:demo","id":"test-{{type}}",
             "subject":"{{stream}}","time":"2018-11-20T12:00:00+01:00","data":{{data}} }
            """,
            Encoding.UTF8,
            "application/cloudevents+json");
        var answer = await client.PostAsync("/api/v1/events", content, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Ct));
    }
}
