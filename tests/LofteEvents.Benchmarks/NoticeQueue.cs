using LofteEvents.Notices;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Notices;
using Microsoft.Extensions.Logging.Abstractions;

namespace LofteEvents.Benchmarks;

/// <summary>Fills the queue with deliveries of open cases: their events appended, and the policy asked what they make.</summary>
internal static class NoticeQueue
{
    private const int StreamsARequest = 500;

    public static async Task FillAsync(
        Bench bench, PostgresEventStore store, int notices, Recipients recipients, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var part in Enumerable.Range(0, notices).Chunk(StreamsARequest))
        {
            var streams = part.Select(n => new StreamAppend(
                $"notice/{Guid.NewGuid()}", 0, [Opened(recipients.All[n % recipients.All.Count], now)]));
            await store.AppendAsync(new AppendRequest([.. streams]), cancellationToken);
        }

        using var stop = new CancellationTokenSource();
        var head = await store.HeadAsync(cancellationToken);
        var follower = new NoticeFollower(store, bench.App, () => { }, TimeProvider.System, NullLogger.Instance);
        var following = follower.RunAsync(stop.Token);
        while (await PositionAsync(bench, cancellationToken) < head)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }

        await stop.CancelAsync();
        await following;
    }

    private static async Task<long> PositionAsync(Bench bench, CancellationToken cancellationToken)
    {
        await using var command = bench.App.CreateCommand(
            "SELECT last_seq_id FROM lofte.mt_event_progression WHERE name = 'NoticePolicy:All'");
        return await command.ExecuteScalarAsync(cancellationToken) is long position ? position : 0;
    }

    private static NewEvent Opened(Recipient recipient, DateTimeOffset now)
    {
        var opened = new NoticeOpened(new NoticeTerms(
            NoticeAbout.Insats, "insats/benchmark", null, NoticeTo.Socialtjanst, "norrmalm", null, recipient.Id, null,
            [NoticeChannels.Webhook], [], 60, now, now.AddHours(1), now.AddMinutes(30), [], [], null, 1, 1));
        var type = EventCatalogue.Of(opened);
        return new NewEvent(Guid.NewGuid(), type.Name, type.Encode(opened), "{}"u8.ToArray());
    }
}
