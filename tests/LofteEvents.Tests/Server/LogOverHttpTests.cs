using System.Net;
using System.Text;
using System.Text.Json;
using LofteEvents.Log;
using LofteEvents.Postgres.Sealing;
using LofteEvents.Server.Access;
using LofteEvents.Tests.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace LofteEvents.Tests.Server;

/// <summary>The log as a stranger's client sees it: nothing of ours is used but the arithmetic of the specifications.</summary>
public sealed class The_log_over_http : IAsyncLifetime
{
    private const int Events = 300;

    private LofteServer server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await LofteServer.StartAsync(Ct, new Dictionary<string, string>
        {
            ["Lofte:Log:Origin"] = "polisen.example/norrmalm",
            ["Lofte:Log:MaxDelaySeconds"] = "1",
        });
        for (var left = Events; left > 0; left -= 100)
        {
            var said = Enumerable.Range(0, 100).Select(_ => new StreamAppend(Said.NewStream(), 0, [Planned()]));
            (await server.Store.AppendAsync(new AppendRequest([.. said]), Ct)).ShouldBeOfType<AppendResult.Appended>();
        }

        await server.Services.GetRequiredService<SealerStatus>().WhenAsync(now => now.Checkpoint?.Size == Events, Ct);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Is_followed_by_a_client_that_has_the_key_and_nothing_else()
    {
        using var client = server.Anonymous();
        var checkpoint = await OpenAsync(client);
        checkpoint.Origin.ShouldBe("polisen.example/norrmalm/1");
        checkpoint.Size.ShouldBe((ulong)Events);

        var tree = new CompactRange();
        foreach (var path in TilePath.Added(0, checkpoint.Size).Where(path => path.HoldsEntries))
        {
            EntryBundle.TryDecode(await BytesAsync(client, path), path.Width, out var leaves).ShouldBeTrue();
            HashTile.TryDecode(
                await BytesAsync(client, TilePath.Hashes(0, path.Index, path.Width)), path.Width, out var hashes).ShouldBeTrue();
            leaves!.Select(leaf => MerkleTree.HashLeaf(leaf.Span)).ShouldBe(hashes);
            foreach (var hash in hashes!)
            {
                tree.Append(hash);
            }
        }

        tree.Root().ShouldBe(checkpoint.Root);
        (await BytesAsync(client, TilePath.Hashes(1, 0, 1))).Length.ShouldBe(Digest.Size);
    }

    [Fact]
    public async Task Says_how_long_an_answer_may_be_kept()
    {
        using var client = server.Anonymous();
        (await HeadersAsync("/log/checkpoint")).ShouldBe(("text/plain; charset=utf-8", "no-cache"));
        (await HeadersAsync("/log/key")).ShouldBe(("text/plain; charset=utf-8", "no-cache"));
        (await HeadersAsync("/log/tile/0/000")).ShouldBe(("application/octet-stream", "public, max-age=31536000, immutable"));
        (await HeadersAsync("/log/tile/0/001.p/5")).ShouldBe(("application/octet-stream", "public, max-age=31536000, immutable"));
        (await HeadersAsync("/log/tile/entries/000")).ShouldBe(
            ("application/octet-stream", "max-age=31536000, private, immutable"));

        async Task<(string?, string?)> HeadersAsync(string address)
        {
            using var answer = await client.GetAsync(address, Ct);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            return (answer.Content.Headers.ContentType?.ToString(), answer.Headers.GetValues("Cache-Control").Single());
        }
    }

