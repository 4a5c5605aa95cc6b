using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LofteEvents.Server.Access;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class Intake(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Publisher => fixture.Server.As(Roles.Publisher);

    private IEventStore Store => fixture.Server.Store;

    [Fact]
    public async Task A_single_event_is_stored_as_it_was_said()
    {
        var said = CarriedOut().With(it => it["correlationid"] = "case-7").With(it => it["causationid"] = "order-3");

        var answer = await Publisher.PublishAsync(said, Ct);

        answer.ShouldBeTaken();
        answer.MediaType.ShouldBe("application/json");
        var result = answer.Results.ShouldHaveSingleItem();
        result.GetProperty("id").GetString().ShouldBe((string?)said["id"]);
        result.GetProperty("source").GetString().ShouldBe(Source);
        result.GetProperty("stream").GetString().ShouldBe((string?)said["subject"]);
        result.GetProperty("version").GetInt64().ShouldBe(1);
        result.GetProperty("duplicate").GetBoolean().ShouldBeFalse();

        var stored = await StoredAsync(said);
        stored.Position.ShouldBe(result.GetProperty("position").GetInt64());
        stored.Id.ShouldBe(EventId.From(Source, (string)said["id"]!));
        stored.Type.ShouldBe("insats.carried-out.v1");
        JsonNode.DeepEquals(JsonNode.Parse(stored.Data.Span), said["data"]).ShouldBeTrue();
        stored.CorrelationId.ShouldBe("case-7");
        stored.CausationId.ShouldBe("order-3");
        var headers = EventHeaders.FromJson(stored.Headers.Span);
        headers.ShouldBe(new EventHeaders(
            Source, (string?)said["id"], new DateTimeOffset(2018, 3, 17, 1, 0, 0, TimeSpan.Zero), "test:publisher"));
    }

    [Fact]
    public async Task A_repeat_answers_with_the_first_numbers_however_its_JSON_is_written()
    {
        var said = CarriedOut();
        var first = await Publisher.PublishAsync(said, Ct);
        var sameWords = said.With(it => it["time"] = "2018-03-17T01:00:00.000Z");
        var otherOrder = new JsonObject(sameWords.Reverse().Select(member =>
            KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString(new() { WriteIndented = true });

        var again = await Publisher.PublishAsync(otherOrder, "application/cloudevents+json; charset=utf-8", Ct);

        again.ShouldBeTaken(200);
        var result = again.Results.Single();
        result.GetProperty("duplicate").GetBoolean().ShouldBeTrue();
        result.GetProperty("version").GetInt64().ShouldBe(1);
        result.GetProperty("position").GetInt64().ShouldBe(first.Results[0].GetProperty("position").GetInt64());
    }

    [Fact]
    public async Task The_same_fact_under_another_id_is_a_repeat_of_the_first()
    {
        var said = CarriedOut();
        var first = await Publisher.PublishAsync(said, Ct);
        var head = await Store.HeadAsync(Ct);

        var again = await Publisher.PublishAsync(said.With(it => it["id"] = NewId()), Ct);

        again.ShouldBeTaken(200);
        again.Results[0].GetProperty("duplicate").GetBoolean().ShouldBeTrue();
        again.Results[0].GetProperty("version").GetInt64().ShouldBe(1);
        again.Results[0].GetProperty("position").GetInt64().ShouldBe(first.Results[0].GetProperty("position").GetInt64());
        (await Store.HeadAsync(Ct)).ShouldBe(head);
    }

    [Fact]
    public async Task A_key_that_was_used_for_something_else_is_refused()
    {
        var said = CarriedOut();
        (await Publisher.PublishAsync(said, Ct)).ShouldBeTaken();
        var head = await Store.HeadAsync(Ct);

        var other = await Publisher.PublishAsync(said.With(it => it["data"]!["hours"] = 43), Ct);

        other.ShouldBeRefused(409, "event.key-reused", "#/id");
        (await Store.HeadAsync(Ct)).ShouldBe(head);
    }

    [Fact]
    public async Task Binary_mode_takes_the_attributes_from_headers()
    {
        var id = NewId();
        var said = CarriedOut(id);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(said["data"]!.ToJsonString()));
        content.Headers.ContentType = new("application/json");
        foreach (var name in (string[])["specversion", "type", "source", "subject", "time"])
        {
            content.Headers.Add("ce-" + name, (string)said[name]!);
        }

        content.Headers.Add("ce-id", id + "%20%C3%A5");
        content.Headers.Add("ce-correlationid", "\"a%20%22case%22\"");
        using var response = await Publisher.PostAsync("/api/v1/events", content, Ct);
        var answer = await Answer.ReadAsync(response, Ct);

        answer.ShouldBeTaken();
        answer.Results[0].GetProperty("id").GetString().ShouldBe(id + " å");
        var stored = await StoredAsync(said);
        stored.CorrelationId.ShouldBe("a \"case\"");
        JsonNode.DeepEquals(JsonNode.Parse(stored.Data.Span), said["data"]).ShouldBeTrue();
    }

    [Fact]
    public async Task Data_may_come_in_base64()
    {
        var said = CarriedOut();
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(said["data"]!.ToJsonString()));

        var answer = await Publisher.PublishAsync(
            said.With(it =>
            {
                it.Remove("data");
                it["data_base64"] = data;
            }),
            Ct);

        answer.ShouldBeTaken();
        JsonNode.DeepEquals(JsonNode.Parse((await StoredAsync(said)).Data.Span), said["data"]).ShouldBeTrue();
    }

    [Fact]
    public async Task Extensions_that_mean_nothing_here_are_passed_over_and_null_is_nothing()
    {
        var said = CarriedOut();

        var answer = await Publisher.PublishAsync(
            said.With(it =>
            {
                it["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b9c7c989f97918e1-01";
                it["sampledrate"] = 30;
                it["correlationid"] = null;
            }),
            Ct);

        answer.ShouldBeTaken();
        (await StoredAsync(said)).CorrelationId.ShouldBeNull();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"0\"")]
    public async Task The_expected_version_is_held_against_the_stream(string zero)
    {
        var said = CarriedOut().With(it => it["expectedversion"] = JsonNode.Parse(zero));
        (await Publisher.PublishAsync(said, Ct)).ShouldBeTaken();
        var stream = (string)said["subject"]!;
        var voided = Event("insats.voided.v1", stream, NewId(), new JsonObject { ["reason"] = "Fel." });

        (await Publisher.PublishAsync(voided.With(it => it["expectedversion"] = 0), Ct))
            .ShouldBeRefused(412, "stream.version-mismatch", "#/expectedversion");
        (await Publisher.PublishAsync(voided.With(it => it["expectedversion"] = 1), Ct)).ShouldBeTaken();

        // A repeat is a repeat, whatever it expects.
        (await Publisher.PublishAsync(voided.With(it => it["expectedversion"] = 1), Ct)).ShouldBeTaken(200);
    }

    [Fact]
    public async Task Within_a_batch_the_expected_version_counts_what_the_batch_adds()
    {
        var id = NewId();
        var voided = Event("insats.voided.v1", $"insats/{id}", NewId(), new JsonObject { ["reason"] = "Fel." });
        var batch = new JsonArray(
            CarriedOut(id).With(it => it["expectedversion"] = 0), voided.With(it => it["expectedversion"] = 1));

        (await Publisher.PublishAsync(batch, Ct)).ShouldBeTaken();
    }

    [Fact]
    public async Task A_rules_refusal_names_the_rule_and_the_place()
    {
        var said = CarriedOut().With(it => it["data"]!["place"]!["area"] = "atlantis");
        var head = await Store.HeadAsync(Ct);

        var answer = await Publisher.PublishAsync(new JsonArray(CarriedOut(), said), Ct);

        answer.ShouldBeRefused(409, "area.unknown", "#/1/data/place/area");
        (await Store.HeadAsync(Ct)).ShouldBe(head);
    }

    [Fact]
    public async Task Every_fault_against_a_schema_is_named()
    {
        var wrong = CarriedOut().With(it =>
        {
            it["data"]!["kind"] = "Not Kebab";
            it["data"]!.AsObject().Remove("place");
            it["data"]!["colour"] = "blue";
        });

        var answer = await Publisher.PublishAsync(new JsonArray(CarriedOut(), wrong), Ct);

        answer.ShouldBeRefused(422, "event.schema", "#/1/data/kind", "#/1/data/place", "#/1/data/colour");
    }

    [Theory]
    [InlineData("T", "Z")]
    [InlineData("t", "z")]
    [InlineData("T", ".123456789Z")]
    [InlineData("T", "-00:00")]
    [InlineData("T", "+14:00")]
    public async Task Times_are_taken_in_every_form_of_RFC_3339(string separator, string end)
    {
        var said = CarriedOut().With(it => it["time"] = $"2018-03-17{separator}02:00:00{end}");

        (await Publisher.PublishAsync(said, Ct)).ShouldBeTaken();
    }

    private async Task<StoredEvent> StoredAsync(JsonObject said)
    {
        var events = new List<StoredEvent>();
        await foreach (var stored in Store.ReadStreamAsync((string)said["subject"]!, 0, 10, Ct))
        {
            events.Add(stored);
        }

        return events.ShouldHaveSingleItem();
    }
}
