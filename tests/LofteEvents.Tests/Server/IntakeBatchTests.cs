using System.Text.Json.Nodes;
using LofteEvents.Server.Access;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class A_batch(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private HttpClient Publisher => fixture.Server.As(Roles.Publisher);

    private IEventStore Store => fixture.Server.Store;

    [Fact]
    public async Task Is_stored_whole_in_its_own_order_and_each_decision_sees_those_before()
    {
        var one = NewId();
        var other = NewId();
        var voided = Event("insats.voided.v1", $"insats/{one}", $"{one}-void", new JsonObject { ["reason"] = "Fel dag." });
        var batch = new JsonArray(CarriedOut(one), CarriedOut(other), voided);

        var answer = await Publisher.PublishAsync(batch, Ct);

        answer.ShouldBeTaken();
        answer.Results.Select(result => result.GetProperty("stream").GetString())
            .ShouldBe([$"insats/{one}", $"insats/{other}", $"insats/{one}"]);
        answer.Results.Select(result => result.GetProperty("version").GetInt64()).ShouldBe([1, 1, 2]);
        var positions = answer.Results.Select(result => result.GetProperty("position").GetInt64()).ToArray();
        positions.ShouldBe(positions.Order());
    }

    [Fact]
    public async Task Of_new_events_and_repeats_stores_the_new_and_answers_the_repeats_as_then()
    {
        var known = CarriedOut();
        var first = await Publisher.PublishAsync(known, Ct);
        var fresh = CarriedOut();

        var answer = await Publisher.PublishAsync(new JsonArray(known.DeepClone(), fresh), Ct);

        answer.ShouldBeTaken();
        answer.Results.Select(result => result.GetProperty("duplicate").GetBoolean()).ShouldBe([true, false]);
        answer.Results[0].GetProperty("position").GetInt64().ShouldBe(first.Results[0].GetProperty("position").GetInt64());
    }

    [Fact]
    public async Task With_the_same_event_twice_stores_it_once()
    {
        var said = CarriedOut();

        var answer = await Publisher.PublishAsync(new JsonArray(said, CarriedOut(), said.DeepClone()), Ct);

        answer.ShouldBeTaken();
        answer.Results.Select(result => result.GetProperty("duplicate").GetBoolean()).ShouldBe([false, false, true]);
        answer.Results[2].GetProperty("position").GetInt64().ShouldBe(answer.Results[0].GetProperty("position").GetInt64());
    }

    [Fact]
    public async Task With_one_key_for_two_contents_is_refused()
    {
        var said = CarriedOut();
        var head = await Store.HeadAsync(Ct);

        var answer = await Publisher.PublishAsync(new JsonArray(said, said.With(it => it["data"]!["hours"] = 1)), Ct);

        answer.ShouldBeRefused(409, "event.key-reused", "#/1/id");
        (await Store.HeadAsync(Ct)).ShouldBe(head);
    }

    [Fact]
    public async Task Without_events_is_nothing_new()
    {
        var answer = await Publisher.PublishAsync(new JsonArray(), Ct);

        answer.ShouldBeTaken(200);
        answer.Results.ShouldBeEmpty();
    }
}
