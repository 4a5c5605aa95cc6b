using System.Text.Json.Nodes;
using LofteEvents.Server.Access;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class Imported_history(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_its_recorded_times_says_so_and_must_come_in_order()
    {
        await using var server = await LofteServer.StartAsync(Ct);
        var importer = server.As(Roles.Operator);
        var batch = new JsonArray(
            Imported("2018-03-18T09:00:00+01:00"),
            Imported("2018-03-19T09:00:00+01:00").With(it => it["source"] = "https://another.example/system"));

        (await importer.PublishAsync(batch, Ct)).ShouldBeTaken();

        var stored = await ReadAllAsync(server.Store);
        stored.Select(each => each.RecordedAt).ShouldBe(
        [
            new DateTimeOffset(2018, 3, 18, 8, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2018, 3, 19, 8, 0, 0, TimeSpan.Zero),
        ]);
        stored.Select(each => EventHeaders.FromJson(each.Headers.Span).Imported).ShouldBe([true, true]);

        (await importer.PublishAsync(batch, Ct)).ShouldBeTaken(200);
        (await importer.PublishAsync(Imported("2018-03-19T08:59:59+01:00"), Ct))
            .ShouldBeRefused(409, "recordedtime.out-of-order", "#/recordedtime");
        (await importer.PublishAsync(Imported("2999-01-01T00:00:00Z"), Ct))
            .ShouldBeRefused(409, "recordedtime.out-of-order", "#/recordedtime");
        (await server.Store.HeadAsync(Ct)).ShouldBe(stored[^1].Position);
    }

    [Fact]
    public async Task Is_not_marked_on_what_is_recorded_now()
    {
        var said = CarriedOut();
        (await fixture.Server.As(Roles.Publisher).PublishAsync(said, Ct)).ShouldBeTaken();

        var stored = (await ReadAllAsync(fixture.Server.Store))[^1];

        EventHeaders.FromJson(stored.Headers.Span).Imported.ShouldBeNull();
    }

    private static JsonObject Imported(string recorded) => CarriedOut().With(it => it["recordedtime"] = recorded);

    private static async Task<List<StoredEvent>> ReadAllAsync(IEventStore store)
    {
        var events = new List<StoredEvent>();
        await foreach (var stored in store.ReadAllAsync(0, 1000, Ct))
        {
            events.Add(stored);
        }

        return events;
    }
}
