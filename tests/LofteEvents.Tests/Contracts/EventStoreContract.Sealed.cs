using LofteEvents.Subjects;
using Npgsql;

namespace LofteEvents.Tests.Contracts;

public abstract partial class EventStoreContract
{
    /// <summary>The database that the stores are on, with the rights of the running server.</summary>
    protected abstract NpgsqlDataSource Rows { get; }

    [Fact]
    public async Task What_is_sealed_and_its_key_are_stored_with_their_events_or_not_at_all()
    {
        var (stream, subject) = (Said.NewStream(), $"subject/{Guid.NewGuid()}");
        var (key, created, part) = NewKey();
        var sealedEvent = Said.Event() with { Sealed = part };
        await AppendedAsync(stream, 0, Said.Event());

        var refused = await Store.AppendAsync(
            new AppendRequest([new(subject, 0, [created]), new(stream, 0, [sealedEvent])]), Token);
        refused.ShouldBe(new AppendResult.Conflict(stream, 0, 1));
        (await CountAsync("SELECT count(*) FROM lofte.subject_key WHERE key_id = $1", key)).ShouldBe(0);

        var events = Appended(await Store.AppendAsync(
            new AppendRequest([new(subject, 0, [created]), new(stream, 1, [Said.Event(), sealedEvent])]), Token));

        events.Select(each => (each.Stream, each.Version)).ShouldBe([(subject, 1), (stream, 2), (stream, 3)]);
        (await CountAsync("SELECT count(*) FROM lofte.subject_key WHERE key_id = $1", key)).ShouldBe(1);
        (await CountAsync("SELECT count(*) FROM lofte.sealed_mac WHERE key_id = $1", key)).ShouldBe(1);
        (await CountAsync("SELECT position FROM lofte.sealed_part WHERE key_id = $1", key)).ShouldBe(events[2].Position);
        (await CountAsync("SELECT count(*) FROM lofte.sealed_part WHERE event_id = $1", sealedEvent.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_without_events_in_a_request_holds_it_to_its_version_and_stays_as_it_is()
    {
        var (held, stream) = (Said.NewStream(), Said.NewStream());
        await AppendedAsync(held, 0, Said.Event(), Said.Event());

        var refused = await Store.AppendAsync(new AppendRequest([new(held, 1, []), new(stream, 0, [Said.Event()])]), Token);
        refused.ShouldBe(new AppendResult.Conflict(held, 1, 2));
        (await StreamAsync(stream)).ShouldBeEmpty();

        var events = Appended(await Store.AppendAsync(
            new AppendRequest([new(held, 2, []), new(stream, 0, [Said.Event()])]), Token));

        events.Select(each => (each.Stream, each.Version)).ShouldBe([(stream, 1)]);
        (await VersionsAsync(held)).ShouldBe([1, 2]);
        (await AppendedAsync(held, 2, Said.Event())).Single().Version.ShouldBe(3);
    }

    [Fact]
    public async Task Something_sealed_for_its_version_says_which_version_it_expects()
    {
        var stream = Said.NewStream();
        var (_, created, part) = NewKey();

        await Should.ThrowAsync<ArgumentException>(() => Store.AppendAsync(
            new AppendRequest(
                [new($"subject/{Guid.NewGuid()}", 0, [created]), new(stream, null, [Said.Event() with { Sealed = part }])]),
            Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.AppendAsync(
            new AppendRequest([new(stream, null, []), new(Said.NewStream(), 0, [Said.Event()])]), Token));
    }

    private static (Guid Key, NewEvent Created, SealedPart Part) NewKey()
    {
        var key = Guid.NewGuid();
        return (
            key,
            Said.Event("subject.key-created.v1") with { Key = new WrappedKey(key, Guid.NewGuid(), 1, new byte[40]) },
            new SealedPart("/sealed", key, "test/1", new byte[60], new byte[32]));
    }

    private async Task<long> CountAsync(string sql, Guid id)
    {
        await using var command = Rows.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
