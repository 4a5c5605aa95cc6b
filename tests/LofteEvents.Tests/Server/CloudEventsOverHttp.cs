using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LofteEvents.Tests.Server;

/// <summary>CloudEvents as a publisher's own code would make and send them, without any SDK.</summary>
internal static class CloudEventsOverHttp
{
    public const string Source = "urn:lofte:demo";

    private static int _count;

    /// <summary>A name that no other test uses.</summary>
    public static string NewId() => $"test-{Interlocked.Increment(ref _count)}";

    /// <summary>A whole event that an insats was carried out, in a stream of its own.</summary>
    public static JsonObject CarriedOut(string? id = null, string? subject = null)
    {
        id ??= NewId();
        return Event("insats.carried-out.v1", subject ?? $"insats/{id}", id, new JsonObject
        {
            ["kind"] = "youth-narcotics",
            ["title"] = "Riktad insats",
            ["organiser"] = "norrmalm",
            ["place"] = new JsonObject { ["area"] = "norrmalm", ["name"] = "Sergels torg" },
            ["from"] = "2018-03-16T18:00:00+01:00",
            ["to"] = "2018-03-17T01:30:00+01:00",
            ["tags"] = new JsonArray("riktad"),
            ["hours"] = 42,
        });
    }

    public static JsonObject Event(string type, string subject, string id, JsonNode data) => new()
    {
        ["specversion"] = "1.0",
        ["type"] = "se.lofteevents." + type,
        ["source"] = Source,
        ["id"] = id,
        ["subject"] = subject,
        ["time"] = "2018-03-17T02:00:00+01:00",
        ["datacontenttype"] = "application/json",
        ["data"] = data,
    };

    /// <summary>The same event with something changed.</summary>
    public static JsonObject With(this JsonObject said, Action<JsonObject> change)
    {
        var changed = (JsonObject)said.DeepClone();
        change(changed);
        return changed;
    }

    /// <summary>Publishes, and holds that nothing was stored.</summary>
    public static async Task<Answer> StoringNothingAsync(
        this LofteServer server, Func<Task<Answer>> publish, CancellationToken cancellationToken)
    {
        var head = await server.Store.HeadAsync(cancellationToken);
        var answer = await publish();
        (await server.Store.HeadAsync(cancellationToken)).ShouldBe(head);
        return answer;
    }

    public static Task<Answer> PublishAsync(this HttpClient client, JsonNode body, CancellationToken cancellationToken) =>
        client.PublishAsync(
            body.ToJsonString(),
            body is JsonArray ? "application/cloudevents-batch+json" : "application/cloudevents+json",
            cancellationToken);

    public static Task<Answer> PublishAsync(
        this HttpClient client, string body, string contentType, CancellationToken cancellationToken) =>
        client.PublishAsync(Encoding.UTF8.GetBytes(body), contentType, cancellationToken);

    public static async Task<Answer> PublishAsync(
        this HttpClient client, byte[] body, string? contentType, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        using var response = await client.PostAsync("/api/v1/events", content, cancellationToken);
        return await Answer.ReadAsync(response, cancellationToken);
    }
}

/// <summary>What the server answered.</summary>
/// <param name="Body">Undefined where there was none.</param>
internal sealed record Answer(int Status, string? MediaType, JsonElement Body, string? RetryAfter)
{
    public string Code => Body.GetProperty("code").GetString()!;

    public IReadOnlyList<string> Pointers =>
        [.. Body.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!)];

    public IReadOnlyList<JsonElement> Results => [.. Body.GetProperty("results").EnumerateArray()];

    public static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new Answer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            text.Length == 0 ? default : JsonDocument.Parse(text).RootElement,
            response.Headers.RetryAfter?.ToString());
    }

    public void ShouldBeRefused(int status, string code, params string[] pointers)
    {
        Status.ShouldBe(status, Body.ToString());
        MediaType.ShouldBe("application/problem+json");
        Code.ShouldBe(code);
        if (pointers.Length > 0)
        {
            Pointers.ShouldBe(pointers, ignoreOrder: true);
        }
    }

    public void ShouldBeTaken(int status = 201) => Status.ShouldBe(status, Body.ToString());
}
