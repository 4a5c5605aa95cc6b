using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using LofteEvents.Server.Access;

namespace LofteEvents.Tests.Server;

public sealed class With_an_identity_provider
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_tokens_are_taken_and_there_is_no_development_issuer()
    {
        await using var provider = await IdentityProvider.StartAsync(Ct);
        await using var server = await LofteServer.StartAsync(Ct, Settings(provider.Address));

        (await StatusAsync(server, provider.Token("lofte", Roles.Auditor))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(server, provider.Token("lofte", Roles.Publisher))).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(server, provider.Token("another", Roles.Auditor))).ShouldBe(HttpStatusCode.Unauthorized);

        var folder = Directory.CreateTempSubdirectory("lofte-issuer-");
        using var issuer = DevelopmentIssuer.Open(folder.FullName, "lofte");
        var made = issuer.Issue(
            new DevelopmentIdentity("x", "X", [Roles.Auditor], [], []), TimeProvider.System.GetUtcNow());
        folder.Delete(recursive: true);
        (await StatusAsync(server, made)).ShouldBe(HttpStatusCode.Unauthorized);
        using var asked = await server.Anonymous().PostAsJsonAsync("/dev/token", new { role = Roles.Auditor }, Ct);
        asked.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task That_is_away_callers_are_told_to_come_back()
    {
        await using var provider = await IdentityProvider.StartAsync(Ct);
        var token = provider.Token("lofte", Roles.Auditor);
        await using var server = await LofteServer.StartAsync(Ct, Settings(provider.Address));
        await provider.StopAsync(Ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var response = await server.Anonymous().SendAsync(request, Ct);

        var answer = await Answer.ReadAsync(response, Ct);
        answer.ShouldBeRefused(503, "access.issuer-unavailable");
        answer.RetryAfter.ShouldNotBeNull();
    }

    private static Dictionary<string, string> Settings(string authority) => new() { ["Lofte:Authority"] = authority };

    private static async Task<HttpStatusCode> StatusAsync(LofteServer server, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await server.Anonymous().SendAsync(request, Ct);
        return response.StatusCode;
    }
}
