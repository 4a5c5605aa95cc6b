namespace LofteEvents.Tests.Contracts;

public abstract partial class EventStoreContract
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(5000)]
    public async Task Reading_on_from_where_one_stopped_gives_what_reading_at_once_gives(int piece)
    {
        var before = await Store.HeadAsync(Token);
        var streams = Enumerable.Range(0, 20).Select(_ => Said.NewStream()).ToList();
        foreach (var stream in streams)
        {
            await AppendedAsync(stream, 0, Said.Events(piece < 100 ? 3 : 60));
        }

        var whole = await Store.ReadAllAsync(before, long.MaxValue, Token).ToListAsync(Token);
        var pieces = new List<StoredEvent>();
        List<StoredEvent> read;
        do
        {
            read = await Store.ReadAllAsync(pieces.LastOrDefault()?.Position ?? before, piece, Token).ToListAsync(Token);
            read.Count.ShouldBeLessThanOrEqualTo(piece);
            pieces.AddRange(read);
        }
        while (read.Count == piece);

        pieces.Select(Facts).ShouldBe(whole.Select(Facts));
        whole.Select(stored => stored.Stream).Distinct().ShouldBe(streams);
    }

    [Fact]
    public async Task Events_of_every_size_are_streamed_as_they_were_stored()
    {
        var before = await Store.HeadAsync(Token);
        int[] sizes = [1, 100, 8_000, 65_000, 66_000, 200_000, 3_000_000, 10, 40_000, 1];
        var said = sizes.Select(size => Said.Event(data: $$"""{"text":"{{new string('å', size)}}"}""")).ToArray();
        await AppendedAsync(Said.NewStream(), 0, said);

        var read = await Store.ReadAllAsync(before, 100_000, Token).ToListAsync(Token);

        read.Count.ShouldBe(said.Length);
        read.Zip(said).ShouldAllBe(pair => pair.First.Id == pair.Second.Id && Said.SameJson(pair.First.Data, pair.Second.Data));
    }

    [Fact]
    public async Task A_reader_may_stop_in_the_middle()
    {
        var before = await Store.HeadAsync(Token);
        await AppendedAsync(Said.NewStream(), 0, Said.Events(1000));

        for (var i = 0; i < 30; i++)
        {
            await foreach (var stored in Store.ReadAllAsync(before, 1000, Token))
            {
                if (stored.Version == 10 * (i + 1))
                {
                    break;
                }
            }
        }

        (await Store.ReadAllAsync(before, 1000, Token).CountAsync(Token)).ShouldBe(1000);
    }

    [Fact]
    public async Task A_stream_is_read_from_a_version_on_up_to_a_limit()
    {
        var stream = Said.NewStream();
        await AppendedAsync(stream, 0, Said.Events(1000));
        await AppendedAsync(stream, 1000, Said.Events(3));

        (await ReadAsync(0, 2)).ShouldBe([1, 2]);
        (await ReadAsync(1000, 10)).ShouldBe([1001, 1002, 1003]);
        (await ReadAsync(1003, 10)).ShouldBeEmpty();
        (await ReadAsync(0, 0)).ShouldBeEmpty();
        (await ReadAsync(1, 999)).ShouldBe(Enumerable.Range(2, 999).Select(n => (long)n));

        async Task<List<long>> ReadAsync(long after, int limit) =>
            await Store.ReadStreamAsync(stream, after, limit, Token).Select(read => read.Version).ToListAsync(Token);
    }

    [Fact]
    public async Task The_log_ends_where_its_head_is()
    {
        var position = (await AppendedAsync(Said.NewStream(), 0, Said.Events(3)))[^1].Position;

        (await Store.HeadAsync(Token)).ShouldBe(position);
        (await Store.ReadAllAsync(position, 10, Token).ToListAsync(Token)).ShouldBeEmpty();
        (await Store.ReadAllAsync(position, 1000, Token).ToListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_recorded_time_leads_to_the_newest_event_that_was_known_then()
    {
        var appended = new List<AppendedEvent>();
        for (var i = 0; i < 20; i++)
        {
            appended.AddRange(await AppendedAsync(Said.NewStream(), 0, Said.Events(1 + (i % 3))));
        }

        foreach (var moment in appended.Select(one => one.RecordedAt).Distinct())
        {
            var known = appended.Last(one => one.RecordedAt <= moment).Position;
            (await Store.PositionAtAsync(moment, Token)).ShouldBe(known);
            (await Store.PositionAtAsync(moment.ToOffset(TimeSpan.FromHours(2)), Token)).ShouldBe(known);
        }

        (await Store.PositionAtAsync(appended[^1].RecordedAt.AddYears(1), Token)).ShouldBe(appended[^1].Position);
        (await Store.PositionAtAsync(DateTimeOffset.UnixEpoch, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task A_reader_that_is_cancelled_stops()
    {
        await AppendedAsync(Said.NewStream(), 0, Said.Event());

        await Should.ThrowAsync<OperationCanceledException>(
            async () => await Store.ReadAllAsync(0, 10, new CancellationToken(canceled: true)).CountAsync(Token));
    }

    private static (long Position, Guid Id, string Stream, long Version, DateTimeOffset RecordedAt) Facts(StoredEvent stored) =>
        (stored.Position, stored.Id, stored.Stream, stored.Version, stored.RecordedAt);
}
