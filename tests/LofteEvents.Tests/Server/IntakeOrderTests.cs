using System.Text;
using System.Text.Json.Nodes;
using LofteEvents.Server.Access;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

/// <summary>Each check of intake hides those behind it: an event that fails two says only the first.</summary>
public sealed class The_order_of_intakes_checks(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Structured = "application/cloudevents+json";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Publisher => fixture.Server.As(Roles.Publisher);

    [Fact]
    public async Task Who_is_not_signed_in_learns_nothing_else() =>
        (await fixture.Server.Anonymous().PublishAsync([], "text/plain", Ct)).ShouldBeRefused(401, "access.not-signed-in");

    [Fact]
    public async Task The_media_type_comes_before_the_body() =>
        (await Publisher.PublishAsync("nonsense", "text/plain", Ct)).ShouldBeRefused(415, "request.media-type");

    [Fact]
    public async Task The_length_of_a_batch_comes_before_its_soundness()
    {
        var batch = string.Join(',', Enumerable.Repeat("{}", 1001));

        (await Publisher.PublishAsync($"[{batch}]", "application/cloudevents-batch+json", Ct))
            .ShouldBeRefused(413, "batch.too-long");
    }

    [Fact]
    public async Task Soundness_comes_before_permission()
    {
        var said = CarriedOut().With(it =>
        {
            it["source"] = "urn:someone:else";
            it.Remove("time");
        });

        (await Publisher.PublishAsync(said, Ct)).ShouldBeRefused(400, "event.invalid", "#/time");
    }

    [Fact]
    public async Task Permission_comes_before_repeats()
    {
        var said = CarriedOut();
        (await Publisher.PublishAsync(said, Ct)).ShouldBeTaken();

        (await fixture.Server.As(Roles.Coordinator).PublishAsync(said, Ct)).ShouldBeRefused(403, "role.not-allowed", "#/type");
    }

    [Fact]
    public async Task Repeats_come_before_schemas()
    {
        var said = CarriedOut();
        (await Publisher.PublishAsync(said, Ct)).ShouldBeTaken();
        var other = said.With(it => it["data"] = new JsonObject { ["colour"] = "blue" });

        (await Publisher.PublishAsync(other, Ct)).ShouldBeRefused(409, "event.key-reused", "#/id");
    }

    [Fact]
    public async Task Schemas_come_before_expected_versions()
    {
        var said = CarriedOut().With(it =>
        {
            it["expectedversion"] = 7;
            it["data"]!["kind"] = 1;
        });

        (await Publisher.PublishAsync(said, Ct)).ShouldBeRefused(422, "event.schema", "#/data/kind");
    }

    [Fact]
    public async Task Expected_versions_come_before_rules()
    {
        var batch = new JsonArray(
            CarriedOut().With(it => it["data"]!["place"]!["area"] = "atlantis"),
            CarriedOut().With(it => it["expectedversion"] = 7));

        (await Publisher.PublishAsync(batch, Ct)).ShouldBeRefused(412, "stream.version-mismatch", "#/1/expectedversion");
    }

    [Fact]
    public async Task A_fault_in_one_event_refuses_the_whole_batch_with_the_first_stage_that_any_event_fails()
    {
        var head = await fixture.Server.Store.HeadAsync(Ct);
        var batch = new JsonArray(
            CarriedOut(),
            CarriedOut().With(it => it["data"]!["kind"] = 1),
            CarriedOut().With(it => it["source"] = "urn:someone:else"));

        (await Publisher.PublishAsync(batch, Ct)).ShouldBeRefused(403, "source.not-allowed", "#/2/source");
        (await fixture.Server.Store.HeadAsync(Ct)).ShouldBe(head);
    }

    [Fact]
    public async Task Size_comes_before_soundness_too()
    {
        var body = Encoding.UTF8.GetBytes(new string('x', (16 * 1024 * 1024) + 1));
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(Structured);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = content };
        request.Headers.ExpectContinue = true;
        using var response = await Publisher.SendAsync(request, Ct);

        (await Answer.ReadAsync(response, Ct)).ShouldBeRefused(413, "request.too-large");
    }
}
