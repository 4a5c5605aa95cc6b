using LofteEvents.Notices;

namespace LofteEvents.Postgres.Notices;

/// <summary>Has a case decide, and appends what it decides: again where its stream changed meanwhile.</summary>
internal sealed class NoticeRecords(IEventStore store, Recipients recipients, Areas areas, TimeProvider clock)
{
    /// <summary>The source and the actor of what machines say.</summary>
    private const string Source = "urn:lofte:workers";

    private const int MaxAttempts = 16;

    public async Task<IReadOnlyList<Recorded<DomainEvent>>> ReadAsync(string notice, CancellationToken cancellationToken)
    {
        var stream = NoticeStream.Of(notice);
        var input = await store.LoadAsync([], [stream], cancellationToken);
        return [.. input.Streams[stream].Select(EventCatalogue.ToRecorded)];
    }

    /// <summary>Does an inner step of the policy's.</summary>
    public Task DoAsync(NoticeWork work, CancellationToken cancellationToken) =>
        DecideAsync(
            work.Notice, work.Key, null, (history, context) => NoticeDecisions.Decide(history, work, context), cancellationToken);

    /// <summary>Says something to a case. What it refuses is said to nobody: a channel can do nothing about it.</summary>
    /// <param name="read">What was read of the case just now; null to read it.</param>
    public Task SayAsync(
        string notice,
        NoticeCommand command,
        string key,
        IReadOnlyList<Recorded<DomainEvent>>? read,
        CancellationToken cancellationToken) =>
        DecideAsync(
            notice,
            key,
            read,
            (history, context) => NoticeDecisions.Decide(notice, history, command, context),
            cancellationToken);

    private async Task DecideAsync(
        string notice,
        string key,
        IReadOnlyList<Recorded<DomainEvent>>? read,
        Func<IReadOnlyList<Recorded<DomainEvent>>, NoticeContext, Decision<NoticeEvent>> decide,
        CancellationToken cancellationToken)
    {
        var stream = NoticeStream.Of(notice);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var history = attempt == 1 && read is not null ? read : await ReadAsync(notice, cancellationToken);
            var now = clock.GetUtcNow();
            var decision = decide(history, new NoticeContext(now, recipients, areas));
            if (decision.IsRefused || decision.Events.Count == 0)
            {
                return;
            }

            var version = history.Count == 0 ? 0 : history[^1].Version;
            var said = decision.Events.Select((happened, n) => New(happened, $"{key}\n{version}\n{n}", now));
            var request = new AppendRequest([new StreamAppend(stream, version, [.. said])]);
            if (await store.AppendAsync(request, cancellationToken) is AppendResult.Appended)
            {
                return;
            }
        }

        throw new EventStoreUnavailableException(
            $"{stream} changed each of {MaxAttempts} times that something was to be said to it.");
    }

    private static NewEvent New(NoticeEvent happened, string id, DateTimeOffset now)
    {
        var type = EventCatalogue.Of(happened);
        return new NewEvent(
            EventId.From(Source, id),
            type.Name,
            type.Encode(happened),
            new EventHeaders(Source, null, now, Source).ToJson());
    }
}

/// <summary>The stream of a case.</summary>
internal static class NoticeStream
{
    public static string Of(string notice) => $"notice/{notice}";
}
