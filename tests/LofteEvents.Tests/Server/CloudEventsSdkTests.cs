using System.Net;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.Extensions;
using CloudNative.CloudEvents.Http;
using CloudNative.CloudEvents.SystemTextJson;
using LofteEvents.Server.Access;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

/// <summary>What the official SDK makes is taken as it is, in every content mode.</summary>
public sealed class The_official_CloudEvents_SDK(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly JsonEventFormatter Formatter = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Publisher => fixture.Server.As(Roles.Publisher);

    [Theory]
    [InlineData(ContentMode.Structured)]
    [InlineData(ContentMode.Binary)]
    public async Task Publishes_one_event(ContentMode mode)
    {
        var said = Said();
        said.SetAttributeFromString("correlationid", "fall å %");

        var response = await Publisher.PostAsync("/api/v1/events", said.ToHttpContent(mode, Formatter), Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Ct));
        await foreach (var stored in fixture.Server.Store.ReadStreamAsync(said.Subject!, 0, 10, Ct))
        {
            stored.CorrelationId.ShouldBe("fall å %");
            EventHeaders.FromJson(stored.Headers.Span).Time.ShouldBe(said.Time);
        }
    }

    [Fact]
    public async Task Publishes_a_batch_and_the_same_in_another_mode_is_a_repeat()
    {
        var client = Publisher;
        CloudEvent[] batch = [Said(), Said()];

        var first = await client.PostAsync("/api/v1/events", batch.ToHttpContent(Formatter), Ct);
        var again = await client.PostAsync("/api/v1/events", batch[1].ToHttpContent(ContentMode.Binary, Formatter), Ct);

        first.StatusCode.ShouldBe(HttpStatusCode.Created, await first.Content.ReadAsStringAsync(Ct));
        again.StatusCode.ShouldBe(HttpStatusCode.OK, await again.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task Reads_what_the_log_gives()
    {
        var said = Said();
        await Publisher.PostAsync("/api/v1/events", said.ToHttpContent(ContentMode.Structured, Formatter), Ct);

        var text = await fixture.Server.As(Roles.Auditor).GetStringAsync($"/api/v1/events?stream={said.Subject}", Ct);

        var line = text.TrimEnd('\n').Split('\n').ShouldHaveSingleItem();
        var read = await Formatter.DecodeStructuredModeMessageAsync(
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(line)), new("application/cloudevents+json"), null);
        read.Id.ShouldBe(said.Id);
        read.Source.ShouldBe(said.Source);
        read.Type.ShouldBe(said.Type);
        read.Time.ShouldBe(said.Time);
        ((JsonElement)read.Data!).GetProperty("kind").GetString().ShouldBe("youth-narcotics");
    }

    private static CloudEvent Said()
    {
        var id = NewId();
        var data = CarriedOut(id)["data"]!;
        return new CloudEvent(CloudEventsSpecVersion.V1_0)
        {
            Id = id,
            Source = new Uri(Source),
            Type = "se.lofteevents.insats.carried-out.v1",
            Subject = $"insats/{id}",
            Time = new DateTimeOffset(2018, 3, 17, 2, 0, 0, TimeSpan.FromHours(1)),
            DataContentType = "application/json",
            Data = JsonSerializer.SerializeToElement(data),
        };
    }
}
