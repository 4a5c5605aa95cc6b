using System.Data;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Projections;
using Npgsql;

namespace LofteEvents.Postgres.Replaying;

/// <summary>The documents <c>NoticeOverview</c> as they stand. There are too many to read them all at one moment, so one that has
/// moved on while a replay runs is read again, with the events that moved it.</summary>
internal sealed class LiveNotices(NpgsqlDataSource dataSource)
{
    private const int MostForeign = 100;

    /// <summary>A case has tens of events.</summary>
    private const int MostLater = 10_000;

    private const string ByIds = "SELECT id, data FROM lofte.mt_doc_noticeoverview WHERE id = ANY ($1)";

    private const string Later =
        """
        SELECT seq_id, id, stream_id, version, type, data, timestamp, correlation_id, causation_id, headers
        FROM lofte.mt_events
        WHERE stream_id = 'notice/' || $1
          AND seq_id > $2
          AND seq_id <= (SELECT last_seq_id FROM lofte.mt_event_progression WHERE name = 'NoticeOverview:All')
        ORDER BY version
        LIMIT $3
        """;

    private const string KnownBefore =
        """
        SELECT count(*)
        FROM lofte.mt_doc_noticeoverview AS document
        JOIN lofte.mt_events AS opened ON opened.stream_id = 'notice/' || document.id AND opened.version = 1
        WHERE opened.seq_id <= $1
        """;

    private const string WithoutEvent =
        """
        SELECT document.id, document.data
        FROM lofte.mt_doc_noticeoverview AS document
        WHERE NOT EXISTS (SELECT 1 FROM lofte.mt_events AS e WHERE e.stream_id = 'notice/' || document.id)
        ORDER BY document.id
        LIMIT $1
        """;

    public async Task<Dictionary<string, byte[]>> ReadAsync(string[] ids, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ByIds);
        command.Parameters.Add(new() { Value = ids });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>A case's events above a position that its document rests on, and the document of the same moment.</summary>
    public async Task<(List<StoredEvent> Later, byte[]? Document)> ReadAgainAsync(
        string id, long after, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var later = new List<StoredEvent>();
        await using (var command = new NpgsqlCommand(Later, connection))
        {
            command.Parameters.Add(new() { Value = id });
            command.Parameters.Add(new() { Value = after });
            command.Parameters.Add(new() { Value = MostLater });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                later.Add(LogReader.Read(reader));
            }
        }

        await using var read = new NpgsqlCommand(ByIds, connection) { Parameters = { new() { Value = new[] { id } } } };
        return (later, (await ReadAsync(read, cancellationToken)).GetValueOrDefault(id));
    }

    /// <summary>How many documents there are of cases that were opened at a position or before.</summary>
    public async Task<long> CountAsync(long upTo, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(KnownBefore);
        command.Parameters.Add(new() { Value = upTo });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The first documents of cases that have no event.</summary>
    public async Task<Dictionary<string, byte[]>> WithoutEventAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(WithoutEvent);
        command.Parameters.Add(new() { Value = MostForeign });
        return await ReadAsync(command, cancellationToken);
    }

    private static async Task<Dictionary<string, byte[]>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var documents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            documents.Add(reader.GetString(0), reader.GetFieldValue<byte[]>(1));
        }

        return documents;
    }
}
