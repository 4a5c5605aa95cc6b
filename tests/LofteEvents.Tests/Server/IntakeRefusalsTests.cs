using System.Text;
using System.Text.Json.Nodes;
using LofteEvents.Server.Access;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class What_intake_refuses(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Publisher => fixture.Server.As(Roles.Publisher);

    [Theory]
    [InlineData("", "request.not-json", "#")]
    [InlineData("nonsense", "request.not-json", "#")]
    [InlineData("{\"specversion\":\"1.0\"", "request.not-json", "#/specversion")]
    [InlineData("{} {}", "request.not-json", "#")]
    [InlineData("[]", "event.invalid", "#")]
    [InlineData("\"text\"", "event.invalid", "#")]
    public async Task A_body_that_is_no_event(string body, string code, string pointer)
    {
        var answer = await RefusedAsync(() => Publisher.PublishAsync(body, Structured, Ct));

        answer.ShouldBeRefused(400, code);
        answer.Pointers.ShouldContain(pointer);
    }

    [Theory]
    [InlineData("{}", "event.invalid")]
    [InlineData("[{]", "request.not-json")]
    [InlineData("[1]", "event.invalid")]
    [InlineData("[[]]", "event.invalid")]
    public async Task A_body_that_is_no_batch(string body, string code) =>
        (await RefusedAsync(() => Publisher.PublishAsync(body, Batch, Ct))).ShouldBeRefused(400, code);

    [Theory]
    [InlineData("specversion", null)]
    [InlineData("specversion", "\"0.3\"")]
    [InlineData("specversion", "1.0")]
    [InlineData("id", null)]
    [InlineData("id", "\"\"")]
    [InlineData("id", "7")]
    [InlineData("id", "\"a\\u0007b\"")]
    [InlineData("source", null)]
    [InlineData("source", "\"\"")]
    [InlineData("source", "\"no uri\"")]
    [InlineData("source", "\"urn:x:%4\"")]
    [InlineData("type", null)]
    [InlineData("type", "\"insats.carried-out.v1\"")]
    [InlineData("type", "\"se.lofteevents.insats.carried-out.v9\"")]
    [InlineData("subject", null)]
    [InlineData("subject", "\"forum/ungdomar\"")]
    [InlineData("subject", "\"insats/\"")]
    [InlineData("subject", "\"insats/å\"")]
    [InlineData("subject", "\"insats/a/b\"")]
    [InlineData("time", null)]
    [InlineData("time", "\"\"")]
    [InlineData("time", "\"2018-03-17\"")]
    [InlineData("time", "\"2018-03-17T02:00:00\"")]
    [InlineData("time", "\"2018-03-17 02:00:00Z\"")]
    [InlineData("time", "\"2018-02-30T02:00:00Z\"")]
    [InlineData("time", "\"2018-03-17T24:00:00Z\"")]
    [InlineData("time", "\"2018-03-17T23:59:60Z\"")]
    [InlineData("time", "\"2018-03-17T02:00:00.Z\"")]
    [InlineData("time", "\"2018-03-17T02:00:00+1:00\"")]
    [InlineData("time", "\"2018-03-17T02:00:00+15:00\"")]
    [InlineData("time", "\"0001-01-01T00:00:00+01:00\"")]
    [InlineData("time", "1521248400")]
    [InlineData("datacontenttype", "\"text/plain\"")]
    [InlineData("datacontenttype", "\"application/json; charset=iso-8859-1\"")]
    [InlineData("expectedversion", "-1")]
    [InlineData("expectedversion", "\"01\"")]
    [InlineData("expectedversion", "true")]
    [InlineData("recordedtime", "\"2018-03-17T02:00:00\"")]
    [InlineData("correlationid", "\"\"")]
    [InlineData("expectedVersion", "0")]
    [InlineData("my-extension", "\"x\"")]
    [InlineData("extension", "{\"a\":1}")]
    [InlineData("data_base64", "\"e30=\"")]
    public async Task An_attribute_that_is_not_as_it_must_be(string name, string? value)
    {
        var said = CarriedOut().With(it =>
        {
            it.Remove(name);
            if (value is not null)
            {
                it[name] = JsonNode.Parse(value);
            }
        });

        var answer = await RefusedAsync(() => Publisher.PublishAsync(said, Ct));

        answer.ShouldBeRefused(400, "event.invalid");
        answer.Pointers.ShouldContain($"#/{name}");
    }

    [Theory]
    [InlineData("{\"kind\":\"a\",\"kind\":\"b\"}", "#/data/kind")]
    [InlineData("{\"kind\":\"a\",\"\\u006bind\":\"b\"}", "#/data/kind")]
    [InlineData("{\"place\":{\"area\":\"a\",\"area\":\"a\"}}", "#/data/place/area")]
    [InlineData("{\"title\":\"\\ud800\"}", "#/data/title")]
    [InlineData("{\"title\":\"\\udc00\\ud800\"}", "#/data/title")]
    [InlineData("{\"title\":\"a\\u0000b\"}", "#/data/title")]
    [InlineData("{\"hours\":1e2}", "#/data/hours")]
    [InlineData("{\"hours\":1E2}", "#/data/hours")]
    [InlineData("{\"hours\":1.0}", "#/data/hours")]
    [InlineData("{\"hours\":42.5}", "#/data/hours")]
    [InlineData("{\"hours\":9007199254740992}", "#/data/hours")]
    [InlineData("{\"hours\":-9007199254740992}", "#/data/hours")]
    public async Task JSON_that_not_every_reader_understands_alike(string data, string pointer)
    {
        var text = CarriedOut().With(it => it["data"] = "HERE").ToJsonString()
            .Replace("\"HERE\"", data, StringComparison.Ordinal);

        var alone = await RefusedAsync(() => Publisher.PublishAsync(text, Structured, Ct));
        var inBatch = await RefusedAsync(() => Publisher.PublishAsync($"[{CarriedOut().ToJsonString()},{text}]", Batch, Ct));

        alone.ShouldBeRefused(400, "event.invalid", pointer);
        inBatch.ShouldBeRefused(400, "event.invalid", pointer.Replace("#", "#/1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8()
    {
        var text = CarriedOut().With(it => it["data"]!["title"] = "HERE").ToJsonString();
        var bytes = Encoding.Latin1.GetBytes(text.Replace("HERE", "\u00e5", StringComparison.Ordinal));

        (await RefusedAsync(() => Publisher.PublishAsync(bytes, Structured, Ct)))
            .ShouldBeRefused(400, "event.invalid", "#/data/title");
    }

    [Theory]
    [InlineData(32, 422)]
    [InlineData(33, 400)]
    public async Task Data_deeper_than_32_levels(int levels, int status)
    {
        // The data's own object is the first level.
        var deep = string.Concat(Enumerable.Repeat("[", levels - 1)) + string.Concat(Enumerable.Repeat("]", levels - 1));
        var text = CarriedOut().With(it => it["data"] = "HERE").ToJsonString()
            .Replace("\"HERE\"", $"{{\"a\":{deep}}}", StringComparison.Ordinal);

        (await RefusedAsync(() => Publisher.PublishAsync(text, Structured, Ct))).Status.ShouldBe(status);
        (await RefusedAsync(() => Publisher.PublishAsync($"[{text}]", Batch, Ct))).Status.ShouldBe(status);
    }

    [Fact]
    public async Task An_unknown_type_comes_with_a_suggestion()
    {
        var said = CarriedOut().With(it => it["type"] = "se.lofteevents.insats.carriedout.v1");

        var answer = await RefusedAsync(() => Publisher.PublishAsync(said, Ct));

        answer.ShouldBeRefused(400, "event.invalid", "#/type");
        answer.Body.GetProperty("detail").GetString()!.ShouldContain("'se.lofteevents.insats.carried-out.v1'");
    }

    [Fact]
    public async Task All_faults_of_all_events_are_named_at_once()
    {
        var batch = new JsonArray(
            CarriedOut().With(it => it.Remove("time")),
            CarriedOut(),
            CarriedOut().With(it =>
            {
                it["subject"] = "insats/";
                it["id"] = "";
            }));

        (await RefusedAsync(() => Publisher.PublishAsync(batch, Ct)))
            .ShouldBeRefused(400, "event.invalid", "#/0/time", "#/2/subject", "#/2/id");
    }

    [Theory]
    [InlineData("ce-id", "a%2")]
    [InlineData("ce-id", "a%C3")]
    [InlineData("ce-my_ext", "x")]
    [InlineData("ce-datacontenttype", "application/json")]
    public async Task A_header_of_binary_mode_that_cannot_be_read(string header, string value)
    {
        var said = CarriedOut();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(said["data"]!.ToJsonString()));
        content.Headers.ContentType = new("application/json");
        foreach (var name in (string[])["specversion", "type", "source", "subject", "time", "id"])
        {
            if (header != "ce-" + name)
            {
                content.Headers.Add("ce-" + name, (string)said[name]!);
            }
        }

        content.Headers.TryAddWithoutValidation(header, value);
        using var response = await Publisher.PostAsync("/api/v1/events", content, Ct);

        var answer = await Answer.ReadAsync(response, Ct);
        answer.ShouldBeRefused(400, "event.invalid");
        answer.Pointers.ShouldContain("#/" + header["ce-".Length..]);
    }

    [Fact]
    public async Task A_header_of_binary_mode_in_Latin_1_as_some_SDKs_send_it()
    {
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 };
        using var client = new HttpClient(handler) { BaseAddress = Publisher.BaseAddress };
        client.DefaultRequestHeaders.Authorization = Publisher.DefaultRequestHeaders.Authorization;
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        content.Headers.Add("ce-id", NewId());
        content.Headers.Add("ce-correlationid", "fall å");

        using var response = await client.PostAsync("/api/v1/events", content, Ct);

        var answer = await Answer.ReadAsync(response, Ct);
        answer.ShouldBeRefused(400, "event.invalid");
        answer.Pointers.ShouldContain("#/correlationid");
    }

    private Task<Answer> RefusedAsync(Func<Task<Answer>> publish) => fixture.Server.StoringNothingAsync(publish, Ct);
}
