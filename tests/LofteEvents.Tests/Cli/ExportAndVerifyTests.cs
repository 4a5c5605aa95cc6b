using System.Text;
using System.Text.Json;
using LofteEvents.Log;
using LofteEvents.Tests.Postgres.Auditing;

namespace LofteEvents.Tests.Cli;

/// <summary>
/// What an auditor does: takes an export away, proves it with a command line that knows of no database, and finds every change of
/// the folder.
/// </summary>
public sealed class An_export : IAsyncLifetime
{
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("lofte-export-");
    private AuditedLog log = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(scratch.FullName, "log");

    private Lofte Beside => Lofte.Alone
        .With("ConnectionStrings__Lofte", log.Log.Database.ConnectionString)
        .With("ConnectionStrings__LofteOwner", log.Log.Database.OwnerConnectionString);

    public async ValueTask InitializeAsync()
    {
        log = await AuditedLog.CreateAsync(Ct);
        (await Beside.RunAsync(["export", Folder], Ct)).ShouldExitWith(0).Error.ShouldContain("30 events, 30 of them sealed");
        (await VerifyAsync()).ShouldExitWith(0);
    }

    public async ValueTask DisposeAsync()
    {
        await log.DisposeAsync();
        scratch.Delete(recursive: true);
    }

    [Fact]
    public async Task Says_check_by_check_what_was_looked_at()
    {
        var answer = (await VerifyAsync("--json")).ShouldExitWith(0).Output;
        using var json = JsonDocument.Parse(answer);
        json.RootElement.GetProperty("whole").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("leaves").GetInt32().ShouldBe(AuditedLog.Events);
        var checks = json.RootElement.GetProperty("checks").EnumerateArray()
            .ToDictionary(check => check.GetProperty("name").GetString()!, check => check.GetProperty("counted").GetInt32());
        typeof(LogCheckNames).GetFields().Select(field => (string)field.GetValue(null)!).Except(checks.Keys).ShouldBeEmpty();
        checks[LogCheckNames.EventPayload].ShouldBe(AuditedLog.Events);
        checks["folder"].ShouldBe(AuditedLog.Events);
        checks["checkpoint.older"].ShouldBeGreaterThan(1);
        checks["tile"].ShouldBe(1);

        var text = (await VerifyAsync()).ShouldExitWith(0);
        text.Output.ShouldMatch(@"(?m)^ok +event\.payload +30 of 30$");
        text.Error.ShouldContain("The log is whole.");
    }

    [Fact]
    public async Task Is_refused_where_the_folder_has_something_in_it() =>
        (await Beside.RunAsync(["export", Folder], Ct)).ShouldExitWith(1).Error.ShouldContain("is not empty");

    [Fact]
    public async Task Is_believed_less_when_the_auditor_has_no_key_of_his_own()
    {
        var ran = (await Lofte.Alone.RunAsync(["verify", Folder], Ct)).ShouldExitWith(0);
        ran.Error.ShouldContain("No --key is given");
        (await VerifyAsync()).Error.ShouldNotContain("No --key is given");
    }

    [Fact]
    public async Task Must_continue_every_checkpoint_that_was_kept()
    {
        var kept = Path.Combine(scratch.FullName, "kept");
        var first = await File.ReadAllTextAsync(Path.Combine(Folder, "checkpoints"), Ct);
        await File.WriteAllTextAsync(kept, first + Encoding.UTF8.GetString(log.Kept), Ct);
        (await VerifyAsync("--pinned", kept)).ShouldExitWith(0);

        var newer = new Checkpoint(log.Key.Name, 31, MerkleTree.EmptyRoot);
        await File.WriteAllBytesAsync(kept, await log.SignAsync(newer, Ct), Ct);
        (await VerifyAsync("--pinned", kept)).ShouldExitWith(3).Output.ShouldContain("rolled back");
        await File.WriteAllTextAsync(kept, "no note\n", Ct);
        (await VerifyAsync("--pinned", kept)).ShouldExitWith(3).Output.ShouldMatch(@"WRONG +pinned\.signature");
    }

