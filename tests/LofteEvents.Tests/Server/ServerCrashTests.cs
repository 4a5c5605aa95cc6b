using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LofteEvents.Tests.Cli;
using LofteEvents.Tests.Postgres.Embedded;
using LofteEvents.Tests.Tidy;
using static LofteEvents.Tests.Server.CloudEventsOverHttp;

namespace LofteEvents.Tests.Server;

/// <summary>
/// The real server with its real database, killed with the signal that no process can answer while publishers go on: they do what
/// any publisher should, and send what was not answered again. Every step is held by a lock until the kill, so that it is met in
/// its midst: an import of history, an append, a projection's page.
/// </summary>
public sealed class A_server_that_is_killed_again_and_again
{
    private const int Publishers = 8;
    private const int EventsInABatch = 10;
    private const int EventsBetweenKills = 50;

    private static readonly Victim[] s_victims = [Victim.Server, Victim.Database, Victim.Both];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_every_acknowledged_event_once_at_the_position_it_said_and_projects_what_it_keeps()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Ct);
        await using var line = new KillableServer(folder);
        await line.StartAsync(Ct);
        var imported = await ImportAsync(line);
        var acknowledged = new ConcurrentDictionary<string, long>();
        using var enough = new CancellationTokenSource();
        var publishing = Enumerable.Range(0, Publishers)
            .Select(number => PublishAsync(line, number, acknowledged, enough.Token))
            .ToArray();

        foreach (var victim in s_victims)
        {
            await WhenMoreAreAcknowledgedAsync(acknowledged);
            await line.KillAsync(victim, null, Ct);
            await WhenMoreAreAcknowledgedAsync(acknowledged);
            await line.KillInTheMidstAsync(StepHold.Appends, victim, Ct);
            await WhenMoreAreAcknowledgedAsync(acknowledged);
            await line.KillInTheMidstAsync(StepHold.Projection, victim, Ct);
        }

        await WhenMoreAreAcknowledgedAsync(acknowledged);
        await enough.CancelAsync();
        await Task.WhenAll(publishing);
        var log = await line.ReadLogAsync(Ct);
        var ids = log.ConvertAll(said => said["id"]!.GetValue<string>());
        var positions = log.ConvertAll(said => said["position"]!.GetValue<long>());
        ids.ShouldBeUnique();
        ids.Take(imported.Count).ShouldBe(imported);
        ids.Zip(positions).Skip(imported.Count).ToDictionary(said => said.First, said => said.Second)
            .ShouldBe(acknowledged.ToDictionary(), ignoreOrder: true);
        await line.WhenProjectedAsync(positions[^1], Ct);
        (await line.LofteAsync(["replay"], Ct)).ShouldExitWith(0).Error.ShouldContain($"{log.Count} events folded");
    }

    /// <summary>Takes in the year, a part of it for each victim, by the command that an operator would simply repeat.</summary>
    /// <returns>The ids of the events, in order.</returns>
    private static async Task<List<string>> ImportAsync(KillableServer line)
    {
        var year = await File.ReadAllLinesAsync(
            Path.Combine(House.Root, "deploy", "loften", "norrmalm-2018-year.ndjson"), Ct);
        foreach (var (part, victim) in year.Chunk((year.Length / s_victims.Length) + 1).Zip(s_victims))
        {
            using var half = new TemporaryFile("half.ndjson", string.Join('\n', part.Take(part.Length / 2)));
            using var whole = new TemporaryFile("whole.ndjson", string.Join('\n', part));
            string[] publish = ["events", "publish", whole.Path, "--history", "--batch", "20"];
            (await line.LofteAsync(["events", "publish", half.Path, "--history"], Ct)).ShouldExitWith(0);

            await using (var hold = await line.HoldAsync(StepHold.Appends, Ct))
            {
                using var killed = CancellationTokenSource.CreateLinkedTokenSource(Ct);
                var importing = line.LofteAsync(publish, killed.Token);
                await hold.WhenSomebodyWaitsAsync(Ct);
                await line.KillAsync(victim, hold, Ct);
                await killed.CancelAsync();
                (await importing).ExitCode.ShouldNotBe(0);
            }

            (await line.LofteAsync(publish, Ct)).ShouldExitWith(0);
        }

        return [.. year.Select(said => JsonNode.Parse(said)!["id"]!.GetValue<string>())];
    }

    private static Task WhenMoreAreAcknowledgedAsync(ConcurrentDictionary<string, long> acknowledged)
    {
        var least = acknowledged.Count + EventsBetweenKills;
        return Eventually.BecomesAsync("more events are acknowledged", () => acknowledged.Count >= least, Ct);
    }

    /// <summary>
    /// One publisher: alone or in batches, one request after the other, each sent until it is answered, until it is enough.
    /// </summary>
    private static async Task PublishAsync(
        KillableServer line, int publisher, ConcurrentDictionary<string, long> acknowledged, CancellationToken enough)
    {
        var size = publisher % 2 == 0 ? 1 : EventsInABatch;
        for (var first = 0; !enough.IsCancellationRequested; first += size)
        {
            var ids = Enumerable.Range(first, size).Select(number => $"crash-{publisher}-{number}");
            var said = ids.Select(id => CarriedOut(id)).ToArray();
            JsonNode body = size == 1 ? said[0] : new JsonArray([.. said]);
            Answer? answer = null;
            await Eventually.BecomesAsync(
                "an event is acknowledged",
                async token => (answer = await line.TryPublishAsync(body, token)) is not null,
                Ct);
            foreach (var result in answer!.Results)
            {
                acknowledged[result.GetProperty("id").GetString()!] = result.GetProperty("position").GetInt64();
            }
        }
    }
}
