using LofteEvents.Log;
using LofteEvents.Postgres.Subjects;
using LofteEvents.Subjects;

namespace LofteEvents.Tests.Postgres.Subjects;

public sealed class Forgetting_a_person : IAsyncLifetime
{
    private const string KeyRows = "SELECT count(*) FROM lofte.subject_key";

    private readonly Guid _person = Guid.NewGuid();
    private SubjectsWorld _world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await SubjectsWorld.CreateAsync(Ct);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Destroys_the_key_and_what_hangs_on_it_and_leaves_every_digest_as_it_was()
    {
        var (met, other) = (await _world.MeetAsync(_person, Ct), await _world.MeetAsync(Guid.NewGuid(), Ct));
        var before = await LeafAsync(met);
        (await _world.OpenAsync(met, Ct)).ShouldBe(SubjectsWorld.Secret);

        (await _world.Forgetting().ForgetAsync(_person, "Beslut 2026-17.", "test", Ct)).ShouldBeTrue();

        (await _world.OpenAsync(met, Ct)).ShouldBe(nameof(OpenedPart.Forgotten));
        (await _world.OpenAsync(other, Ct)).ShouldBe(SubjectsWorld.Secret);
        (await _world.CountAsync(KeyRows, Ct)).ShouldBe(1);
        (await _world.CountAsync("SELECT count(*) FROM lofte.sealed_mac", Ct)).ShouldBe(1);
        (await _world.CountAsync("SELECT count(*) FROM lofte.sealed_part", Ct)).ShouldBe(2);
        (await LeafAsync(met)).ShouldBe(before);
    }

    [Fact]
    public async Task Is_safe_to_repeat_and_says_where_there_is_nothing_to_forget()
    {
        await _world.MeetAsync(_person, Ct);
        (await _world.Forgetting().ForgetAsync(Guid.NewGuid(), "Okänd.", "test", Ct)).ShouldBeFalse();

        (await _world.Forgetting().ForgetAsync(_person, "En gång.", "test", Ct)).ShouldBeTrue();
        (await _world.Forgetting().ForgetAsync(_person, "Två gånger.", "test", Ct)).ShouldBeTrue();

        (await EventsAsync()).Count(each => each is SubjectKeyDestroyed).ShouldBe(1);
        var plan = await _world.Forgetting().PlanAsync(_person, Ct);
        plan.State.ShouldBeOfType<Subject.Forgotten>().Reason.ShouldBe("En gång.");
        (plan.SealedParts, plan.HasKey).ShouldBe((1, false));
    }

