using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LofteEvents.Tests.Server;

public sealed class The_schemas_over_HTTP(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_listed_page_by_page()
    {
        var client = fixture.Server.Anonymous();
        var first = await client.GetFromJsonAsync<JsonElement>("/api/v1/schemas", Ct);

        first.GetProperty("limit").GetInt32().ShouldBe(20);
        first.GetProperty("total").GetInt32().ShouldBe(EventCatalogue.All.Count);
        var items = first.GetProperty("items").EnumerateArray().ToList();
        for (var page = 2; items.Count < EventCatalogue.All.Count; page++)
        {
            var next = await client.GetFromJsonAsync<JsonElement>($"/api/v1/schemas?page={page}", Ct);
            next.GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
            items.AddRange(next.GetProperty("items").EnumerateArray());
        }

        items
            .Select(item => item.GetProperty("name").GetString())
            .ShouldBe(EventCatalogue.All.Select(type => type.Name));
    }

    [Theory]
    [InlineData("insats.carried-out.v1")]
    [InlineData("se.lofteevents.insats.carried-out.v1")]
    public async Task Are_served_as_they_are_used(string type)
    {
        using var response = await fixture.Server.Anonymous().GetAsync($"/api/v1/schemas/{type}", Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/schema+json");
        EventCatalogue.TryFind("insats.carried-out.v1", out var known).ShouldBeTrue();
        (await response.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(known!.Schema.Text.ToArray());
    }

    [Fact]
    public async Task Hold_that_of_the_definition_language()
    {
        using var response = await fixture.Server.Anonymous().GetAsync("/api/v1/schemas/lofte.definition.v1", Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(LofteEvents.Loften.DefinitionSchema.Schema.Text.ToArray());
    }

    [Fact]
    public async Task That_are_not_there_come_with_a_suggestion()
    {
        using var response = await fixture.Server.Anonymous().GetAsync("/api/v1/schemas/insats.carried.v1", Ct);

        var answer = await Answer.ReadAsync(response, Ct);
        answer.ShouldBeRefused(404, "request.not-found");
        answer.Body.GetProperty("detail").GetString()!.ShouldContain("insats.");
    }

    [Fact]
    public async Task Stand_in_the_description_of_the_interface_with_examples_that_fit()
    {
        var description = await fixture.Server.Anonymous().GetFromJsonAsync<JsonElement>("/openapi/v1.json", Ct);

        var examples = description.GetProperty("paths").GetProperty("/api/v1/events").GetProperty("post")
            .GetProperty("requestBody").GetProperty("content").GetProperty("application/cloudevents+json")
            .GetProperty("examples");
        foreach (var type in EventCatalogue.All.Where(type => type.ThroughIntake))
        {
            var example = examples.GetProperty(type.Name).GetProperty("value");
            type.Schema.Check(example.GetProperty("data")).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task And_every_address_of_the_interface_is_described_with_its_errors()
    {
        var description = await fixture.Server.Anonymous().GetFromJsonAsync<JsonElement>("/openapi/v1.json", Ct);

        description.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        foreach (var path in description.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var where = $"{operation.Name} {path.Name}";
                operation.Value.TryGetProperty("summary", out _).ShouldBeTrue(where);
                operation.Value.TryGetProperty("operationId", out _).ShouldBeTrue(where);
                operation.Value.GetProperty("responses").TryGetProperty("4XX", out _).ShouldBeTrue(where);
            }
        }
    }
}
