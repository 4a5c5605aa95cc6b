using System.Globalization;
using System.Runtime.CompilerServices;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Intake;

namespace LofteEvents.Server.Events;

/// <summary>Which events of the log are asked for.</summary>
/// <param name="After">Only events with a position above this one.</param>
/// <param name="Type">Stored name; null for all types.</param>
/// <param name="Stream">One stream; null for all.</param>
internal sealed record EventsQuery(long After, int Limit, string? Type, string? Stream)
{
    private const int DefaultLimit = 1_000;
    private const int MaxLimit = 10_000;

    /// <summary>The most events that one answer looks at to choose a type's.</summary>
    public const int MostLookedAt = 100_000;

    public int LooksAt { get; init; } = MostLookedAt;

    /// <summary>
    /// Takes <c>after</c>, <c>limit</c>, <c>type</c> and <c>stream</c>, or says what is wrong with one of them.
    /// </summary>
    public static EventsQuery? Read(IQueryCollection query, out Problem? fault)
    {
        var after = Number(query["after"].ToString(), 0, 0, long.MaxValue);
        var limit = Number(query["limit"].ToString(), DefaultLimit, 1, MaxLimit);
        var type = Given(query["type"].ToString());
        var stream = Given(query["stream"].ToString());
        if (type?.StartsWith(IncomingEvent.TypePrefix, StringComparison.Ordinal) == true)
        {
            type = type[IncomingEvent.TypePrefix.Length..];
        }

        fault = after is null ? Problems.BadQuery("after", "Give a position, a whole number from 0.")
            : limit is null ? Problems.BadQuery("limit", $"Give a whole number from 1 to {MaxLimit}.")
            : type is not null && !EventCatalogue.TryFind(type, out _)
                ? Problems.BadQuery("type", $"There is no event type '{type}'. GET /api/v1/schemas lists the types.")
            : stream is not null && !StreamName.IsOne(stream)
                ? Problems.BadQuery("stream", "Give a stream as prefix/id, such as insats/2018-03-16-1.")
            : null;
        return fault is null ? new EventsQuery(after!.Value, (int)limit!.Value, type, stream) : null;
    }

    /// <summary>
    /// The events, and where the log goes on behind what was looked at: from there a reader goes on who was given fewer than
    /// <see cref="Limit"/>. Null where everything was looked at, or where every event is chosen.
    /// </summary>
    public async Task<(IAsyncEnumerable<StoredEvent> Events, long? GoOnAfter)> ReadFromAsync(
        IEventStore store, CancellationToken cancellationToken)
    {
        if (Stream is not null)
        {
            var version = await VersionAtAsync(store, cancellationToken);
            if (Type is null)
            {
                return (store.ReadStreamAsync(Stream, version, Limit, cancellationToken), null);
            }

            var events = store.ReadStreamAsync(Stream, version, LooksAt, cancellationToken);
            var next = await EventAsync(store, version + LooksAt + 1, cancellationToken);
            return (ChosenAsync(events, long.MaxValue, cancellationToken), next?.Position - 1);
        }

        if (Type is null)
        {
            return (store.ReadAllAsync(After, Limit, cancellationToken), null);
        }

        // Positions are looked at rather than events: so it is known before the answer begins where it ends.
        var head = await store.HeadAsync(cancellationToken);
        long? lookedTo = head - After > LooksAt ? After + LooksAt : null;
        var log = store.ReadAllAsync(After, LooksAt, cancellationToken);
        return (ChosenAsync(log, lookedTo ?? long.MaxValue, cancellationToken), lookedTo);
    }

    private async IAsyncEnumerable<StoredEvent> ChosenAsync(
        IAsyncEnumerable<StoredEvent> source, long upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = Limit;
        await foreach (var stored in source.WithCancellation(cancellationToken))
        {
            if (stored.Position > upTo)
            {
                yield break;
            }

            if (stored.Type != Type)
            {
                continue;
            }

            yield return stored;
            if (--left == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>
    /// The stream's last version at or below <see cref="After"/>; 0 where it begins later. Positions rise with versions and
    /// versions have no gaps, so it is found by halving, a row at a time.
    /// </summary>
    private async Task<long> VersionAtAsync(IEventStore store, CancellationToken cancellationToken)
    {
        var (known, unknown) = (0L, 1L);
        while (After > 0 && await IsPastAsync(unknown))
        {
            (known, unknown) = (unknown, unknown * 2);
        }

        while (unknown - known > 1)
        {
            var between = known + ((unknown - known) / 2);
            (known, unknown) = await IsPastAsync(between) ? (between, unknown) : (known, between);
        }

        return known;

        async Task<bool> IsPastAsync(long version) =>
            await EventAsync(store, version, cancellationToken) is { } stored && stored.Position <= After;
    }

    private async Task<StoredEvent?> EventAsync(IEventStore store, long version, CancellationToken cancellationToken) =>
        await store.ReadStreamAsync(Stream!, version - 1, 1, cancellationToken).FirstOrDefaultAsync(cancellationToken);

    private static string? Given(string text) => text.Length == 0 ? null : text;

    private static long? Number(string text, long absent, long least, long most) =>
        text.Length == 0 ? absent
        : !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? null
        : number >= least && number <= most ? number
        : null;
}