    [Fact]
    public async Task Is_finished_by_the_next_start_after_a_crash_behind_the_event()
    {
        var met = await _world.MeetAsync(_person, Ct);
        await _world.Forgetting().RecordAsync(_person, "Beslut.", "test", Ct);
        (await _world.CountAsync(KeyRows, Ct)).ShouldBe(1);
        (await _world.OpenAsync(met, Ct)).ShouldBe(nameof(OpenedPart.Forgotten), "from the event on nobody opens it");

        (await _world.Forgetting().DestroyAgainAsync(Ct)).ShouldBe(1);

        (await _world.CountAsync(KeyRows, Ct)).ShouldBe(0);
        (await _world.Folder.DestroyedAsync(Ct)).Count.ShouldBe(1);
        (await _world.Forgetting().DestroyAgainAsync(Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task Is_finished_by_the_next_start_after_a_crash_behind_the_list_outside()
    {
        await _world.MeetAsync(_person, Ct);
        var key = await _world.Forgetting().RecordAsync(_person, "Beslut.", "test", Ct);
        await _world.Forgetting().RememberAsync(key!.Value, Ct);
        (await _world.CountAsync(KeyRows, Ct)).ShouldBe(1);

        (await _world.Forgetting().DestroyAgainAsync(Ct)).ShouldBe(1);

        (await _world.CountAsync(KeyRows, Ct)).ShouldBe(0);
        (await EventsAsync()).Count(each => each is SubjectKeyDestroyed).ShouldBe(1);
    }

    [Fact]
    public async Task Outlives_half_a_line_of_the_list_that_a_crash_left()
    {
        await _world.MeetAsync(_person, Ct);
        await File.WriteAllTextAsync(Path.Combine(_world.Folder.Path, "destroyed.txt"), "0d9f8a3e-5a1c-4c", Ct);

        await _world.Forgetting().ForgetAsync(_person, "Beslut.", "test", Ct);

        (await _world.Folder.DestroyedAsync(Ct)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Is_done_again_in_a_database_that_was_restored_from_before_it()
    {
        var met = await _world.MeetAsync(_person, Ct);
        var backup = await _world.DumpAsync(Ct);
        await _world.Forgetting().ForgetAsync(_person, "Beslut.", "test", Ct);

        var restored = await _world.RestoreAsync(backup, Ct);
        (await _world.Forgetting(restored.App).DestroyAgainAsync(Ct)).ShouldBe(1);

        (await _world.OpenAsync(met, Ct, restored.App)).ShouldBe(nameof(OpenedPart.Forgotten));
        var history = await _world.Store(restored.App).ReadStreamAsync(Subject.StreamOf(_person), 0, 10, Ct).ToListAsync(Ct);
        history.Select(each => each.Type).ShouldBe(["subject.key-created.v1", "subject.key-destroyed.v1"]);
    }

    /// <summary>The whole of the promise: what an old backup gives up before the epoch's end, and what after it.</summary>
    [Fact]
    public async Task Reaches_old_backups_when_the_epoch_of_their_master_key_ends()
    {
        var (met, other) = (await _world.MeetAsync(_person, Ct), await _world.MeetAsync(Guid.NewGuid(), Ct));
        var before = await _world.DumpAsync(Ct);
        await _world.Forgetting().ForgetAsync(_person, "Beslut.", "test", Ct);
        var after = await _world.DumpAsync(Ct);

        // Whoever holds the old backup and today's master keys, and does not run our start, still reads it.
        (await _world.OpenAsync(met, Ct, (await _world.RestoreAsync(before, Ct)).App)).ShouldBe(SubjectsWorld.Secret);
        (await _world.OpenAsync(met, Ct, (await _world.RestoreAsync(after, Ct)).App)).ShouldBe(nameof(OpenedPart.Forgotten));

        _world.Clock.Move(_world.Settings.EpochLength);
        var begun = await _world.Epochs().UpkeepAsync(Ct);
        (begun.Begun, begun.Rewrapped, begun.Ended.Count).ShouldBe((true, 1, 0));
        _world.Clock.Move(_world.Settings.BackupWindow - TimeSpan.FromMinutes(1));
        (await _world.Epochs().UpkeepAsync(Ct)).Ended.ShouldBeEmpty();
        _world.Clock.Move(TimeSpan.FromMinutes(1));
        (await _world.Epochs().UpkeepAsync(Ct)).Ended.ShouldBe([1]);

        var old = (await _world.RestoreAsync(before, Ct)).App;
        await Should.ThrowAsync<MasterKeyException>(() => _world.OpenAsync(met, Ct, old));
        (await _world.OpenAsync(other, Ct)).ShouldBe(SubjectsWorld.Secret, "the living were rewrapped in time");
    }

    [Fact]
    public async Task Does_not_take_a_key_table_of_before_for_the_truth()
    {
        var met = await _world.MeetAsync(_person, Ct);
        await using (var copy = _world.Database.Owner.CreateCommand("CREATE TABLE key_copy AS SELECT * FROM lofte.subject_key"))
        {
            await copy.ExecuteNonQueryAsync(Ct);
        }

        await _world.Forgetting().ForgetAsync(_person, "Beslut.", "test", Ct);
        await using (var back = _world.Database.Owner.CreateCommand("INSERT INTO lofte.subject_key SELECT * FROM key_copy"))
        {
            await back.ExecuteNonQueryAsync(Ct);
        }

        (await _world.OpenAsync(met, Ct)).ShouldBe(nameof(OpenedPart.Forgotten));
        (await _world.Forgetting().DestroyAgainAsync(Ct)).ShouldBe(1);
        (await _world.CountAsync(KeyRows, Ct)).ShouldBe(0);
    }

    private async Task<IReadOnlyList<DomainEvent>> EventsAsync() =>
        [.. (await _world.Store().ReadStreamAsync(Subject.StreamOf(_person), 0, 100, Ct).ToListAsync(Ct))
            .Select(EventCatalogue.Decode)];

    private async Task<string> LeafAsync(Met met)
    {
        var stored = await _world.Store().ReadStreamAsync(met.Stream, 0, 1, Ct).SingleAsync(Ct);
        var row = (await SubjectKeyRows.SealedOfEventsAsync(_world.Database.App, [met.Event], Ct)).Single();
        var part = SealedPartDigest.Of(row.Path, row.KeyId, row.Ciphertext, [], []);
        return Convert.ToHexStringLower(Leaf.From(stored, 0, [part]).Encode());
    }
}
