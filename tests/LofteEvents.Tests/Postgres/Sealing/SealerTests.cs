using LofteEvents.Log;
using LofteEvents.Postgres.Sealing;

namespace LofteEvents.Tests.Postgres.Sealing;

public sealed class The_sealer
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Seals_every_event_under_a_checkpoint_that_its_own_key_signed()
    {
        await using var log = await SealedLog.CreateAsync(700, Ct);

        var sealedLog = await log.SealAsync(Ct);

        sealedLog.Alarm.ShouldBeNull();
        sealedLog.Checkpoint.ShouldNotBeNull().Size.ShouldBe(700ul);
        sealedLog.Checkpoint.Origin.ShouldBe("polisen.example/norrmalm/1");
        sealedLog.Position.ShouldBe(await log.Store.HeadAsync(Ct));
        (await log.OpenAsync(Ct)).Checkpoint.ShouldBe(sealedLog.Checkpoint);
    }

    [Fact]
    public async Task Keeps_key_and_state_outside_the_database_for_its_owner_alone()
    {
        await using var log = await SealedLog.CreateAsync(1, Ct);
        await log.SealAsync(Ct);

        foreach (var file in new[] { log.Folder.KeyFile, log.Folder.StateFile })
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Directory.EnumerateFiles(log.Folder.Root).Select(Path.GetFileName).ShouldBe(["key.pem", "state.json"], ignoreOrder: true);
    }

    [Fact]
    public async Task Publishes_tiles_and_leaves_that_have_the_checkpoints_root_whatever_the_sizes_it_stopped_at()
    {
        await using var log = await SealedLog.CreateAsync(255, Ct);
        foreach (var more in new[] { 0, 1, 1, 254, 1, 600 })
        {
            await log.SayAsync(more, Ct);
            var now = await log.SealAsync(Ct);
            now.Alarm.ShouldBeNull();
            await log.ShouldBeWholeAsync(now.Checkpoint!, Ct);
        }
    }

    [Fact]
    public async Task Signs_the_empty_log_so_that_its_name_and_key_are_known_before_the_first_event()
    {
        await using var log = await SealedLog.CreateAsync(0, Ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var status = new SealerStatus();
        var running = log.New(status).RunAsync(stop.Token);
        (await status.WhenAsync(now => now.Checkpoint is not null, Ct)).Checkpoint!.Root.ShouldBe(MerkleTree.EmptyRoot);
        await stop.CancelAsync();
        await running;
        (await log.OpenAsync(Ct)).Checkpoint.Size.ShouldBe(0ul);
    }

    [Fact]
    public async Task Runs_in_one_process_and_another_goes_on_where_it_left()
    {
        await using var log = await SealedLog.CreateAsync(10, Ct);
        var (one, other) = (new SealerStatus(), new SealerStatus());
        using var first = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        using var second = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var runningFirst = log.New(one).RunAsync(first.Token);
        await one.WhenAsync(now => now.Checkpoint?.Size == 10, Ct);
        var runningSecond = log.New(other).RunAsync(second.Token);
        await log.SayAsync(5, Ct);
        await one.WhenAsync(now => now.Checkpoint?.Size == 15, Ct);
        other.Now.Phase.ShouldBe(SealerPhase.Standby);

        await first.CancelAsync();
        await runningFirst;
        await log.SayAsync(5, Ct);
        (await other.WhenAsync(now => now.Checkpoint?.Size == 20, Ct)).Alarm.ShouldBeNull();
        await second.CancelAsync();
        await runningSecond;
        await log.ShouldBeWholeAsync(other.Now.Checkpoint!, Ct);
    }

    public static TheoryData<SealerStepName> Steps => [.. Enum.GetValues<SealerStepName>()];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Goes_on_as_if_nothing_had_been_after_it_died_behind_a_step(SealerStepName step)
    {
        await using var log = await SealedLog.CreateAsync(step == SealerStepName.Began ? 0 : 300, Ct);
        if (step != SealerStepName.Began)
        {
            (await log.SealAsync(Ct)).Checkpoint!.Size.ShouldBe(300ul);
        }

        await log.SayAsync(290, Ct);
        await Should.ThrowAsync<DiedException>(() => log.SealAsync(Ct, passed => Die(passed, step)));

        var after = await log.SealAsync(Ct);
        after.Alarm.ShouldBeNull();
        after.Checkpoint!.Size.ShouldBe(step == SealerStepName.Began ? 290ul : 590ul);
        await log.ShouldBeWholeAsync(after.Checkpoint, Ct);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Signs_no_second_root_for_a_size_when_history_is_changed_while_it_is_dead(SealerStepName step)
    {
        if (step is SealerStepName.Began or SealerStepName.Hashed)
        {
            return; // Nothing was remembered yet, so nothing was sealed.
        }

        await using var log = await SealedLog.CreateAsync(20, Ct);
        await Should.ThrowAsync<DiedException>(() => log.SealAsync(Ct, passed => Die(passed, step)));
        await log.AsSuperuserAsync("""UPDATE lofte.mt_events SET data = '{"kind":"x"}' WHERE seq_id = 7""", Ct);

        var after = await log.SealAsync(Ct);
        after.Alarm.ShouldNotBeNull().Code.ShouldBeOneOf(SealerAlarms.RowsChanged, SealerAlarms.TreeChanged);
    }

    private static void Die(SealerStep passed, SealerStepName at)
    {
        if ((int)passed == (int)at)
        {
            throw new DiedException();
        }
    }

    private sealed class DiedException : Exception;
}

/// <summary><see cref="SealerStep"/> for the names of tests, which are public.</summary>
public enum SealerStepName
{
    Began,
    Hashed,
    Persisted,
    Signed,
    Written,
    Published,
}