    [Theory]
    [InlineData("events.ndjson", "\"traffic\"", "\"traffi\"", "event.payload")]
    [InlineData("events.ndjson", "\"position\":12,", "\"position\":21,", "event.present")]
    [InlineData("events.ndjson", "urn:lofte:demo", "urn:lofte:else", "event.headers")]
    [InlineData("events.ndjson", "\"version\":1,", "\"version\":1,\"version\":1,", "folder")]
    [InlineData("events.ndjson", "\"version\":1,", "\"version\":1,\"note\":1,", "folder")]
    [InlineData("checkpoint", "\n30\n", "\n29\n", "checkpoint.signature")]
    [InlineData("checkpoint", "\n30\n", "\n030\n", "checkpoint.signature")]
    [InlineData("checkpoints", "\n20\n", "\n19\n", "checkpoint.older")]
    public async Task Is_found_out_when_a_text_in_it_is_changed(string file, string from, string to, string verdict)
    {
        var path = Path.Combine(Folder, file);
        var text = await File.ReadAllTextAsync(path, Ct);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        at.ShouldBeGreaterThan(-1);
        await File.WriteAllTextAsync(path, text[..at] + to + text[(at + from.Length)..], Ct);
        await ShouldFindAsync(verdict);
    }

    [Theory]
    [InlineData("tile/0/000.p/30", "tile")]
    [InlineData("tile/entries/000.p/30", "root")]
    public async Task Is_found_out_when_a_byte_in_it_is_changed(string file, string verdict)
    {
        var path = Path.Combine(Folder, file);
        var bytes = await File.ReadAllBytesAsync(path, Ct);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Ct);
        await ShouldFindAsync(verdict);
    }

    [Fact]
    public async Task Is_found_out_when_its_tail_is_cut()
    {
        var path = Path.Combine(Folder, "events.ndjson");
        var lines = await File.ReadAllLinesAsync(path, Ct);
        await File.WriteAllLinesAsync(path, lines[..^1], Ct);
        await ShouldFindAsync("event.present");
        await File.WriteAllTextAsync(path, string.Join('\n', lines)[..^10], Ct);
        await ShouldFindAsync("folder");
        File.Delete(path);
        await ShouldFindAsync("event.present");
    }

    [Fact]
    public async Task Is_found_out_when_a_bundle_loses_a_leaf_or_is_gone()
    {
        var path = Path.Combine(Folder, "tile/entries/000.p/30");
        var bytes = await File.ReadAllBytesAsync(path, Ct);
        EntryBundle.TryDecode(bytes, 30, out var leaves).ShouldBeTrue();
        await File.WriteAllBytesAsync(path, EntryBundle.Encode([.. leaves!.Take(12), .. leaves!.Skip(13)]), Ct);
        await ShouldFindAsync("folder");
        File.Delete(path);
        await ShouldFindAsync("size");
    }

    [Fact]
    public async Task Without_a_checkpoint_proves_nothing()
    {
        File.Delete(Path.Combine(Folder, "checkpoint"));
        await ShouldFindAsync("checkpoint.signature");
    }

    [Fact]
    public async Task Of_a_database_that_is_proved_itself_gives_the_same_answer()
    {
        (await Beside.RunAsync(["verify", "--database", "--key", log.Key.ToString()], Ct)).ShouldExitWith(0);
        await log.DoAsync("DELETE FROM lofte.mt_events WHERE seq_id = 7", Ct);
        var ran = await Beside.RunAsync(["verify", "--database", "--key", log.Key.ToString(), "--json"], Ct);
        using var json = JsonDocument.Parse(ran.ShouldExitWith(3).Output);
        json.RootElement.GetProperty("checks").EnumerateArray()
            .Single(check => check.GetProperty("failures").GetInt32() > 0)
            .GetProperty("first").GetProperty("position").GetInt64().ShouldBe(7);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("verify x --database")]
    [InlineData("verify . --key nonsense")]
    public async Task Is_not_proved_with_words_that_make_no_sense(string words) =>
        (await Lofte.Alone.RunAsync(words)).ShouldExitWith(2);

    private Task<Ran> VerifyAsync(params string[] more) =>
        Lofte.Alone.RunAsync(["verify", Folder, "--key", log.Key.ToString(), .. more], Ct);

    private async Task ShouldFindAsync(string verdict) =>
        (await VerifyAsync()).ShouldExitWith(3).Output.Split('\n')
            .ShouldContain(line => line.StartsWith("WRONG ", StringComparison.Ordinal) && line.Contains($" {verdict} "));
}
