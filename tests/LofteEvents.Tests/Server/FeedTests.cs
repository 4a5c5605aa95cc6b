using System.Net;
using LofteEvents.Server.Loften;
using LofteEvents.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace LofteEvents.Tests.Server;

public sealed class The_feed_of_a_promise : IAsyncLifetime
{
    private const string Feed = "/api/v1/loften/norrmalm-2018/feed?on=2018-12-31";
    private const string Status = "/api/v1/loften/norrmalm-2018/status?on=2018-12-31";
    private const string Youth = "unga-narkotika";
    private LofteServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await LofteServer.StartAsync(Ct);
        await _server.GiveNorrmalmAsync(Ct);
        await _server.PublishInsatsAsync(Ct);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Tells_the_status_as_it_is_read_and_again_when_it_changes()
    {
        await using var follower = await FollowAsync();
        var first = await follower.NextAsync();
        first.Data.ShouldBe(await _server.Anonymous().GetStringAsync($"{Status}&asOf=@{first.Position}", Ct));
        first.Done(Youth).ShouldBe(1);

        var position = await _server.PublishInsatsAsync(Ct);

        var changed = await follower.NextAsync();
        changed.Position.ShouldBe(position);
        changed.Done(Youth).ShouldBe(2);
        changed.Data.ShouldBe(await _server.Anonymous().GetStringAsync($"{Status}&asOf=@{position}", Ct));
    }

    [Fact]
    public async Task Says_nothing_of_events_that_change_nothing()
    {
        await using var follower = await FollowAsync();
        await follower.NextAsync();

        await _server.PublishInsatsAsync(Ct, kind: "something-else");
        var position = await _server.PublishInsatsAsync(Ct);

        var next = await follower.NextAsync();
        (next.Position, next.Done(Youth)).ShouldBe((position, 2));
    }

    [Fact]
    public async Task Tells_whoever_comes_back_what_was_missed_and_nothing_else()
    {
        long known;
        await using (var follower = await FollowAsync())
        {
            known = (await follower.NextAsync()).Position;
        }

        var missed = await _server.PublishInsatsAsync(Ct);
        await using (var back = await FollowAsync(lastEventId: $"{known}"))
        {
            var told = await back.NextAsync();
            (told.Position, told.Done(Youth)).ShouldBe((missed, 2));
        }

        // Nothing that it does not know, though the log has grown by what concerns others.
        await _server.PublishInsatsAsync(Ct, kind: "something-else");
        await using var again = await FollowAsync(lastEventId: $"{missed}");
        await using var byQuery = await Follower.ConnectAsync(_server.Anonymous(), $"{Feed}&after={missed}", Ct);
        var position = await _server.PublishInsatsAsync(Ct);
        (await again.NextAsync()).Position.ShouldBe(position);
        (await byQuery.NextAsync()).Position.ShouldBe(position);
    }

    [Theory]
    [InlineData("999999")]
    [InlineData("not a position")]
    public async Task Tells_all_to_whoever_comes_back_with_what_this_log_never_said(string lastEventId)
    {
        await using var follower = await FollowAsync(lastEventId);

        (await follower.NextAsync()).Done(Youth).ShouldBe(1);
    }

    [Fact]
    public async Task Gives_a_slow_follower_the_newest_and_not_everything_between()
    {
        var feed = _server.Services.GetRequiredService<LofteFeed>();
        var key = new FeedKey("norrmalm-2018", new DateOnly(2018, 12, 31));
        var now = FeedState.Of((await feed.ReadAsync(key, null, Ct))!);
        await using var slow = feed.FollowAsync(key, now, null, TimeSpan.FromMinutes(1), Ct).GetAsyncEnumerator(Ct);
        (await slow.MoveNextAsync()).ShouldBeTrue();
        await using var quick = await FollowAsync();
        await quick.NextAsync();

        var last = 0L;
        for (var i = 0; i < 5; i++)
        {
            last = await _server.PublishInsatsAsync(Ct);
        }

        while ((await quick.NextAsync()).Position < last)
        {
        }

        (await slow.MoveNextAsync()).ShouldBeTrue();
        slow.Current!.Position.ShouldBe(last);
    }

