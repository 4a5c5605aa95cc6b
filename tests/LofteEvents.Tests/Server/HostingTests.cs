using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LofteEvents.Tests.Server;

public sealed class The_hosted_server(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Says_that_it_is_healthy(string address)
    {
        var answer = await fixture.Server.Anonymous().GetAsync(address, Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("status").GetString().ShouldBe("healthy");
    }

    [Theory]
    [InlineData("GET", "/nothing/here", 404, "request.not-found")]
    [InlineData("GET", "/api/v1/events/first/proof", 404, "request.not-found")]
    [InlineData("DELETE", "/api/v1/events", 405, "request.method-not-allowed")]
    public async Task Answers_an_address_it_does_not_have_with_problem_details(
        string method, string address, int status, string code)
    {
        var answer = await fixture.Server.Anonymous().SendAsync(new HttpRequestMessage(new HttpMethod(method), address), Ct);

        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("type").GetString().ShouldBe($"urn:lofte:problem:{code}");
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("instance").GetString().ShouldBe(address);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/nothing/here")]
    public async Task Tells_browsers_what_they_may_not_do(string address)
    {
        var answer = await fixture.Server.Anonymous().GetAsync(address, Ct);

        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        answer.Headers.Server.ShouldBeEmpty();
    }
}
