namespace LofteEvents.Postgres.EventStore;

/// <summary>What <c>lofte.append_events</c> answered for a group, told apart for each request.</summary>
internal sealed record AppendOutcome(
    long[] Versions,
    long[] Positions,
    DateTimeOffset RecordedAt,
    DateTimeOffset? LastRecorded,
    long[] PartActual,
    TakenColumns? Taken,
    DateTimeOffset? RefusedGiven)
{
    /// <summary>Position of the newest event that the group appended; 0 when all was refused.</summary>
    public long Newest => Positions.Max();

    /// <summary>
    /// One result per request of the group, in its order. A taken key goes before a conflict: a repeat is no conflict.
    /// </summary>
    public AppendResult[] ResultsOf(AppendGroup group)
    {
        var results = new AppendResult[group.Requests.Count];
        var part = 0;
        var next = 0;
        for (var i = 0; i < results.Length; i++)
        {
            var pending = group.Requests[i];
            results[i] = Positions[next] > 0
                ? AppendedOf(pending, next)
                : RefusalOf(pending, group, part, next);
            part += pending.Request.Streams.Count;
            next += pending.Events;
        }

        return results;
    }

    private AppendResult.Appended AppendedOf(PendingAppend pending, int next)
    {
        var events = new AppendedEvent[pending.Events];
        var i = 0;
        foreach (var part in pending.Request.Streams)
        {
            foreach (var said in part.Events)
            {
                var recordedAt = said.RecordedAt is { } given ? RecordedTime.InMicroseconds(given) : RecordedAt;
                events[i] = new AppendedEvent(said.Id, part.Stream, Versions[next + i], Positions[next + i], recordedAt);
                i++;
            }
        }

        return new AppendResult.Appended(events);
    }

    private AppendResult RefusalOf(PendingAppend pending, AppendGroup group, int part, int next)
    {
        var keys = Taken?.Between(group, next + 1, next + pending.Events);
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
