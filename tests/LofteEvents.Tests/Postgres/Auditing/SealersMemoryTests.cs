using LofteEvents.Postgres.Sealing;

namespace LofteEvents.Tests.Postgres.Auditing;

/// <summary>What becomes of the sealer when its own memory is touched, or somebody seals beside it.</summary>
public sealed class The_sealers_memory : IAsyncLifetime
{
    private AuditedLog log = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private LogFolder Folder => log.Log.Folder;

    public async ValueTask InitializeAsync() => log = await AuditedLog.CreateAsync(Ct);

    public ValueTask DisposeAsync() => log.DisposeAsync();

    [Fact]
    public async Task When_it_is_lost_nothing_is_signed()
    {
        File.Delete(Folder.StateFile);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.StateLost);
        File.Exists(Folder.StateFile).ShouldBeFalse("nothing is made anew");
    }

    [Fact]
    public async Task When_it_cannot_be_read_nothing_is_signed()
    {
        await File.WriteAllTextAsync(Folder.StateFile, "{}", Ct);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.StateLost);
    }

    [Fact]
    public async Task When_it_and_all_that_is_published_are_lost_the_key_still_tells_that_there_was_a_log()
    {
        File.Delete(Folder.StateFile);
        await log.DoAsync("TRUNCATE lofte.log_leaf, lofte.log_tile, lofte.log_checkpoint, lofte.log_key", Ct);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.StateLost);
    }

    [Fact]
    public async Task When_it_is_rolled_back_nothing_is_signed()
    {
        var before = await File.ReadAllBytesAsync(Folder.StateFile, Ct);
        await log.Log.SayAsync(5, Ct);
        (await log.AlarmAsync(Ct)).ShouldBeNull();
        await File.WriteAllBytesAsync(Folder.StateFile, before, Ct);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.StateBehind);
    }

    [Fact]
    public async Task When_the_key_is_lost_or_open_to_others_nothing_is_signed()
    {
        File.SetUnixFileMode(Folder.KeyFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.KeyLost);
        File.Delete(Folder.KeyFile);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.KeyLost);
        File.Exists(Folder.KeyFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_sealer_with_a_memory_of_its_own_signs_nothing()
    {
        var elsewhere = LogFolder.In(Path.Combine(log.Log.DataFolder, "second"));
        var status = new SealerStatus();
        await log.Log.New(status, folder: elsewhere).RunAsync(Ct);
        status.Now.Alarm.ShouldNotBeNull().Code.ShouldBe(SealerAlarms.StateLost);
        (await log.FoundAsync(Ct)).ShouldBeEmpty();
        (await log.AlarmAsync(Ct)).ShouldBeNull("the first goes on");
    }

    [Fact]
    public async Task Two_sealers_with_one_memory_seal_one_tree()
    {
        const int all = AuditedLog.Events + 40;
        await Task.WhenAll(log.Log.SayAsync(40, Ct), SealUntilAsync(all), SealUntilAsync(all));
        (await log.FoundAsync(Ct, withKept: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Does_not_take_an_old_backup_of_the_database_for_the_present_one()
    {
        await using var old = await log.Log.CopyAsync(Ct);
        await log.Log.SayAsync(5, Ct);
        (await log.AlarmAsync(Ct)).ShouldBeNull();

        var alarm = (await old.SealAsync(Ct)).Alarm.ShouldNotBeNull();
        alarm.Code.ShouldBe(SealerAlarms.RowsMissing);
        await old.SayAsync(5, Ct);
        (await old.SealAsync(Ct)).Alarm.ShouldNotBeNull("other events in the place of the lost ones are no better");
    }

    [Fact]
    public async Task Remembers_an_alarm_and_goes_on_only_when_everything_is_whole_again()
    {
        await log.DoAsync("""UPDATE lofte.mt_events SET data = '{"kind":"x"}' WHERE seq_id = 7""", Ct);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.RowsChanged);
        await log.Log.SayAsync(400, Ct);
        (await log.AlarmAsync(Ct)).ShouldBe(SealerAlarms.RowsChanged);
        (await AuditedLog.NewestAsync(log.Log, Ct)).Size.ShouldBe(AuditedLog.Events);

        await log.DoAsync("""UPDATE lofte.mt_events SET data = '{"kind":"traffic"}' WHERE seq_id = 7""", Ct);
        (await log.AlarmAsync(Ct)).ShouldBeNull();
        (await log.FoundAsync(Ct, withKept: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Finds_a_change_far_behind_the_newest_leaves_without_being_asked()
    {
        await log.Log.SayAsync(900, Ct);
        (await log.AlarmAsync(Ct)).ShouldBeNull();
        await log.DoAsync("""UPDATE lofte.mt_events SET data = '{"kind":"x"}' WHERE seq_id = 400""", Ct);
        var alarm = (await log.Log.SealAsync(Ct)).Alarm.ShouldNotBeNull();
        (alarm.Code, alarm.Position).ShouldBe((SealerAlarms.RowsChanged, 400));
    }

    private async Task SealUntilAsync(int size)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var status = new SealerStatus();
        var running = log.Log.New(status).RunAsync(stop.Token);
        await Eventually.BecomesAsync(
            $"{size} events are sealed", async token => (await AuditedLog.NewestAsync(log.Log, token)).Size >= size, Ct);
        await stop.CancelAsync();
        await running;
        status.Now.Alarm.ShouldBeNull();
    }
}
