using System.Net;
using System.Text.Json.Nodes;
using LofteEvents.Server.Access;
using LofteEvents.Server.Intake;
using LofteEvents.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class When_there_is_no_room_or_no_database
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_that_is_away_is_503_until_it_is_back_and_nothing_is_lost_or_doubled()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var line = CuttableLine.To(database.ConnectionString);
        await using var server = await LofteServer.StartAsync(
            Ct,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:Lofte"] = line.ConnectionString,
                ["ConnectionStrings:LofteOwner"] = database.OwnerConnectionString,
            });
        var publisher = server.As(Roles.Publisher);
        (await publisher.PublishAsync(CarriedOut(), Ct)).ShouldBeTaken();

        line.Cut();
        var said = CarriedOut();
        var refused = await publisher.PublishAsync(said, Ct);

        refused.ShouldBeRefused(503, "store.unavailable");
        refused.RetryAfter.ShouldNotBeNull();
        (await StatusOfAsync(server.Anonymous(), "/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusOfAsync(server.Anonymous(), "/health/live")).ShouldBe(HttpStatusCode.OK);
        (await StatusOfAsync(server.As(Roles.Auditor), "/api/v1/events")).ShouldBe(HttpStatusCode.ServiceUnavailable);

        line.Mend();
        await Eventually.BecomesAsync(
            "the same request is taken", async token => (await publisher.PublishAsync(said, token)).Status is 200 or 201, Ct);
        (await publisher.PublishAsync(said, Ct)).ShouldBeTaken(200);
        (await StatusOfAsync(server.Anonymous(), "/health/ready")).ShouldBe(HttpStatusCode.OK);
        (await server.Store.ReadAllAsync(0, 10, Ct).ToListAsync(Ct)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_person_sees_a_page_that_says_so()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var line = CuttableLine.To(database.ConnectionString);
        await using var server = await LofteServer.StartAsync(
            Ct,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:Lofte"] = line.ConnectionString,
                ["ConnectionStrings:LofteOwner"] = database.OwnerConnectionString,
            });
        line.Cut();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/loften/norrmalm-2018");
        request.Headers.Accept.ParseAdd("text/html");

        using var response = await server.Anonymous().SendAsync(request, Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("text/html");
        response.Headers.RetryAfter.ShouldNotBeNull();
        (await response.Content.ReadAsStringAsync(Ct)).ShouldContain("Tjänsten svarar inte");
    }

    [Fact]
    public async Task More_than_intake_can_hold_is_429_and_is_stored_when_it_comes_back()
    {
        await using var server = await LofteServer.StartAsync(
            Ct, replace: services => services.AddSingleton(new IntakeAdmission(maxRequests: 10, maxBytes: 4096)));
        var publisher = server.As(Roles.Publisher);
        var small = CarriedOut();
        var large = new JsonArray([.. Enumerable.Range(0, 20).Select(_ => CarriedOut())]);

        var refused = await publisher.PublishAsync(large, Ct);

        refused.ShouldBeRefused(429, "request.too-many");
        refused.RetryAfter.ShouldBe("1");
        (await server.Store.HeadAsync(Ct)).ShouldBe(0);
        (await publisher.PublishAsync(small, Ct)).ShouldBeTaken();
    }

    [Fact]
    public void A_place_in_intake_is_given_back()
    {
        var admission = new IntakeAdmission(maxRequests: 2, maxBytes: 100);
        var one = admission.TryEnter(60).ShouldNotBeNull();
        admission.TryEnter(60).ShouldBeNull();
        var two = admission.TryEnter(40).ShouldNotBeNull();
        admission.TryEnter(0).ShouldBeNull();
        two.TryGrow(1).ShouldBeFalse();

        one.Dispose();
        two.Dispose();

        using var whole = admission.TryEnter(100).ShouldNotBeNull();
    }

    private static async Task<HttpStatusCode> StatusOfAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address, Ct);
        return response.StatusCode;
    }
}
