using System.Runtime.CompilerServices;
using LofteEvents.Postgres.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.Replaying;

/// <summary>
/// The log of the database, stream by stream along the index over stream and version. It is read in pages, each a statement of
/// its own, so that a replay of hours keeps neither VACUUM nor the swap of a rebuild waiting.
/// </summary>
internal static class StoredHistory
{
    internal const int PageEvents = 5_000;

    private const string OfLoften =
        """
        SELECT seq_id, id, stream_id, version, type, data, timestamp, correlation_id, causation_id, headers
        FROM lofte.mt_events
        WHERE seq_id > $1
          AND seq_id <= $2
          AND stream_id LIKE 'lofte/%'
        ORDER BY seq_id
        LIMIT $3
        """;

    internal const string OfOthers =
        """
        SELECT seq_id, id, stream_id, version, type, data, timestamp, correlation_id, causation_id, headers
        FROM lofte.mt_events
        WHERE (stream_id, version) > ($1, $2)
          AND seq_id <= $3
          AND stream_id NOT LIKE 'lofte/%'
        ORDER BY stream_id, version
        LIMIT $4
        """;

    public static ReplayHistory Of(NpgsqlDataSource dataSource) => new(
        (upTo, token) => OfLoftenAsync(dataSource, upTo, token),
        (upTo, token) => OfOthersAsync(dataSource, upTo, token),
        StreamByStream: true);

    private static async IAsyncEnumerable<StoredEvent> OfLoftenAsync(
        NpgsqlDataSource dataSource, long upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = 0L; ;)
        {
            var page = await PageAsync(dataSource, OfLoften, [Number(after), Number(upTo), Size()], cancellationToken);
            foreach (var stored in page)
            {
                yield return stored;
                after = stored.Position;
            }

            if (page.Count < PageEvents)
            {
                yield break;
            }
        }
    }

    private static async IAsyncEnumerable<StoredEvent> OfOthersAsync(
        NpgsqlDataSource dataSource, long upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (stream, version) = ("", 0L);
        while (true)
        {
            NpgsqlParameter[] parameters =
            [
                new NpgsqlParameter<string> { TypedValue = stream, NpgsqlDbType = NpgsqlDbType.Varchar },
                Number(version),
                Number(upTo),
                Size(),
            ];
            var page = await PageAsync(dataSource, OfOthers, parameters, cancellationToken);
            foreach (var stored in page)
            {
                yield return stored;
                (stream, version) = (stored.Stream, stored.Version);
            }

            if (page.Count < PageEvents)
            {
                yield break;
            }
        }
    }

    private static NpgsqlParameter<long> Number(long number) => new() { TypedValue = number };

    private static NpgsqlParameter<int> Size() => new() { TypedValue = PageEvents };

    private static async Task<List<StoredEvent>> PageAsync(
        NpgsqlDataSource dataSource, string query, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        command.Parameters.AddRange(parameters);
        await command.PrepareAsync(cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<StoredEvent>();
        while (await reader.ReadAsync(cancellationToken))
        {
            page.Add(LogReader.Read(reader));
        }

        return page;
    }
}
