using Npgsql;

namespace LofteEvents.Postgres.EventStore;

/// <summary>Why requests of a group were refused. Parts and events are counted from 1, as the database does.</summary>
internal sealed record AppendRefusals(
    int[] ConflictParts,
    long[] ConflictActual,
    int[] TakenEvents,
    byte[][] TakenFingerprints,
    string[] TakenStreams,
    long[] TakenVersions,
    long[] TakenPositions,
    int[] TimeEvents,
    DateTimeOffset[] TimeLast)
{
    /// <summary>The columns of <c>lofte.append_in_turn</c>'s row from the one given on.</summary>
    public static AppendRefusals Read(NpgsqlDataReader reader, int from) =>
        new(
            Column<int>(reader, from),
            Column<long>(reader, from + 1),
            Column<int>(reader, from + 2),
            Column<byte[]>(reader, from + 3),
            Column<string>(reader, from + 4),
            Column<long>(reader, from + 5),
            Column<long>(reader, from + 6),
            Column<int>(reader, from + 7),
            Column<DateTimeOffset>(reader, from + 8));

    /// <param name="firstPart">Where the request's parts begin in the group, from 0.</param>
    /// <param name="firstEvent">Where its events begin, from 0.</param>
    /// <param name="now">By the database's clock.</param>
    public AppendResult? ResultOf(PendingAppend pending, AppendGroup group, int firstPart, int firstEvent, DateTimeOffset now)
    {
        var keys = new List<TakenKey>();
        for (var i = 0; i < TakenEvents.Length; i++)
        {
            var place = TakenEvents[i] - 1;
            if (place >= firstEvent && place < firstEvent + pending.Events)
            {
                keys.Add(new TakenKey(
                    group.EventIds[place], TakenFingerprints[i], TakenStreams[i], TakenVersions[i], TakenPositions[i]));
            }
        }

        if (keys.Count > 0)
        {
            return new AppendResult.KeysTaken(keys);
        }

        for (var i = 0; i < ConflictParts.Length; i++)
        {
            var part = ConflictParts[i] - 1;
            if (part >= firstPart && part < firstPart + pending.Request.Streams.Count)
            {
                return new AppendResult.Conflict(group.PartStreams[part], group.PartExpected[part]!.Value, ConflictActual[i]);
            }
        }

        for (var i = 0; i < TimeEvents.Length; i++)
        {
            var place = TimeEvents[i] - 1;
            if (place >= firstEvent && place < firstEvent + pending.Events)
            {
                var given = new DateTimeOffset(group.EventGivenTimes[place]!.Value, TimeSpan.Zero);
                return new AppendResult.RecordedTimeRefused(given, TimeLast[i], now);
            }
        }

        return null;
    }

    private static T[] Column<T>(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? [] : reader.GetFieldValue<T[]>(column);
}
