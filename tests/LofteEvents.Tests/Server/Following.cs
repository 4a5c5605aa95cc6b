using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using LofteEvents.Server.Access;
using LofteEvents.Tests.Tidy;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

/// <summary>A follower of a promise's feed, as a browser is one.</summary>
internal sealed class Follower : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private Follower(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> events) =>
        (_answer, _events) = (answer, events);

    /// <param name="lastEventId">What a browser sends when it comes back.</param>
    public static async Task<Follower> ConnectAsync(
        HttpClient client, string address, CancellationToken cancellationToken, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        ((int)answer.StatusCode).ShouldBe(200);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/event-stream");
        var events = SseParser.Create(await answer.Content.ReadAsStreamAsync(cancellationToken));
        return new Follower(answer, events.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken));
    }

    public async Task<Told> NextAsync()
    {
        (await _events.MoveNextAsync()).ShouldBeTrue("the server ended the feed");
        var told = _events.Current;
        told.EventType.ShouldBe("status");
        return new Told(long.Parse(told.EventId!, CultureInfo.InvariantCulture), told.Data);
    }

    /// <summary>True when the server ends the answer, as it should, and does not break it.</summary>
    public async Task<bool> EndsAsync() => !await _events.MoveNextAsync();

    public async ValueTask DisposeAsync()
    {
        // What is cut here is the connection; an enumerator that waits on it ends by that.
        _answer.Dispose();
        await _events.DisposeAsync();
    }
}

internal sealed record Told(long Position, string Data)
{
    public long Done(string commitment)
    {
        using var status = JsonDocument.Parse(Data);
        return Commitment(status.RootElement, commitment).GetProperty("counted").GetInt64();
    }

    private static JsonElement Commitment(JsonElement status, string id) =>
        status.GetProperty("commitments").EnumerateArray().Single(one => one.GetProperty("id").GetString() == id);
}

/// <summary>Norrmalm's promise without the demonstration's events.</summary>
internal static class NorrmalmGiven
{
    public static async Task GiveNorrmalmAsync(this LofteServer server, CancellationToken cancellationToken)
    {
        var definition = JsonNode.Parse(await File.ReadAllBytesAsync(
            Path.Combine(House.Root, "deploy", "loften", "norrmalm-2018.json"), cancellationToken))!;
        var coordinator = server.With(new DevelopmentIdentity(
            "test:coordinator", "Test", [Roles.Coordinator], [Source], []));
        (await coordinator.PublishAsync(
            Event("lofte.given.v1", "lofte/norrmalm-2018", NewId(), definition), cancellationToken)).ShouldBeTaken();
    }

    /// <summary>Publishes an insats that counts for <c>unga-narkotika</c>, or one of a kind that no promise asks for.</summary>
    /// <returns>Its position, which the projection has reached.</returns>
    public static async Task<long> PublishInsatsAsync(
        this LofteServer server, CancellationToken cancellationToken, string kind = "youth-narcotics")
    {
        var answer = await server.As(Roles.Publisher).PublishAsync(
            CarriedOut().With(said => said["data"]!["kind"] = kind), cancellationToken);
        answer.ShouldBeTaken();
        var position = answer.Results[0].GetProperty("position").GetInt64();
        using var read = await server.Anonymous().GetAsync(
            $"/api/v1/loften/norrmalm-2018/status?minPosition={position}", cancellationToken);
        ((int)read.StatusCode).ShouldBe(200);
        return position;
    }
}
