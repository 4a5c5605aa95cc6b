using System.Net;
using System.Net.Http.Headers;
using LofteEvents.Cli.Witnessing;
using LofteEvents.Log;
using LofteEvents.Tests.Log;
using LofteEvents.Tests.Server;
using Microsoft.AspNetCore.Builder;

namespace LofteEvents.Tests.Cli;

/// <summary>The witness as a log meets it: C2SP tlog-witness, status by status.</summary>
public sealed class A_witness : IAsyncLifetime
{
    private const string Origin = "polisen.example/norrmalm/1";

    private readonly DirectoryInfo state = Directory.CreateTempSubdirectory("lofte-witness-");
    private readonly LogSigner log = new(Origin, TestKeys.Log());
    private readonly WitnessSigner signer = new("granskare.example/w1", TestKeys.Named("example witness"));
    private readonly HttpClient client = new();
    private readonly List<LogKey> watched = [];
    private WitnessMemory memory = null!;
    private WebApplication app = null!;
    private Uri address = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static SampleTree Tree { get; } = SampleTree.OfSize(20);

    public ValueTask InitializeAsync() => StartAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        client.Dispose();
        state.Delete(recursive: true);
    }

    [Fact]
    public async Task Cosigns_a_first_checkpoint_and_each_that_continues_it()
    {
        await CosignsAsync(0, 3);
        await CosignsAsync(3, 20);
        await CosignsAsync(20, 20);
    }

    [Fact]
    public async Task Remembers_over_a_restart_what_it_cosigned()
    {
        await CosignsAsync(0, 5);
        await StopAsync();
        await StartAsync();
        await ConflictsAsync(Request(0, 7), 5);
        await CosignsAsync(5, 7);
    }

    [Fact]
    public async Task Answers_409_with_the_size_it_knows_to_another_old_size()
    {
        await CosignsAsync(0, 5);
        await ConflictsAsync(Request(0, 7), 5);
        await ConflictsAsync(Request(3, 7), 5);
        await ConflictsAsync(Request(6, 7), 5);
        await ConflictsAsync(Request(4, 4), 5);
    }

    [Fact]
    public async Task Answers_409_to_another_root_of_the_same_size_and_keeps_the_first()
    {
        await CosignsAsync(0, 5);
        await ConflictsAsync(Request(5, 5, new Checkpoint(Origin, 5, Tree.RootAt(4))), 5);
        await CosignsAsync(5, 6);
    }

    [Fact]
    public async Task Answers_422_to_a_proof_that_does_not_lead_there()
    {
        await CosignsAsync(0, 5);
        (await StatusAsync(Request(5, 9) with { Proof = [] })).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await StatusAsync(Request(5, 9, new Checkpoint(Origin, 9, Tree.RootAt(8)))))
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await StatusAsync(Request(5, 5) with { Proof = [Tree.Root] })).ShouldBe(HttpStatusCode.UnprocessableEntity);
        await CosignsAsync(5, 9);
    }

    [Fact]
    public async Task Answers_422_to_a_proof_from_nothing() =>
        (await StatusAsync(Request(0, 5) with { Proof = [Tree.Root] })).ShouldBe(HttpStatusCode.UnprocessableEntity);

    [Fact]
    public async Task Answers_404_to_a_log_that_it_does_not_watch()
    {
        var other = new LogSigner("polisen.example/sodermalm/1", TestKeys.Log());
        var checkpoint = new Checkpoint("polisen.example/sodermalm/1", 5, Tree.RootAt(5));
        (await StatusAsync(new AddCheckpoint(
            0, [], SignedNote.Of(checkpoint.ToText(), other.Sign(checkpoint)), checkpoint))).ShouldBe(HttpStatusCode.NotFound);
        Directory.EnumerateFiles(state.FullName, "*.checkpoint").ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_403_to_a_checkpoint_that_no_trusted_key_signed()
    {
        var forger = new LogSigner(Origin, TestKeys.Named("forger"));
        var checkpoint = new Checkpoint(Origin, 5, Tree.RootAt(5));
        (await StatusAsync(new AddCheckpoint(
            0, [], SignedNote.Of(checkpoint.ToText(), forger.Sign(checkpoint)), checkpoint))).ShouldBe(HttpStatusCode.Forbidden);
        var signature = log.Sign(new Checkpoint(Origin, 4, Tree.RootAt(4)));
        (await StatusAsync(new AddCheckpoint(
            0, [], SignedNote.Of(checkpoint.ToText(), signature), checkpoint))).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Answers_400_to_what_is_no_request()
    {
        (await StatusAsync(Request(5, 5) with { OldSize = 6 })).ShouldBe(HttpStatusCode.BadRequest);
        var good = System.Text.Encoding.UTF8.GetString(Request(0, 5).ToBytes());
        foreach (var (from, to) in new[]
        {
            ("old 0\n", "old 00\n"), ("old 0\n", "old -1\n"), ("old 0\n", "Old 0\n"), ("old 0\n\n", "old 0\n"),
            ("\n5\n", "\n05\n"),
            ("old 0\n", "old 0\nAAAA\n"),
            ("old 0\n", "old 0\n" + string.Concat(Enumerable.Repeat(Tree.Root.ToBase64() + "\n", 64))),
        })
        {
            good.ShouldContain(from);
            using var content = new StringContent(good.Replace(from, to, StringComparison.Ordinal));
            using var answer = await client.PostAsync(new Uri(address, "/add-checkpoint"), content, Ct);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, to);
        }
    }

    [Fact]
    public async Task Cosigns_one_of_two_histories_that_come_at_once()
    {
        await CosignsAsync(0, 5);
        var one = Request(5, 5);
        var other = Request(5, 5, new Checkpoint(Origin, 5, Tree.RootAt(7)));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => StatusAsync(n % 2 == 0 ? one : other)));
        answers.Where((_, n) => n % 2 == 1).ShouldAllBe(status => status == HttpStatusCode.Conflict);
    }

    [Fact]
    public void Has_its_folder_for_itself() =>
        Should.Throw<IOException>(() => new WitnessMemory(state.FullName));

    [Fact]
    public async Task Is_asked_by_the_sealer_and_its_cosignature_is_published_and_counts()
    {
        // The log's key is known only when it runs, so the witness is told of it by the server's own line.
        await using var server = await LofteServer.StartAsync(Ct, new Dictionary<string, string>
        {
            ["Lofte:Log:Origin"] = "polisen.example/norrmalm",
            ["Lofte:Log:MaxDelaySeconds"] = "1",
            ["Lofte:Log:Witnesses:0:Url"] = address.ToString(),
            ["Lofte:Log:Witnesses:0:Key"] = signer.Key.ToString(),
        });
        var reader = server.Anonymous();
        var key = await WatchedAsync(reader);
        await server.Store.AppendAsync(Contracts.Said.Request(Contracts.Said.NewStream(), 0, Contracts.Said.Events(3)), Ct);
        await Eventually.BecomesAsync(
            "the checkpoint is cosigned",
            async token => SignedCheckpoint.TryOpen(
                await reader.GetByteArrayAsync("/log/checkpoint", token), [key], [signer.Key], 1, out var opened, out _)
                && opened.Checkpoint.Size == 3,
            Ct);
    }

    private async Task<LogKey> WatchedAsync(HttpClient reader)
    {
        var line = "";
        await Eventually.BecomesAsync(
            "the log has a key",
            async token =>
            {
                using var answer = await reader.GetAsync("/log/key", token);
                line = (await answer.Content.ReadAsStringAsync(token)).TrimEnd('\n');
                return answer.IsSuccessStatusCode;
            },
            Ct);
        VerifierKey.TryParse(line, out var key, out _).ShouldBeTrue();
        watched.Add((LogKey)key!);
        return (LogKey)key!;
    }

    private async ValueTask StartAsync()
    {
        watched.RemoveAll(key => key == log.Key);
        watched.Add(log.Key);
        memory = new WitnessMemory(state.FullName);
        app = new WitnessHost(signer, watched, memory, TimeProvider.System).Build("http://127.0.0.1:0");
        await app.StartAsync(Ct);
        address = new Uri(app.Urls.Single());
    }

    private async Task StopAsync()
    {
        await app.DisposeAsync();
        memory.Dispose();
    }

    private AddCheckpoint Request(int old, int size, Checkpoint? checkpoint = null)
    {
        checkpoint ??= new Checkpoint(Origin, (ulong)size, Tree.RootAt((ulong)size));
        var proof = old > 0 && old < size ? Tree.Subproof(old, 0, size, whole: true).ToList() : [];
        return new AddCheckpoint(
            (ulong)old, proof, SignedNote.Of(checkpoint.ToText(), log.Sign(checkpoint)), checkpoint);
    }

    private async Task CosignsAsync(int old, int size)
    {
        var request = Request(old, size);
        using var answer = await PostAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        var line = (await answer.Content.ReadAsStringAsync(Ct)).ShouldEndWithNewline();
        NoteSignature.TryParse(line, out var signature).ShouldBeTrue();
        request.Note.With(signature!).TryVerify([signer.Key], out var verified, out _).ShouldBeTrue();
        verified!.Single().At.ShouldNotBeNull();
    }

    private async Task ConflictsAsync(AddCheckpoint request, int known)
    {
        using var answer = await PostAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        answer.Content.Headers.ContentType.ShouldBe(new MediaTypeHeaderValue("text/x.tlog.size"));
        (await answer.Content.ReadAsStringAsync(Ct)).ShouldBe($"{known}\n");
    }

    private async Task<HttpStatusCode> StatusAsync(AddCheckpoint request)
    {
        using var answer = await PostAsync(request);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> PostAsync(AddCheckpoint request)
    {
        using var content = new ByteArrayContent(request.ToBytes());
        return await client.PostAsync(new Uri(address, "/add-checkpoint"), content, Ct);
    }
}

internal static class WitnessAnswers
{
    public static string ShouldEndWithNewline(this string text)
    {
        text.ShouldEndWith("\n");
        return text[..^1];
    }
}
