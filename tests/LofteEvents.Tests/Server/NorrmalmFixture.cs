using System.Net;
using System.Text;
using System.Text.Json;
using LofteEvents.Server.Access;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Server;

/// <summary>The real server with the invented year of Norrmalm 2018 in it, published through the front door; read only.</summary>
public sealed class NorrmalmFixture : IAsyncLifetime
{
    private const int BatchEvents = 100;
    private LofteServer? _server;

    public LofteServer Server => _server ?? throw new InvalidOperationException("The fixture was not initialised by the runner.");

    /// <summary>Position of the newest event.</summary>
    public long Head { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _server = await LofteServer.StartAsync(cancellationToken);
        var client = _server.With(new DevelopmentIdentity(
            "test:year",
            "Test",
            [Roles.Publisher, Roles.Coordinator, Roles.Evaluator, Roles.Operator],
            ["urn:lofte:demo"],
            []));
        var year = await File.ReadAllLinesAsync(
            Path.Combine(House.Root, "deploy", "loften", "norrmalm-2018-year.ndjson"), cancellationToken);
        foreach (var batch in year.Chunk(BatchEvents))
        {
            using var content = new StringContent(
                $"[{string.Join(',', batch)}]", Encoding.UTF8, "application/cloudevents-batch+json");
            var answer = await client.PostAsync("/api/v1/events", content, cancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        Head = await _server.Store.HeadAsync(cancellationToken);
        await ReadAsync($"/api/v1/loften/norrmalm-2018/status?minPosition={Head}");
        await ReadAsync($"/api/v1/loften?minPosition={Head}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    public Task<HttpResponseMessage> GetAsync(string address) =>
        Server.Anonymous().GetAsync(address, TestContext.Current.CancellationToken);

    /// <summary>The JSON of an answer that must be 200.</summary>
    public async Task<JsonElement> ReadAsync(string address)
    {
        using var answer = await GetAsync(address);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>The problem of an answer that must not be 200.</summary>
    public async Task<(int Status, JsonElement Problem)> RefusedAsync(string address)
    {
        using var answer = await GetAsync(address);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return ((int)answer.StatusCode, document.RootElement.Clone());
    }
}
