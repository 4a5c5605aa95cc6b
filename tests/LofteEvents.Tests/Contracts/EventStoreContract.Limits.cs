namespace LofteEvents.Tests.Contracts;

public abstract partial class EventStoreContract
{
    [Theory]
    [InlineData("not JSON")]
    [InlineData("""{"text":"\u0000"}""")]
    [InlineData("""{"half":"\ud800"}""")]
    public async Task Data_that_is_not_JSON_of_the_database_fails_alone(string data)
    {
        var bad = Said.NewStream();
        var good = Enumerable.Range(0, 20).Select(_ => AppendedAsync(Said.NewStream(), 0, Said.Event())).ToList();

        var failing = Store.AppendAsync(Said.Request(bad, 0, Said.Event(), Said.Event(data: data)), Token);

        await Should.ThrowAsync<ArgumentException>(failing);
        (await Task.WhenAll(good)).ShouldAllBe(events => events[0].Version == 1);
        (await StreamAsync(bad)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_beyond_the_limits_is_refused_as_the_bug_it_is()
    {
        var stream = Said.NewStream();
        AppendRequest[] wrong =
        [
            new([]),
            new([new(stream, 0, [])]),
            new([new("", 0, [Said.Event()])]),
            new([new(new string('s', 161), 0, [Said.Event()])]),
            new([new(stream, -1, [Said.Event()])]),
            new([new(stream, 0, [Said.Event()]), new(stream, 1, [Said.Event()])]),
            new([new(stream, 0, Said.Events(2001))]),
            new([new(stream, 0, [Said.Event() with { Data = default }])]),
            new([new(stream, 0, [Said.Event(type: "")])]),
            new([new(stream, 0, [Said.Event() with { Fingerprint = new byte[31] }])]),
        ];

        foreach (var request in wrong)
        {
            await Should.ThrowAsync<ArgumentException>(() => Store.AppendAsync(request, Token));
        }

        (await StreamAsync(stream)).ShouldBeEmpty();
    }
}
