using Npgsql;

namespace LofteEvents.Postgres.EventStore;

/// <summary>What the database answered for a group, told apart for each request.</summary>
/// <param name="RecordedAt">Of every event that brought no time.</param>
/// <param name="PartBase">The version that each part's events follow; -1 where its request is refused.</param>
/// <param name="Positions">Of each event; 0 where its request is refused.</param>
/// <param name="Refusals">Null where nothing was refused.</param>
internal sealed record AppendOutcome(DateTimeOffset RecordedAt, long[] PartBase, long[] Positions, AppendRefusals? Refusals)
{
    /// <summary>
    /// How long the database was at it, from the lock to the commit; not told where requests were taken in turn.
    /// </summary>
    public TimeSpan? Worked { get; private init; }

    /// <summary>How long it had the statement before the commit, the wait for the lock included.</summary>
    public TimeSpan? Elapsed { get; private init; }

    /// <summary>Position of the newest event that the group appended; 0 when all was refused.</summary>
    public long Newest => Positions.Max();

    /// <summary>The row that <c>lofte.append_at_once</c> returns; null where it left the group to be taken in turn.</summary>
    public static AppendOutcome? ReadAtOnce(NpgsqlDataReader reader) =>
        reader.IsDBNull(0)
            ? null
            : new AppendOutcome(
                reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<long[]>(1), reader.GetFieldValue<long[]>(2), null)
            {
                Worked = reader.GetFieldValue<TimeSpan>(3),
                Elapsed = reader.GetFieldValue<TimeSpan>(4),
            };

    /// <summary>The row that <c>lofte.append_in_turn</c> returns.</summary>
    public static AppendOutcome ReadInTurn(NpgsqlDataReader reader) =>
        new(
            reader.GetFieldValue<DateTimeOffset>(0),
            reader.GetFieldValue<long[]>(1),
            reader.GetFieldValue<long[]>(2),
            AppendRefusals.Read(reader, 3));

    /// <summary>One result per request of the group, in its order.</summary>
    public AppendResult[] ResultsOf(AppendGroup group)
    {
        var results = new AppendResult[group.Requests.Count];
        var part = 0;
        var next = 0;
        for (var i = 0; i < results.Length; i++)
        {
            var pending = group.Requests[i];
            results[i] = PartBase[part] >= 0
                ? AppendedOf(pending, part, next)
                : Refusals?.ResultOf(pending, group, part, next, RecordedAt)
                    ?? throw new InvalidOperationException("The database refused a request and gave no reason.");
            part += pending.Request.Streams.Count;
            next += pending.Events;
        }

        return results;
    }

    private AppendResult.Appended AppendedOf(PendingAppend pending, int firstPart, int firstEvent)
    {
        var events = new AppendedEvent[pending.Events];
        var next = 0;
        for (var i = 0; i < pending.Request.Streams.Count; i++)
        {
            var part = pending.Request.Streams[i];
            for (var place = 0; place < part.Events.Count; place++)
            {
                var said = part.Events[place];
                var recordedAt = said.RecordedAt is { } given ? RecordedTime.InMicroseconds(given) : RecordedAt;
                var version = PartBase[firstPart + i] + place + 1;
                events[next] = new AppendedEvent(said.Id, part.Stream, version, Positions[firstEvent + next], recordedAt);
                next++;
            }
        }

        return new AppendResult.Appended(events);
    }
}
