using System.Net;
using System.Text.Json.Nodes;
using LofteEvents.Tests.Postgres;
using LofteEvents.Tests.Postgres.Embedded;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class A_disk_that_is_full
{
    // The cluster itself takes some 60 MB, and a checkpoint's worth of write-ahead log.
    private const int DiskMegabytes = 400;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_503_with_Retry_After_until_there_is_room_again_and_loses_nothing()
    {
        await using var disk = await SmallDisk.MountAsync(DiskMegabytes, Ct);
        await using var folder = new EmbeddedFolder(Path.Combine(disk.Path, "data"));
        await using var server = new KillableServer(folder);
        await server.StartAsync(Ct);
        var acknowledged = new Dictionary<string, long>();
        (await PublishAsync(server, acknowledged)).ShouldBe(201);

        disk.Fill();
        await Eventually.BecomesAsync(
            "the disk is so full that nothing is taken", async _ => await PublishAsync(server, acknowledged) == 503, Ct);
        (await server.StatusOfAsync("/health/live", Ct)).ShouldBe(HttpStatusCode.OK);
        (await PublishAsync(server, acknowledged)).ShouldBe(503);

        disk.Empty();
        await Eventually.BecomesAsync(
            "events are taken again", async _ => await PublishAsync(server, acknowledged) is 200 or 201, Ct);
        await Eventually.BecomesAsync(
            "the server is ready again",
            async token => await server.StatusOfAsync("/health/ready", token) == HttpStatusCode.OK,
            Ct);
        var log = await server.ReadLogAsync(Ct);
        log.ToDictionary(said => said["id"]!.GetValue<string>(), said => said["position"]!.GetValue<long>())
            .ShouldBe(acknowledged, ignoreOrder: true);
        (await server.LofteAsync(["replay"], Ct)).ShouldExitWith(0);
    }

    /// <summary>A batch that is large enough to need room; one that was told to come again comes again.</summary>
    private static async Task<int> PublishAsync(KillableServer server, Dictionary<string, long> acknowledged)
    {
        var id = $"disk-{acknowledged.Count}";
        var said = Enumerable.Range(0, 100).Select(number => CarriedOut($"{id}-{number}").With(
            one => one["data"]!["title"] = new string('x', 100)));
        var answer = await server.PublishAsync(new JsonArray([.. said]), Ct);
        if (answer.Status == 503)
        {
            answer.ShouldBeRefused(503, "store.unavailable");
            answer.RetryAfter.ShouldNotBeNull();
        }

        foreach (var result in answer.Status is 200 or 201 ? answer.Results : [])
        {
            acknowledged[result.GetProperty("id").GetString()!] = result.GetProperty("position").GetInt64();
        }

        return answer.Status;
    }
}