    [Fact]
    public async Task Gives_a_sign_of_life_while_nothing_changes()
    {
        var feed = _server.Services.GetRequiredService<LofteFeed>();
        var key = new FeedKey("norrmalm-2018", null);
        var now = FeedState.Of((await feed.ReadAsync(key, null, Ct))!);

        await using var follower =
            feed.FollowAsync(key, now, now.Position, TimeSpan.FromMilliseconds(1), Ct).GetAsyncEnumerator(Ct);

        (await follower.MoveNextAsync()).ShouldBeTrue();
        follower.Current.ShouldBeNull();
    }

    [Fact]
    public async Task Goes_on_after_the_database_was_away()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var line = CuttableLine.To(database.ConnectionString);
        await using var server = await LofteServer.StartAsync(
            Ct, new Dictionary<string, string> { ["ConnectionStrings:Lofte"] = line.ConnectionString });
        await server.GiveNorrmalmAsync(Ct);
        await server.PublishInsatsAsync(Ct);
        await using var follower = await Follower.ConnectAsync(server.Anonymous(), Feed, Ct);
        await follower.NextAsync();

        line.Cut();
        using (var refused = await server.Anonymous().GetAsync("/api/v1/loften/norrmalm-2018/status?on=2018-05-05", Ct))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        line.Mend();
        await Eventually.BecomesAsync("an event is taken again", async token => await TryPublishAsync(server, token), Ct);

        var told = await follower.NextAsync();
        told.Done(Youth).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Ends_when_the_server_stops()
    {
        await using var server = await LofteServer.StartAsync(Ct);
        await server.GiveNorrmalmAsync(Ct);
        await server.PublishInsatsAsync(Ct);
        await using var follower = await Follower.ConnectAsync(server.Anonymous(), Feed, Ct);
        await follower.NextAsync();

        server.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().StopApplication();

        (await follower.EndsAsync()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("/api/v1/loften/nowhere-2018/feed", 404, "request.not-found")]
    [InlineData("/api/v1/loften/norrmalm-2018/feed?asOf=@1", 400, "query.invalid")]
    [InlineData("/api/v1/loften/norrmalm-2018/feed?on=tomorrow", 400, "query.invalid")]
    [InlineData("/api/v1/loften/norrmalm-2018/feed?after=-1", 400, "query.invalid")]
    public async Task Refuses_what_cannot_be_followed(string address, int status, string code)
    {
        using var response = await _server.Anonymous().GetAsync(address, Ct);

        (await Answer.ReadAsync(response, Ct)).ShouldBeRefused(status, code);
    }

    [Fact]
    public async Task Sends_away_more_followers_than_it_holds_until_one_leaves()
    {
        await using var server = await LofteServer.StartAsync(
            Ct, replace: services => services.AddSingleton(new FeedConnections(most: 1)));
        await server.GiveNorrmalmAsync(Ct);
        await server.PublishInsatsAsync(Ct);
        await using (await Follower.ConnectAsync(server.Anonymous(), Feed, Ct))
        {
            using var response = await server.Anonymous().GetAsync(Feed, Ct);
            var refused = await Answer.ReadAsync(response, Ct);
            refused.ShouldBeRefused(503, "feed.full");
            refused.RetryAfter.ShouldBe("30");
        }

        await Eventually.BecomesAsync("there is room again", async token => await IsOpenAsync(server, token), Ct);
    }

    [Fact]
    public void Holds_no_more_of_one_address_than_its_share()
    {
        var connections = new FeedConnections(most: 10, mostOfAnAddress: 1);
        var address = IPAddress.Parse("192.0.2.1");
        using var first = connections.TryEnter(address).ShouldNotBeNull();

        connections.TryEnter(address).ShouldBeNull();
        using var other = connections.TryEnter(IPAddress.Parse("192.0.2.2")).ShouldNotBeNull();
        first.Dispose();
        first.Dispose();
        using var again = connections.TryEnter(address).ShouldNotBeNull();
        connections.TryEnter(address).ShouldBeNull();
    }

    private static async Task<bool> IsOpenAsync(LofteServer server, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Feed);
        using var response =
            await server.Anonymous().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.StatusCode == HttpStatusCode.OK;
    }

    private static async Task<bool> TryPublishAsync(LofteServer server, CancellationToken cancellationToken) =>
        (await server.As(LofteEvents.Server.Access.Roles.Publisher)
            .PublishAsync(CloudEventsOverHttp.CarriedOut(), cancellationToken)).Status == 201;

    private Task<Follower> FollowAsync(string? lastEventId = null) =>
        Follower.ConnectAsync(_server.Anonymous(), Feed, Ct, lastEventId);
}
