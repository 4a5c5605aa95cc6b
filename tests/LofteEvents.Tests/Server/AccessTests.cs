using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using LofteEvents.Server.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LofteEvents.Tests.Server;

public sealed class Access(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly DevelopmentIdentity Auditor = new("test:auditor", "Auditor", [Roles.Auditor], [], []);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_endpoint_says_whom_it_is_for()
    {
        var silent = fixture.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
                && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
                && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null)
            .Select(endpoint => endpoint.DisplayName);

        silent.ShouldBeEmpty("without a word an endpoint is for nobody");
    }

    [Theory]
    [InlineData("/api/v1/events", Roles.Auditor)]
    public async Task A_read_is_for_its_roles_and_for_no_other(string address, params string[] allowed)
    {
        foreach (var role in Roles.All)
        {
            using var answer = await fixture.Server.As(role).GetAsync(address, Ct);
            answer.StatusCode.ShouldBe(allowed.Contains(role) ? HttpStatusCode.OK : HttpStatusCode.Forbidden, role);
        }

        using var anonymous = await fixture.Server.Anonymous().GetAsync(address, Ct);
        (await Answer.ReadAsync(anonymous, Ct)).ShouldBeRefused(401, "access.not-signed-in");
        anonymous.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/api/v1/api-info")]
    [InlineData("/api/v1/schemas")]
    [InlineData("/api/v1/schemas/insats.carried-out.v1")]
    [InlineData("/api/v1/loften")]
    public async Task Some_reads_are_open_to_everyone(string address)
    {
        using var anonymous = await fixture.Server.Anonymous().GetAsync(address, Ct);
        anonymous.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var signedIn = await fixture.Server.As(Roles.Recipient).GetAsync(address, Ct);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_is_good_from_its_issue_to_its_end()
    {
        var now = TimeProvider.System.GetUtcNow();

        (await ReadAsync(fixture.Server.Token(Auditor, now))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ReadAsync(fixture.Server.Token(Auditor, now.AddDays(-8)))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ReadAsync(fixture.Server.Token(Auditor, now.AddDays(1)))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_that_does_not_say_whose_it_is_is_refused() =>
        (await ReadAsync(fixture.Server.Token(Auditor with { Subject = "" }))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_token_whose_words_were_changed_is_refused()
    {
        var token = fixture.Server.Token(Auditor).Split('.');
        var other = fixture.Server.Token(Auditor with { Subject = "test:other" }).Split('.');

        (await ReadAsync($"{token[0]}.{other[1]}.{token[2]}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_without_a_signature_is_refused()
    {
        var header = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""");
        var payload = fixture.Server.Token(Auditor).Split('.')[1];

        (await ReadAsync($"{header}.{payload}.")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("urn:someone:else", "lofte", false)]
    [InlineData(DevelopmentIssuer.Name, "another-system", false)]
    [InlineData(DevelopmentIssuer.Name, "lofte", true)]
    public async Task A_token_of_another_issuer_or_for_another_audience_is_refused(string issuer, string audience, bool isGood)
    {
        var key = fixture.Server.Services.GetRequiredService<DevelopmentIssuer>().SigningKey;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = now,
            Expires = now.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = "x", ["roles"] = new[] { Roles.Auditor } },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        });

        (await ReadAsync(token)).StatusCode.ShouldBe(isGood ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_signed_with_the_public_key_as_a_shared_secret_is_refused()
    {
        var issuer = fixture.Server.Services.GetRequiredService<DevelopmentIssuer>();
        var publicKey = ((ECDsaSecurityKey)issuer.SigningKey).ECDsa.ExportSubjectPublicKeyInfo();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = DevelopmentIssuer.Name,
            Audience = "lofte",
            NotBefore = now,
            Expires = now.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = "x", ["roles"] = new[] { Roles.Auditor } },
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(publicKey), SecurityAlgorithms.HmacSha256),
        });

        (await ReadAsync(token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("")]
    public async Task What_is_no_token_is_refused_with_what_to_do(string token)
    {
        using var response = await ReadAsync(token);

        (await Answer.ReadAsync(response, Ct)).ShouldBeRefused(401, "access.not-signed-in");
    }

    [Fact]
    public async Task A_role_is_a_word_and_not_part_of_one()
    {
        using var response = await ReadAsync(fixture.Server.Token(Auditor with { Roles = ["auditors", "AUDITOR", "auditor "] }));

        (await Answer.ReadAsync(response, Ct)).ShouldBeRefused(403, "access.forbidden");
    }

    [Fact]
    public async Task The_development_issuer_gives_a_token_for_a_role_on_this_machine()
    {
        var client = fixture.Server.Anonymous();

        using var response = await client.PostAsJsonAsync("/dev/token", new { role = Roles.Auditor }, Ct);
        var token = (await response.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("token").GetString()!;

        (await ReadAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_development_issuer_knows_only_the_roles_there_are()
    {
        using var response = await fixture.Server.Anonymous().PostAsJsonAsync("/dev/token", new { role = "king" }, Ct);

        (await Answer.ReadAsync(response, Ct)).ShouldBeRefused(400, "token.role-unknown");
    }

    private async Task<HttpResponseMessage> ReadAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events?limit=1");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await fixture.Server.Anonymous().SendAsync(request, Ct);
    }
}
