namespace LofteEvents.Tests.Contracts;

public abstract partial class EventStoreContract
{
    [Fact]
    public async Task A_key_that_was_used_says_what_it_was_used_for()
    {
        var stream = Said.NewStream();
        var said = Said.Keyed();
        var first = (await AppendedAsync(stream, 0, Said.Event(), said))[1];

        var again = await Store.AppendAsync(Said.Request(stream, 0, said), Token);

        var key = again.ShouldBeOfType<AppendResult.KeysTaken>().Keys.Single();
        key.Id.ShouldBe(said.Id);
        key.Fingerprint.ToArray().ShouldBe(said.Fingerprint.ToArray());
        (key.Stream, key.Version, key.Position).ShouldBe((stream, 2, first.Position));
        (await VersionsAsync(stream)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_key_used_again_for_other_content_is_told_by_its_fingerprint()
    {
        var said = Said.Keyed("the one");
        await AppendedAsync(Said.NewStream(), 0, said);

        var result = await Store.AppendAsync(
            Said.Request(Said.NewStream(), 0, said with { Fingerprint = Said.Fingerprint("the other") }), Token);

        result.ShouldBeOfType<AppendResult.KeysTaken>().Keys.Single().Fingerprint.ToArray().ShouldBe(Said.Fingerprint("the one"));
    }

    [Fact]
    public async Task A_batch_with_keys_that_were_used_names_all_of_them_and_stores_nothing()
    {
        var (one, other) = (Said.Keyed(), Said.Keyed());
        await AppendedAsync(Said.NewStream(), 0, one);
        await AppendedAsync(Said.NewStream(), 0, other);
        var (first, second) = (Said.NewStream(), Said.NewStream());

        var result = await Store.AppendAsync(
            new AppendRequest([new(first, 0, [Said.Keyed(), one]), new(second, 0, [Said.Event(), other])]), Token);

        var keys = result.ShouldBeOfType<AppendResult.KeysTaken>().Keys;
        keys.Select(key => key.Id).ShouldBe([one.Id, other.Id], ignoreOrder: true);
        (await StreamAsync(first)).ShouldBeEmpty();
        (await StreamAsync(second)).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_who_says_the_same_key_twice_in_a_request_has_a_bug()
    {
        var said = Said.Keyed();
        var stream = Said.NewStream();

        await Should.ThrowAsync<ArgumentException>(() => Store.AppendAsync(Said.Request(stream, 0, said, said), Token));

        (await StreamAsync(stream)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_who_say_the_same_at_once_one_is_stored_and_the_others_learn_where()
    {
        var stream = Said.NewStream();
        var said = Said.Keyed();
        IEventStore[] processes = [Store, AnotherProcess(), AnotherProcess()];

        var results = await Task.WhenAll(Enumerable.Range(0, 30).Select(i =>
            processes[i % 3].AppendAsync(Said.Request(stream, null, said), Token)));

        var stored = results.OfType<AppendResult.Appended>().ShouldHaveSingleItem().Events.Single();
        var repeats = results.OfType<AppendResult.KeysTaken>().Select(repeat => repeat.Keys.Single().Position).ToList();
        repeats.Count.ShouldBe(29);
        repeats.ShouldAllBe(position => position == stored.Position);
        (await VersionsAsync(stream)).ShouldBe([1]);
    }

    [Fact]
    public async Task An_id_without_a_fingerprint_is_no_key()
    {
        var said = Said.Event();
        var stream = Said.NewStream();

        await AppendedAsync(stream, 0, said);
        await AppendedAsync(stream, 1, said);

        (await VersionsAsync(stream)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_decision_loads_its_streams_and_the_keys_that_are_taken()
    {
        var (stream, unknown) = (Said.NewStream(), Said.NewStream());
        var (said, unsaid) = (Said.Keyed(), Said.Keyed());
        await AppendedAsync(stream, 0, said, Said.Event());

        var input = await Store.LoadAsync([said.Id, unsaid.Id], [stream, unknown], Token);

        input.Keys.Keys.ShouldBe([said.Id]);
        input.Keys[said.Id].Version.ShouldBe(1);
        input.Keys[said.Id].Fingerprint.ToArray().ShouldBe(said.Fingerprint.ToArray());
        input.Streams.Keys.ShouldBe([stream, unknown], ignoreOrder: true);
        input.Streams[stream].Select(read => read.Version).ShouldBe([1, 2]);
        input.Streams[unknown].ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_decisions_at_once_each_load_their_own()
    {
        var shared = Said.NewStream();
        await AppendedAsync(shared, 0, Said.Event());
        var said = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            var (stream, key) = (Said.NewStream(), Said.Keyed());
            await AppendedAsync(stream, 0, [key, .. Said.Events(i % 4)]);
            return (Stream: stream, Key: key.Id, Events: 1 + (i % 4));
        }));

        var inputs = await Task.WhenAll(said.Select(each => Store.LoadAsync([each.Key], [each.Stream, shared], Token)));

        foreach (var (input, each) in inputs.Zip(said))
        {
            input.Keys.Keys.ShouldBe([each.Key]);
            input.Streams[each.Stream].Count.ShouldBe(each.Events);
            input.Streams[each.Stream].ShouldAllBe(read => read.Stream == each.Stream);
            input.Streams[shared].Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_decision_that_asks_for_nothing_gets_nothing()
    {
        var input = await Store.LoadAsync([], [], Token);

        input.Keys.ShouldBeEmpty();
        input.Streams.ShouldBeEmpty();
    }
}
