using LofteEvents.Postgres.Subjects;

namespace LofteEvents.Tests.Postgres.Subjects;

public sealed class Master_key_epochs : IAsyncLifetime
{
    private SubjectsWorld _world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await SubjectsWorld.CreateAsync(Ct);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Begin_with_one_that_only_its_owner_can_read()
    {
        File.GetUnixFileMode(_world.Folder.Path)
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = Directory.GetFiles(_world.Folder.Path).ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldBe("epoch-000001.json");
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Are_gone_through_without_anybody_losing_what_was_sealed()
    {
        var met = new List<Met>();
        for (var i = 0; i < 5; i++)
        {
            met.Add(await _world.MeetAsync(Guid.NewGuid(), Ct));
            await _world.Epochs().BeginAsync(Ct);
        }

        (await _world.Epochs().ListAsync(Ct)).Select(each => (each.Epoch, each.Keys))
            .ShouldBe([(1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 5)]);
        foreach (var each in met)
        {
            (await _world.OpenAsync(each, Ct)).ShouldBe(SubjectsWorld.Secret);
        }
    }

    [Fact]
    public async Task Are_finished_after_a_crash_between_the_new_key_and_the_rewrapping()
    {
        var met = await _world.MeetAsync(Guid.NewGuid(), Ct);
        await _world.Epochs().AddAsync(Ct);
        (await _world.OpenAsync(met, Ct)).ShouldBe(SubjectsWorld.Secret);

        Told(await _world.Epochs().UpkeepAsync(Ct)).ShouldBe("False 1 ");

        (await _world.OpenAsync(met, Ct)).ShouldBe(SubjectsWorld.Secret);
        (await _world.Epochs().ListAsync(Ct)).Single(each => each.Epoch == 1).Retired.ShouldNotBeNull();
    }

    [Fact]
    public async Task End_whole_after_a_crash_while_a_key_was_being_destroyed()
    {
        await _world.Epochs().BeginAsync(Ct);
        var file = Path.Combine(_world.Folder.Path, "epoch-000001.json");
        File.Move(file, Path.ChangeExtension(file, ".ended"));

        await _world.Epochs().OpenAsync(mayBegin: true, Ct);

        Directory.GetFiles(_world.Folder.Path).Select(Path.GetFileName).ShouldBe(["epoch-000002.json"]);
    }

    [Fact]
    public async Task Do_not_begin_where_nobody_was_forgotten_and_do_not_end_while_they_wrap_a_key()
    {
        await _world.MeetAsync(Guid.NewGuid(), Ct);
        _world.Clock.Move(TimeSpan.FromDays(1000));
        Told(await _world.Epochs().UpkeepAsync(Ct)).ShouldBe("False 0 ");

        await _world.Epochs().BeginAsync(Ct);
        _world.Clock.Move(_world.Settings.BackupWindow);
        await using (var back = _world.Database.Owner.CreateCommand("UPDATE lofte.subject_key SET epoch = 99"))
        {
            await back.ExecuteNonQueryAsync(Ct);
        }

        (await _world.Epochs().ListAsync(Ct)).Single(each => each.Epoch == 99).Begun.ShouldBeNull();
        (await _world.Epochs().UpkeepAsync(Ct)).Ended.ShouldBe([1]);
    }

    [Fact]
    public async Task Of_another_database_or_none_stop_the_start_with_what_to_do()
    {
        await _world.MeetAsync(Guid.NewGuid(), Ct);
        await using var other = await SubjectsWorld.CreateAsync(Ct);

        var foreign = new MasterKeyEpochs(_world.Database.App, other.Folder, other.Settings, _world.Clock);
        (await Should.ThrowAsync<MasterKeyException>(() => foreign.OpenAsync(mayBegin: true, Ct)))
            .Message.ShouldContain("belongs to another database");

        var nowhere = new MasterKeyFolder(Path.Combine(_world.Folder.Path, "nowhere"));
        var none = new MasterKeyEpochs(_world.Database.App, nowhere, _world.Settings, _world.Clock);
        (await Should.ThrowAsync<MasterKeyException>(() => none.OpenAsync(mayBegin: true, Ct)))
            .Message.ShouldContain("Lofte__MasterKeys");
        Directory.Exists(nowhere.Path).ShouldBeFalse();
    }

    private static string Told(EpochWork work) => $"{work.Begun} {work.Rewrapped} {string.Join(',', work.Ended)}";
}
