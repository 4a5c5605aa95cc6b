using System.Runtime.CompilerServices;
using Npgsql;

namespace LofteEvents.Postgres.Evaluations;

/// <summary>
/// The cases of notices that were opened up to a position, each with its events up to there, one case at a time.
/// </summary>
internal sealed class NoticeCaseRows(NpgsqlDataSource dataSource)
{
    private const string Query =
        """
        SELECT e.seq_id, e.id, e.stream_id, e.version, e.type, e.data, e.timestamp, e.headers
        FROM lofte.mt_events AS opened
        JOIN lofte.mt_events AS e ON e.stream_id = opened.stream_id
        WHERE opened.type = 'notice.opened.v1'
          AND opened.version = 1
          AND opened.seq_id <= $1
          AND e.seq_id <= $1
        ORDER BY opened.seq_id, e.version
        """;

    public async IAsyncEnumerable<IReadOnlyList<Recorded<DomainEvent>>> ReadAsync(
        long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Query);
        command.Parameters.Add(new() { Value = position });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ofCase = new List<Recorded<DomainEvent>>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var happened = EventCatalogue.ToRecorded(new StoredEvent(
                reader.GetInt64(0),
                reader.GetGuid(1),
                reader.GetString(2),
                reader.GetInt64(3),
                reader.GetString(4),
                reader.GetFieldValue<byte[]>(5),
                reader.GetFieldValue<DateTimeOffset>(6),
                null,
                null,
                reader.IsDBNull(7) ? default(ReadOnlyMemory<byte>) : reader.GetFieldValue<byte[]>(7)));
            if (ofCase.Count > 0 && ofCase[0].Stream != happened.Stream)
            {
                yield return ofCase;
                ofCase = [];
            }

            ofCase.Add(happened);
        }

        if (ofCase.Count > 0)
        {
            yield return ofCase;
        }
    }
}
