using System.Text;
using System.Text.Json.Nodes;
using LofteEvents.Server.Access;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class Sizes_and_media_types(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Structured = "application/cloudevents+json";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Publisher => fixture.Server.As(Roles.Publisher);

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/cloudevents+xml")]
    [InlineData("application/cloudevents")]
    [InlineData("application/cloudevents+json; charset=iso-8859-1")]
    public async Task Another_media_type_is_refused(string? contentType)
    {
        var body = Encoding.UTF8.GetBytes(CarriedOut().ToJsonString());

        (await RefusedAsync(() => Publisher.PublishAsync(body, contentType, Ct))).ShouldBeRefused(415, "request.media-type");
    }

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(CarriedOut().ToJsonString()));
        content.Headers.ContentType = new(Structured);
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await Publisher.PostAsync("/api/v1/events", content, Ct);

        (await Answer.ReadAsync(response, Ct)).ShouldBeRefused(415, "request.media-type");
    }

    [Fact]
    public async Task A_batch_of_1001_events_is_refused()
    {
        var batch = new JsonArray([.. Enumerable.Range(0, 1001).Select(_ => CarriedOut())]);

        (await RefusedAsync(() => Publisher.PublishAsync(batch, Ct))).ShouldBeRefused(413, "batch.too-long");
    }

    [Fact]
    public async Task A_batch_of_1000_events_is_taken()
    {
        var batch = new JsonArray([.. Enumerable.Range(0, 1000).Select(_ => CarriedOut())]);

        (await Publisher.PublishAsync(batch, Ct)).ShouldBeTaken();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_above_16_MiB_is_refused(bool isAnnounced)
    {
        var body = new byte[(16 * 1024 * 1024) + 1];
        body.AsSpan().Fill((byte)' ');
        using HttpContent content = isAnnounced ? new ByteArrayContent(body) : new StreamContent(new Unannounced(body));
        content.Headers.ContentType = new(Structured);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = content };

        // The client waits for leave to send the body: a server that refuses it closes the connection in the middle.
        request.Headers.ExpectContinue = isAnnounced;
        request.Headers.TransferEncodingChunked = !isAnnounced;
        using var response = await Publisher.SendAsync(request, Ct);

        (await Answer.ReadAsync(response, Ct)).ShouldBeRefused(413, "request.too-large");
    }

    [Fact]
    public async Task A_body_of_exactly_16_MiB_is_read()
    {
        var body = new byte[16 * 1024 * 1024];
        body.AsSpan().Fill((byte)' ');

        (await RefusedAsync(() => Publisher.PublishAsync(body, Structured, Ct))).ShouldBeRefused(400, "request.not-json");
    }

    private Task<Answer> RefusedAsync(Func<Task<Answer>> publish) => fixture.Server.StoringNothingAsync(publish, Ct);

    /// <summary>A stream that does not know its length.</summary>
    private sealed class Unannounced(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
