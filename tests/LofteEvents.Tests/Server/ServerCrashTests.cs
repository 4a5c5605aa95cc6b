using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LofteEvents.Postgres.Embedded;
using LofteEvents.Server.Access;
using LofteEvents.Tests.Postgres.Embedded;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

/// <summary>
/// The real server with its real database, killed with the signal that no process can answer while publishers go on: they do what
/// any publisher should, and send what was not answered again.
/// </summary>
public sealed class A_server_that_is_killed_again_and_again
{
    private const int Publishers = 8;
    private const int EventsPerPublisher = 250;
    private const int EventsInABatch = 10;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_every_acknowledged_event_once_at_the_position_it_said()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Ct);
        await using var line = new Line(folder);
        await line.StartAsync(Ct);
        var acknowledged = new ConcurrentDictionary<string, long>();

        var publishing = Enumerable.Range(0, Publishers).Select(number => PublishAsync(line, number, acknowledged)).ToArray();
        const int All = Publishers * EventsPerPublisher;
        await WhenAcknowledgedAsync(acknowledged, All / 5);
        await line.KillDatabaseAsync(Ct);
        await WhenAcknowledgedAsync(acknowledged, 2 * All / 5);
        await line.KillServerAsync(Ct);
        await line.StartAsync(Ct);
        await WhenAcknowledgedAsync(acknowledged, 3 * All / 5);
        await Task.WhenAll(line.KillDatabaseAsync(Ct), line.KillServerAsync(Ct));
        await line.StartAsync(Ct);
        await Task.WhenAll(publishing);

        var log = await line.ReadLogAsync(Ct);
        log.Count.ShouldBe(All);
        log.ToDictionary(said => said["id"]!.GetValue<string>(), said => said["position"]!.GetValue<long>())
            .ShouldBe(acknowledged.ToDictionary(), ignoreOrder: true);
        log.ShouldAllBe(said => said["version"]!.GetValue<long>() == 1);
    }

    private static Task WhenAcknowledgedAsync(ConcurrentDictionary<string, long> acknowledged, int count) =>
        Eventually.BecomesAsync($"{count} events are acknowledged", () => acknowledged.Count >= count, Ct);

    /// <summary>One publisher: alone or in batches, one request after the other, each sent until it is answered.</summary>
    private static async Task PublishAsync(Line line, int publisher, ConcurrentDictionary<string, long> acknowledged)
    {
        var size = publisher % 2 == 0 ? 1 : EventsInABatch;
        for (var first = 0; first < EventsPerPublisher; first += size)
        {
            var ids = Enumerable.Range(first, size).Select(number => $"crash-{publisher}-{number}");
            var said = ids.Select(id => CarriedOut(id)).ToArray();
            JsonNode body = size == 1 ? said[0] : new JsonArray([.. said]);
            Answer? answer = null;
            await Eventually.BecomesAsync(
                "an event is acknowledged",
                async token => (answer = await line.TryPublishAsync(body, token)) is not null,
                Ct);
            foreach (var result in answer!.Results)
            {
                acknowledged[result.GetProperty("id").GetString()!] = result.GetProperty("position").GetInt64();
            }
        }
    }

    /// <summary>The way to whichever process is the server just now.</summary>
    private sealed class Line(EmbeddedFolder folder) : IAsyncDisposable
    {
        private ServerProcess? _server;
        private HttpClient _publisher = new();

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            _server = await ServerProcess.StartReadyAsync(folder, cancellationToken);
            await _server.SignInAsync(Roles.Publisher, cancellationToken);
            _publisher = _server.Client;
        }

        /// <returns>Null where there was no answer, or one that said to come back.</returns>
        public async Task<Answer?> TryPublishAsync(JsonNode said, CancellationToken cancellationToken)
        {
            try
            {
                var answer = await _publisher.PublishAsync(said.DeepClone(), cancellationToken);
                if (answer.Status == 503)
                {
                    answer.RetryAfter.ShouldNotBeNull();
                    return null;
                }

                answer.Status.ShouldBeOneOf(200, 201);
                return answer;
            }
            catch (Exception gone) when (gone is HttpRequestException or ObjectDisposedException or InvalidOperationException)
            {
                return null;
            }
        }

        public async Task KillServerAsync(CancellationToken cancellationToken) =>
            await _server!.SignalAsync("KILL", cancellationToken);

        public async Task KillDatabaseAsync(CancellationToken cancellationToken)
        {
            var database = PostmasterPid.Read((await folder.PlaceAsync(cancellationToken)).Data).ShouldNotBeNull().Process;
            await EmbeddedFolder.KillAsync(database, cancellationToken);
        }

        public async Task<List<JsonObject>> ReadLogAsync(CancellationToken cancellationToken)
        {
            await _server!.SignInAsync(Roles.Auditor, cancellationToken);
            var text = await _server.Client.GetStringAsync("/api/v1/events?limit=10000", cancellationToken);
            return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
        }

        public async ValueTask DisposeAsync()
        {
            if (_server is not null)
            {
                await _server.DisposeAsync();
            }
        }
    }
}