    [Theory]
    [InlineData("/log/tile/")]
    [InlineData("/log/tile/entries/")]
    [InlineData("/log/tile/0/002")]
    [InlineData("/log/tile/0/001.p/45")]
    [InlineData("/log/tile/0/1")]
    [InlineData("/log/tile/64/000")]
    [InlineData("/log/tile/entries/001")]
    [InlineData("/log/tile/entries/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("/log/tile/2/000.p/1")]
    public async Task Has_no_tile_that_the_tree_has_not(string address)
    {
        using var answer = await server.Anonymous().GetAsync(address, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Proves_one_event()
    {
        var head = await server.Store.HeadAsync(Ct);
        var proof = await JsonAsync($"/api/v1/events/{head}/proof");
        proof.GetProperty("position").GetInt64().ShouldBe(head);
        var leaf = proof.GetProperty("leaf").GetBytesFromBase64();
        var checkpoint = Read(proof.GetProperty("checkpoint").GetString()!);
        InclusionProof.Verify(
            MerkleTree.HashLeaf(leaf),
            proof.GetProperty("leafIndex").GetUInt64(),
            proof.GetProperty("treeSize").GetUInt64(),
            Hashes(proof),
            checkpoint.Root).ShouldBeTrue();
        Leaf.TryDecode(leaf, out var said, out _).ShouldBeTrue();
        said!.Position.ShouldBe(head);

        using var auditor = server.As(Roles.Auditor);
        (await auditor.GetAsync($"/api/v1/events/{head + 1000}/proof", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("@1", "@301", 0, 300, 300)]
    [InlineData("@101", "@201", 99, 201, 100)]
    [InlineData("2018-01-01T00:00:00Z", "2999-01-01T00:00:00Z", 0, 300, 300)]
    public async Task Proves_all_events_of_a_period(string from, string to, int first, int behind, int inPeriod)
    {
        var proof = await JsonAsync($"/api/v1/events/proof?from={from}&to={to}");
        proof.GetProperty("first").GetUInt64().ShouldBe((ulong)first);
        proof.GetProperty("behind").GetUInt64().ShouldBe((ulong)behind);
        (proof.GetProperty("end").GetInt32() - proof.GetProperty("begin").GetInt32()).ShouldBe(inPeriod);
        var leaves = proof.GetProperty("leaves").EnumerateArray().Select(leaf => leaf.GetBytesFromBase64()).ToList();
        var checkpoint = Read(proof.GetProperty("checkpoint").GetString()!);
        RangeProof.Verify(
            (ulong)first,
            (ulong)behind,
            checkpoint.Size,
            leaves.Select(leaf => MerkleTree.HashLeaf(leaf)),
            Hashes(proof),
            checkpoint.Root).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("?from=@1", HttpStatusCode.BadRequest)]
    [InlineData("?from=yesterday&to=@2", HttpStatusCode.BadRequest)]
    [InlineData("?from=@5&to=@4", HttpStatusCode.BadRequest)]
    [InlineData("?from=2018-03-02T00:00:00Z&to=2018-03-01T00:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("?from=@5&to=2018-03-01T00:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("?from=@5&to=@5", HttpStatusCode.NotFound)]
    [InlineData("?from=0001-01-01T00:00:00Z&to=0001-01-01T00:00:00Z", HttpStatusCode.NotFound)]
    public async Task Refuses_a_period_that_is_none(string query, HttpStatusCode status)
    {
        using var answer = await server.As(Roles.Auditor).GetAsync($"/api/v1/events/proof{query}", Ct);
        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Is_well_while_it_is_sealed_and_unhealthy_once_the_sealer_stopped()
    {
        using var client = server.Anonymous();
        (await client.GetAsync("/health/ready", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await using (var disarm = server.Database.Owner.CreateCommand(
            """
            ALTER TABLE lofte.mt_events DISABLE TRIGGER events_are_never_changed;
            DELETE FROM lofte.mt_events WHERE seq_id = 299;
            """))
        {
            await disarm.ExecuteNonQueryAsync(Ct);
        }

        await server.Store.AppendAsync(Said.Request(Said.NewStream(), 0, Planned()), Ct);
        var stopped = await server.Services.GetRequiredService<SealerStatus>().WhenAsync(now => now.Alarm is not null, Ct);
        stopped.Alarm!.Code.ShouldBe(SealerAlarms.RowsMissing);
        stopped.Alarm.Position.ShouldBe(299);
        using var answer = await client.GetAsync("/health/ready", Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldContain("log.rows-missing");
    }

    private static NewEvent Planned() => Said.Event(data:
        """
        {"kind":"traffic","title":"Trafik","organiser":"norrmalm","place":{"area":"norrmalm","name":"Sergels torg"},
         "from":"2018-03-16T18:00:00+01:00","to":"2018-03-17T01:30:00+01:00"}
        """);

    private static async Task<Checkpoint> OpenAsync(HttpClient client)
    {
        VerifierKey.TryParse((await client.GetStringAsync("/log/key", Ct)).TrimEnd('\n'), out var key, out _).ShouldBeTrue();
        var note = await client.GetByteArrayAsync("/log/checkpoint", Ct);
        SignedCheckpoint.TryOpen(note, [(LogKey)key!], [], 0, out var opened, out var refusal).ShouldBeTrue(refusal?.Sentence);
        return opened!.Checkpoint;
    }

    private static Task<byte[]> BytesAsync(HttpClient client, TilePath path) => client.GetByteArrayAsync($"/log/{path}", Ct);

    private async Task<JsonElement> JsonAsync(string address)
    {
        using var auditor = server.As(Roles.Auditor);
        using var json = JsonDocument.Parse(await auditor.GetStringAsync(address, Ct));
        return json.RootElement.Clone();
    }

    private static List<Digest> Hashes(JsonElement proof) =>
        [.. proof.GetProperty("path").EnumerateArray().Select(hash => new Digest(hash.GetBytesFromBase64()))];

    private static Checkpoint Read(string note)
    {
        SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var signed, out _).ShouldBeTrue();
        Checkpoint.TryParse(signed!.Text, out var checkpoint, out _).ShouldBeTrue();
        return checkpoint!;
    }
}
