using System.Net;
using System.Text;
using LofteEvents.Server.Access;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Server;

public sealed class Comparing_over_HTTP(NorrmalmFixture norrmalm) : IClassFixture<NorrmalmFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/loften/norrmalm-2018/comparison?with=%00")]
    [InlineData("/loften/norrmalm-2018/jamforelse?with=%00")]
    public async Task Refuses_a_character_that_no_text_here_can_hold(string address)
    {
        using var answer = await norrmalm.GetAsync(address);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Lays_the_real_years_side_by_side_as_data_and_as_a_page()
    {
        var definition = await File.ReadAllTextAsync(Path.Combine(House.Root, "deploy", "loften", "norrmalm-2019.json"), Ct);
        var client = norrmalm.Server.With(
            new DevelopmentIdentity("test:coordinator", "Test", [Roles.Coordinator], ["urn:lofte:demo"], []));
        using var content = new StringContent(
            $$"""
            {"specversion":"1.0","type":"se.lofteevents.lofte.given.v1","source":"urn:lofte:demo","id":"given-2019",
             "subject":"lofte/norrmalm-2019","time":"2018-12-20T12:00:00+01:00","data":{{definition}} }
            """,
            Encoding.UTF8,
            "application/cloudevents+json");
        var given = await client.PostAsync("/api/v1/events", content, Ct);
        given.StatusCode.ShouldBe(HttpStatusCode.Created, await given.Content.ReadAsStringAsync(Ct));
        var head = await norrmalm.Server.Store.HeadAsync(Ct);

        var compared = await norrmalm.ReadAsync(
            $"/api/v1/loften/norrmalm-2018/comparison?with=norrmalm-2019&on=2018-12-31&minPosition={head}");

        compared.GetProperty("commitments").EnumerateArray().Select(line => line.GetProperty("change").GetString())
            .ShouldBe(["raised", "same", "raised", "same"]);
        compared.GetProperty("problems").GetProperty("dropped")[0].GetString().ShouldBe("Mörka otrygga områden");
        using var page = await norrmalm.GetAsync("/loften/norrmalm-2018/jamforelse?with=norrmalm-2019&on=2018-12-31");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync(Ct)).ShouldContain("2018 och 2019 bredvid varandra");
    }

    [Fact]
    public async Task Says_which_promise_is_not_there_and_that_one_must_be_named()
    {
        var (status, problem) = await norrmalm.RefusedAsync("/api/v1/loften/norrmalm-2018/comparison?with=nowhere-2019");
        status.ShouldBe(404);
        problem.GetProperty("detail").GetString()!.ShouldContain("'nowhere-2019'");
        (await norrmalm.RefusedAsync("/api/v1/loften/norrmalm-2018/comparison")).Status.ShouldBe(400);
    }
}
