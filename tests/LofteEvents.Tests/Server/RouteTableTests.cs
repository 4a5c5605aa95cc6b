using System.Security.Claims;
using LofteEvents.Server.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LofteEvents.Tests.Server;

/// <summary>Every route, and who may use it. A new route is added here, or the test fails.</summary>
public sealed class Every_route(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Everyone = "everyone";
    private const string SignedIn = "signed in";

    private static readonly Dictionary<string, string[]> Table = new()
    {
        ["GET /health/live"] = [Everyone],
        ["GET /health/ready"] = [Everyone],
        ["GET /openapi/{documentName}.json"] = [Everyone],
        ["POST /dev/token"] = [Everyone],
        ["POST /api/v1/events"] = [SignedIn],
        ["GET /api/v1/events"] = [Roles.Auditor],
        ["GET /api/v1/events/{position:long}/proof"] = [Roles.Auditor],
        ["GET /api/v1/events/proof"] = [Roles.Auditor],
        ["GET /log/key"] = [Everyone],
        ["GET /log/checkpoint"] = [Everyone],
        ["GET /log/tile/{**path}"] = [Everyone],
        ["GET /log/tile/entries/{**path}"] = [Everyone], // In Development, as here; elsewhere auditors.
        ["GET /api/v1/schemas"] = [Everyone],
        ["GET /api/v1/schemas/{type}"] = [Everyone],
        ["GET /api/v1/api-info"] = [Everyone],
        ["GET /api/v1/loften"] = [Everyone],
        ["GET /api/v1/loften/{id}"] = [Everyone],
        ["GET /api/v1/loften/{id}/status"] = [Everyone],
        ["GET /api/v1/loften/{id}/commitments/{commitment}"] = [Everyone],
        ["GET /api/v1/loften/{id}/timeline"] = [Everyone],
        ["GET /api/v1/loften/{id}/feed"] = [Everyone],
        ["GET /api/v1/loften/{id}/comparison"] = [Everyone],
        ["GET /api/v1/open-data/{year:int:range(1900,2199)}/status.json"] = [Everyone],
        ["GET /api/v1/open-data/{year:int:range(1900,2199)}/status.csv"] = [Everyone],
        ["GET /api/v1/open-data/{year:int:range(1900,2199)}/evaluation.json"] = [Everyone],
        ["GET /api/v1/open-data/{year:int:range(1900,2199)}/evaluation.csv"] = [Everyone],
        ["GET /api/v1/open-data/atom.xml"] = [Everyone],
        ["GET /api/v1/open-data/dcat.jsonld"] = [Everyone],
        ["GET /api/v1/loften/{id}/evaluation"] = [Everyone],
        ["GET /api/v1/loften/{id}/evaluation/{file}"] = [Everyone],
        ["GET /api/v1/notices"] = [Roles.Officer, Roles.Recipient, Roles.Auditor],
        ["GET /api/v1/notices/{id}"] = [Roles.Officer, Roles.Recipient, Roles.Auditor],
        ["GET /api/v1/notices/{id}/content"] = [Roles.Officer, Roles.Recipient],
        ["POST /api/v1/notices/{id}/decision"] = [Roles.Officer],
        ["POST /api/v1/notices/{id}/attempts"] = [Roles.Officer],
        ["POST /api/v1/notices/{id}/acknowledgement"] = [Roles.Officer, Roles.Recipient],
        ["GET /api/v1/projections"] = [Roles.Operator, Roles.Auditor],
        ["POST /api/v1/projections/{name}/rebuild"] = [Roles.Operator],
        ["GET /api/v1/dead-letters"] = [Roles.Operator, Roles.Auditor],
        ["POST /api/v1/dead-letters/replay"] = [Roles.Operator],
        ["GET /lofte.css"] = [Everyone],
        ["GET /lofte.js"] = [Everyone],
        ["GET /lofte.svg"] = [Everyone],
        ["ANY /"] = [Everyone],
        ["ANY /loften/{id}"] = [Everyone],
        ["ANY /loften/{id}/jamforelse"] = [Everyone],
        ["ANY /loften/{id}/utvardering"] = [Everyone],
        ["ANY /loften/{id}/atagande/{commitment}"] = [Everyone],
        ["ANY /loften/{id}/tidslinje"] = [Everyone],
        ["ANY /tillganglighet"] = [Everyone],
        ["ANY /{**path:browser}"] = [Everyone],
        ["ANY /{**path}"] = [Everyone],
    };

    public static TheoryData<string> Callers => [Everyone, SignedIn, .. Roles.All];

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task Is_open_to_whom_the_table_names_and_to_no_other(string caller)
    {
        var principal = new ClaimsPrincipal(caller switch
        {
            Everyone => new ClaimsIdentity(),
            SignedIn => Identity("a-role-that-means-nothing"),
            _ => Identity(caller),
        });
        foreach (var endpoint in fixture.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>())
        {
            foreach (var route in RoutesOf(endpoint))
            {
                Table.ShouldContainKey(route, "say in the table who may use this route");
                var isAllowed = Table[route].Contains(caller)
                    || Table[route].Contains(Everyone)
                    || (Table[route].Contains(SignedIn) && caller != Everyone);
                (await LetsInAsync(endpoint, principal)).ShouldBe(isAllowed, $"{route} for {caller}");
            }
        }
    }

    [Fact]
    public void Of_the_table_is_there()
    {
        var routes = fixture.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()
            .SelectMany(RoutesOf);

        Table.Keys.Except(routes).ShouldBeEmpty();
    }

    private static IEnumerable<string> RoutesOf(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"];
        return methods.Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}");
    }

    private async Task<bool> LetsInAsync(RouteEndpoint endpoint, ClaimsPrincipal caller)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return true;
        }

        var services = fixture.Server.Services;
        var policy = await AuthorizationPolicy.CombineAsync(
            services.GetRequiredService<IAuthorizationPolicyProvider>(),
            endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(),
            endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>());
        await using var scope = services.CreateAsyncScope();
        var answer = await scope.ServiceProvider.GetRequiredService<IAuthorizationService>()
            .AuthorizeAsync(caller, endpoint, policy.ShouldNotBeNull("the fallback policy, if nothing else"));
        return answer.Succeeded;
    }

    private static ClaimsIdentity Identity(string role) =>
        new([new Claim("sub", "test"), new Claim(Caller.RolesClaim, role)], "Bearer", "name", Caller.RolesClaim);
}
