using System.Collections.Concurrent;
using System.Net;
using System.Text;
using LofteEvents.Postgres.Embedded;

namespace LofteEvents.Tests.Postgres.Embedded;

/// <summary>What an operator does to a server, done to a real process.</summary>
public class A_server_with_an_embedded_database
{
    private const int Publishers = 8;
    private const int AcknowledgedBeforeTheKill = 400;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Has_every_acknowledged_event_once_after_it_and_its_database_were_killed()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        var acknowledged = new ConcurrentBag<int>();
        await using (var server = await ServerProcess.StartReadyAsync(folder, Token))
        {
            await server.SignInAsync("publisher", Token);
            var last = 0;
            var publishing = Enumerable.Range(0, Publishers).Select(_ => PublishUntilGoneAsync()).ToList();
            await Eventually.BecomesAsync(
                "hundreds of events are acknowledged", () => acknowledged.Count >= AcknowledgedBeforeTheKill, Token);
            var database = PostmasterPid.Read((await folder.PlaceAsync(Token)).Data).ShouldNotBeNull().Process;
            await Task.WhenAll(server.SignalAsync("KILL", Token), EmbeddedFolder.KillAsync(database, Token));
            await Task.WhenAll(publishing);

            async Task PublishUntilGoneAsync()
            {
                var number = Interlocked.Increment(ref last);
                while (await PublishAsync(server, number) is HttpStatusCode.Created)
                {
                    acknowledged.Add(number);
                    number = Interlocked.Increment(ref last);
                }
            }
        }

        await using var again = await ServerProcess.StartReadyAsync(folder, Token);
        await again.SignInAsync("publisher", Token);
        var run = (await RunFile.ReadAsync(folder.Path, Token)).ShouldNotBeNull();
        foreach (var number in acknowledged)
        {
            (await PublishAsync(again, number)).ShouldBe(HttpStatusCode.OK, "a repeat is known");
        }

        var kept = await EmbeddedFolder.AskAsync(
            run.OwnerConnection,
            "SELECT string_agg(stream_id, ' ' ORDER BY seq_id) FROM lofte.mt_events WHERE type = 'insats.carried-out.v1'",
            Token);
        var streams = ((string)kept!).Split(' ');
        streams.ShouldBeUnique();
        acknowledged.Select(number => $"insats/{number}").ShouldBeSubsetOf(streams);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Stops_everything_in_good_order(string signal)
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        await using var server = await ServerProcess.StartReadyAsync(folder, Token);
        (await server.SignalAsync(signal, Token)).ShouldBe(0, server.Said);
        File.Exists(folder.Folder.RunFile).ShouldBeFalse();
        var place = await folder.PlaceAsync(Token);
        File.Exists(PostmasterPid.PathIn(place.Data)).ShouldBeFalse();
        ClusterProcesses.Under(place.Home).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_refused_where_another_runs()
    {
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        await using var server = await ServerProcess.StartReadyAsync(folder, Token);
        await using var second = ServerProcess.Start(folder);
        (await second.EndedAsync(Token)).ShouldBe(1);
        second.Said.ShouldContain($"already runs with the data folder {folder.Path}");
    }

    [Fact]
    public async Task Runs_as_an_ordinary_user()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "The other tests already run as an ordinary user.");
        IReadOnlyList<string> nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--"];
        var reached = await SystemProgram.RunAsync([.. nobody, "test", "-r", ServerProcess.Assembly], Token);
        Assert.SkipUnless(reached.Succeeded, $"No other user can read {ServerProcess.Assembly}.");
        await using var folder = await EmbeddedFolder.NewAsync(Token);
        await SystemProgram.RunAsync(["install", "-d", "-m", "0700", "-o", "65534", "-g", "65534", folder.Path], Token);
        await using (var server = await ServerProcess.StartReadyAsync(folder, Token, nobody))
        {
            var place = await folder.PlaceAsync(Token);
            place.User.Uid.ShouldBe("65534");
            place.Home.ShouldBe(folder.Folder.ClusterHome);
            (await server.SignalAsync("INT", Token)).ShouldBe(0, server.Said);
        }

        // What an ordinary user made, root runs as that user, and leaves it usable.
        await using (var server = await ServerProcess.StartReadyAsync(folder, Token))
        {
            (await server.SignalAsync("INT", Token)).ShouldBe(0, server.Said);
        }

        await using var again = await ServerProcess.StartReadyAsync(folder, Token, nobody);
        (await again.SignalAsync("INT", Token)).ShouldBe(0, again.Said);
    }

    /// <returns>Null when the server is gone.</returns>
    private static async Task<HttpStatusCode?> PublishAsync(ServerProcess server, int number)
    {
        using var content = new StringContent(
            $$"""
            {
              "specversion": "1.0", "type": "se.lofteevents.insats.carried-out.v1",
              "source": "urn:lofte:demo", "id": "{{number}}",
              "subject": "insats/{{number}}", "time": "2018-03-17T01:30:00+01:00", "datacontenttype": "application/json",
              "data": {
                "kind": "traffic", "title": "Kontroll {{number}}", "organiser": "norrmalm",
                "place": { "area": "norrmalm", "name": "Sergels torg" },
                "from": "2018-03-16T18:00:00+01:00", "to": "2018-03-17T01:30:00+01:00",
                "parties": [ { "name": "polis", "role": "lead" } ], "tags": [ "riktad" ]
              }
            }
            """,
            Encoding.UTF8,
            "application/cloudevents+json");
        try
        {
            using var answer = await server.Client.PostAsync("/api/v1/events", content, Token);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
