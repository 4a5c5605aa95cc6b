using System.Text;
using LofteEvents.Log;
using LofteEvents.Postgres.Sealing;
using LofteEvents.Tests.Log;

namespace LofteEvents.Tests.Postgres.Auditing;

/// <summary>
/// What a superuser can do who knows how the log is made, up to one who has its key. Every log was proved whole before.
/// </summary>
public sealed class A_forger_who : IAsyncLifetime
{
    private AuditedLog log = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => log = await AuditedLog.CreateAsync(Ct);

    public ValueTask DisposeAsync() => log.DisposeAsync();

    [Fact]
    public async Task Changes_a_payload_and_its_leaf_is_found_by_the_root()
    {
        await log.RewriteAsync(7, tiles: false, Ct);
        (await log.FoundAsync(Ct)).ShouldBe(["root", "checkpoint.older", "tile"]);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.TreeChanged);
    }

    [Fact]
    public async Task Changes_a_payload_its_leaf_and_every_tile_is_found_by_the_root()
    {
        await log.RewriteAsync(7, tiles: true, Ct);
        (await log.FoundAsync(Ct)).ShouldBe(["root", "checkpoint.older"]);
    }

    [Fact]
    public async Task Rewrites_everything_with_an_unsigned_checkpoint_is_found_by_the_signature()
    {
        await log.RewriteAsync(7, tiles: true, Ct);
        SignedNote.TryParse(log.Kept, out var kept, out _).ShouldBeTrue();
        await log.ForgeAsync(SignedNote.Of(log.Rewritten!.ToText(), kept!.Signatures).ToBytes(), Ct);
        (await log.FoundAsync(Ct)).ShouldBe(["checkpoint.signature", "checkpoint.older"]);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.TreeChanged);
    }

    [Fact]
    public async Task Rewrites_everything_and_signs_with_a_key_of_the_same_name_is_found_by_the_signature()
    {
        await log.RewriteAsync(7, tiles: true, Ct);
        using var other = TestKeys.Named("somebody else");
        await log.ForgeAsync(AuditedLog.Sign(log.Rewritten!, other), Ct);
        (await log.FoundAsync(Ct)).ShouldBe(["checkpoint.signature", "checkpoint.older"]);
    }

    [Fact]
    public async Task Rewrites_everything_and_has_the_real_key_is_found_by_a_kept_checkpoint_alone()
    {
        await log.RewriteAsync(7, tiles: true, Ct);
        await log.ForgeAsync(await log.SignAsync(log.Rewritten!, Ct), Ct);
        (await log.FoundAsync(Ct)).ShouldBeEmpty("without a checkpoint kept elsewhere this cannot be known");
        (await log.FoundAsync(Ct, withKept: true)).ShouldBe(["pinned"]);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.TreeChanged, "the sealer keeps one");
    }

    [Fact]
    public async Task Shows_a_checkpoint_of_another_origin_is_found()
    {
        var read = (await log.Log.OpenAsync(Ct)).Checkpoint;
        var other = new Checkpoint("polisen.example/sodermalm/1", read.Size, read.Root);
        using var key = (await LogKeyFile.ReadAsync(log.Log.Folder.KeyFile, Ct)).ShouldNotBeNull();
        await log.ForgeAsync(
            SignedNote.Of(
                other.ToText(),
                new NoteSignature(log.Key.Name, log.Key.KeyId, new LogSigner(other.Origin, key).Sign(other).Bytes)).ToBytes(),
            Ct);
        (await log.FoundAsync(Ct)).ShouldContain("checkpoint.signature");
    }

    [Theory]
    [InlineData("\n30\n", "\n030\n")]
    [InlineData("\n30\n", "\n+30\n")]
    [InlineData("\n30\n", "\n30 \n")]
    [InlineData("=\n\n", "\n\n")]
    [InlineData("=\n\n", "=\nextension\n\n")]
    [InlineData("— ", "- ")]
    public async Task Shows_a_checkpoint_that_is_written_otherwise_is_found(string from, string to)
    {
        var text = Encoding.UTF8.GetString(log.Kept);
        text.ShouldContain(from);
        await log.ForgeAsync(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)), Ct);
        (await log.FoundAsync(Ct)).ShouldContain("checkpoint.signature");
    }

    [Fact]
    public async Task Shows_a_checkpoint_that_is_not_utf8_is_found()
    {
        await log.ForgeAsync([.. log.Kept[..3], 0xff, .. log.Kept[3..]], Ct);
        (await log.FoundAsync(Ct)).ShouldContain("checkpoint.signature");
    }
}
