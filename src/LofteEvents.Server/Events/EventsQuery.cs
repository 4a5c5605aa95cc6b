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

    public async IAsyncEnumerable<StoredEvent> ReadFrom(
        IEventStore store, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = Limit;
        var source = Stream is not null ? store.ReadStreamAsync(Stream, 0, int.MaxValue, cancellationToken)
            : store.ReadAllAsync(After, Type is null ? Limit : long.MaxValue, cancellationToken);
        await foreach (var stored in source.WithCancellation(cancellationToken))
        {
            if (stored.Position <= After || (Type is not null && stored.Type != Type))
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

    private static string? Given(string text) => text.Length == 0 ? null : text;

    private static long? Number(string text, long absent, long least, long most) =>
        text.Length == 0 ? absent
        : !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? null
        : number >= least && number <= most ? number
        : null;
}
