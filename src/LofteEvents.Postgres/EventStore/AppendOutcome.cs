using Npgsql;

namespace LofteEvents.Postgres.EventStore;

/// <summary>What <c>lofte.append_events</c> answered for a group, told apart for each request.</summary>
/// <param name="PartActual">Each part's version before the group.</param>
/// <param name="PartBase">The version that its events follow; -1 where its request is refused.</param>
/// <param name="Positions">Of the accepted events, in order.</param>
internal sealed record AppendOutcome(
    long[] PartActual,
    long[] PartBase,
    long[] Positions,
    DateTimeOffset RecordedAt,
    DateTimeOffset? LastRecorded,
    TakenColumns? Taken,
    DateTimeOffset? RefusedGiven)
{
    /// <summary>Position of the newest event that the group appended; 0 when all was refused.</summary>
    public long Newest => Positions.LastOrDefault();

    /// <summary>The one row that the function returns.</summary>
    public static AppendOutcome Read(NpgsqlDataReader reader) =>
        new(
            reader.GetFieldValue<long[]>(0),
            reader.GetFieldValue<long[]>(1),
            reader.IsDBNull(2) ? [] : reader.GetFieldValue<long[]>(2),
            reader.GetFieldValue<DateTimeOffset>(3),
            reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4),
            reader.IsDBNull(5)
                ? null
                : new TakenColumns(
                    reader.GetFieldValue<int[]>(5),
                    reader.GetFieldValue<byte[][]>(6),
                    reader.GetFieldValue<string[]>(7),
                    reader.GetFieldValue<long[]>(8),
                    reader.GetFieldValue<long[]>(9)),
            reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10));

    /// <summary>
    /// One result per request of the group, in its order. A taken key goes before a conflict: a repeat is no conflict.
    /// </summary>
    public AppendResult[] ResultsOf(AppendGroup group)
    {
        var results = new AppendResult[group.Requests.Count];
        var part = 0;
        var first = 0;
        var accepted = 0;
        for (var i = 0; i < results.Length; i++)
        {
            var pending = group.Requests[i];
            if (PartBase[part] >= 0)
            {
                results[i] = AppendedOf(pending, part, accepted);
                accepted += pending.Events;
            }
            else
            {
                results[i] = RefusalOf(pending, group, part, first);
            }

            part += pending.Request.Streams.Count;
            first += pending.Events;
        }

        return results;
    }

    private AppendResult.Appended AppendedOf(PendingAppend pending, int firstPart, int accepted)
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
                events[next] = new AppendedEvent(said.Id, part.Stream, version, Positions[accepted + next], recordedAt);
                next++;
            }
        }

        return new AppendResult.Appended(events);
    }

    private AppendResult RefusalOf(PendingAppend pending, AppendGroup group, int part, int first)
    {
        var keys = Taken?.Between(group, first + 1, first + pending.Events);
        if (keys is { Count: > 0 })
        {
            return new AppendResult.KeysTaken(keys);
        }

        for (var i = part; i < part + pending.Request.Streams.Count; i++)
        {
            if (group.PartExpected[i] is { } expected && expected != PartActual[i])
            {
                return new AppendResult.Conflict(group.PartStreams[i], expected, PartActual[i]);
            }
        }

        return RefusedGiven is { } given
            ? new AppendResult.RecordedTimeRefused(given, LastRecorded ?? DateTimeOffset.UnixEpoch, RecordedAt)
            : throw new InvalidOperationException("lofte.append_events refused a request and gave no reason.");
    }
}

/// <summary>
/// The idempotency keys of a group that were taken before: which event of the group (from 1), and what took the key.
/// </summary>
internal sealed record TakenColumns(int[] Events, byte[][] Fingerprints, string[] Streams, long[] Versions, long[] Positions)
{
    public List<TakenKey> Between(AppendGroup group, int first, int last)
    {
        var keys = new List<TakenKey>();
        for (var i = 0; i < Events.Length; i++)
        {
            if (Events[i] >= first && Events[i] <= last)
            {
                keys.Add(new TakenKey(group.EventIds[Events[i] - 1], Fingerprints[i], Streams[i], Versions[i], Positions[i]));
            }
        }

        return keys;
    }
}
