using LofteEvents.Log;
using LofteEvents.Postgres.Sealing;
using LofteEvents.Tests.Postgres.Auditing;

namespace LofteEvents.Tests.Cli;

/// <summary>The ceremonies: a restore that lost sealed events is continued openly, and a key is rotated.</summary>
public sealed class The_log_ceremonies : IAsyncLifetime
{
    private AuditedLog log = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Lofte Lofte => Lofte.Alone
        .With("ConnectionStrings__Lofte", log.Log.Database.ConnectionString)
        .With("ConnectionStrings__LofteOwner", log.Log.Database.OwnerConnectionString)
        .With("Lofte__Data", log.Log.DataFolder);

    public async ValueTask InitializeAsync() => log = await AuditedLog.CreateAsync(Ct);

    public ValueTask DisposeAsync() => log.DisposeAsync();

    [Fact]
    public async Task A_log_that_lost_events_is_refused_until_it_is_continued_openly_under_a_new_name()
    {
        await log.DoAsync("DELETE FROM lofte.mt_events WHERE seq_id > 20", Ct);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.RowsMissing);

        string[] words = ["log", "continue", "--reason", "Diskhaveri, beslut 2026-31"];
        (await Lofte.RunAsync([.. words, "--dry-run"], Ct)).ShouldExitWith(0)
            .Error.ShouldContain("sealed 30 events; 20 are still");
        (await Lofte.RunAsync(words, Ct)).ShouldExitWith(2);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.RowsMissing, "nothing was done yet");
        (await Lofte.RunAsync([.. words, "--yes"], Ct)).ShouldExitWith(0).Error.ShouldContain("polisen.example/norrmalm/2");

        (await log.AlarmAsync(Ct)).ShouldBeNull();
        var checkpoint = (await log.Log.OpenAsync(Ct)).Checkpoint;
        (checkpoint.Origin, checkpoint.Size).ShouldBe(("polisen.example/norrmalm/2", 21ul));
        var said = (await log.Log.Store.ReadStreamAsync("log", 0, 10, Ct).ToListAsync(Ct)).ShouldHaveSingleItem();
        var continued = EventCatalogue.Decode(said).ShouldBeOfType<LogContinued>();
        SignedNote.TryParse(log.Kept, out var kept, out _).ShouldBeTrue();
        kept!.Text.ShouldBe($"{continued.PreviousOrigin}\n{continued.PreviousSize}\n{continued.PreviousRoot}\n");
        continued.Kept.ShouldBe(20);

        (await log.FoundAsync(Ct)).ShouldContain("checkpoint.signature", "the old key line is of the old name");
        (await Lofte.RunAsync(["verify", "--database", "--key", (await log.Log.KeyAsync(Ct)).ToString()], Ct)).ShouldExitWith(0);
    }

    [Fact]
    public async Task A_lost_memory_is_no_reason_to_lose_anything_else()
    {
        File.Delete(log.Log.Folder.StateFile);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.StateLost);
        (await Lofte.RunAsync(["log", "continue", "--reason", "Förlorat minne", "--yes"], Ct)).ShouldExitWith(0);
        (await log.AlarmAsync(Ct)).ShouldBeNull();
        (await log.Log.OpenAsync(Ct)).Checkpoint.Size.ShouldBe(31ul);
    }

    [Fact]
    public async Task Nothing_is_continued_while_a_sealer_runs()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var status = new SealerStatus();
        var running = log.Log.New(status).RunAsync(stop.Token);
        await status.WhenAsync(now => now.Phase == SealerPhase.Sealing, Ct);
        (await Lofte.RunAsync(["log", "continue", "--reason", "x", "--yes"], Ct)).ShouldExitWith(5);
        (await Lofte.RunAsync("log rotate-key")).ShouldExitWith(5);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task After_a_rotation_both_keys_sign_until_the_old_one_is_taken_away()
    {
        (await Lofte.RunAsync("log rotate-key")).ShouldExitWith(0);
        (await Lofte.RunAsync("log rotate-key")).ShouldExitWith(5).Error.ShouldContain("under way");
        await log.Log.SayAsync(3, Ct);
        (await log.AlarmAsync(Ct)).ShouldBeNull();
        var now = await log.Log.KeyAsync(Ct);
        now.KeyId.ShouldNotBe(log.Key.KeyId);
        var note = (await AuditedLog.NewestAsync(log.Log, Ct)).Note;
        Opens(note, log.Key).ShouldBeTrue("an auditor with the old line can follow");
        Opens(note, now).ShouldBeTrue();
        (await log.FoundAsync(Ct, withKept: true)).ShouldBeEmpty();

        File.Delete(log.Log.Folder.KeyBeforeFile);
        await log.Log.SayAsync(3, Ct);
        (await log.AlarmAsync(Ct)).ShouldBeNull();
        note = (await AuditedLog.NewestAsync(log.Log, Ct)).Note;
        (Opens(note, log.Key), Opens(note, now)).ShouldBe((false, true));
    }

    private static bool Opens(byte[] note, LogKey key) => SignedCheckpoint.TryOpen(note, [key], [], 0, out _, out _);
}
