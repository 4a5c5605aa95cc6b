using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// Reads of the log. Small ones are pages that are read whole before the first event is handed out; long ones are streamed by
/// COPY.
/// </summary>
internal sealed class LogReader(NpgsqlDataSource dataSource)
{
    /// <summary>Rows of one page: the connection is given back before the reader of the events goes to work.</summary>
    public const int PageSize = 500;

    // Rows of one COPY: so long a slow reader holds one snapshot open, and so much is thrown away when it stops in the middle.
    private const int CopySize = 20_000;

    internal const string PageOfLog = """
        SELECT seq_id, id, stream_id, version, type, data, timestamp, correlation_id, causation_id, headers
        FROM lofte.mt_events
        WHERE seq_id > $1
        ORDER BY seq_id
        LIMIT $2
        """;

    internal const string PageOfStream = """
        SELECT seq_id, id, stream_id, version, type, data, timestamp, correlation_id, causation_id, headers
        FROM lofte.mt_events
        WHERE stream_id = $1 AND version > $2
        ORDER BY version
        LIMIT $3
        """;

    internal const string Head = "SELECT seq_id FROM lofte.mt_events ORDER BY seq_id DESC LIMIT 1";

    public static async Task<long> HeadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Head, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is long head ? head : 0;
    }

    public async Task<long> HeadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await HeadAsync(connection, cancellationToken);
    }

    public async Task<long> PositionAtAsync(DateTimeOffset recordedAt, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT lofte.position_at($1)");
        command.Parameters.Add(new NpgsqlParameter<DateTime>
        {
            TypedValue = recordedAt.UtcDateTime,
            NpgsqlDbType = NpgsqlDbType.TimestampTz,
        });
        return await command.ExecuteScalarAsync(cancellationToken) is long position ? position : 0;
    }

    public async IAsyncEnumerable<StoredEvent> ReadStreamAsync(
        string stream, long afterVersion, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = limit;
        var after = afterVersion;
        while (left > 0)
        {
            var size = Math.Min(left, PageSize);
            var page = await PageAsync(
                PageOfStream,
                [new NpgsqlParameter<string> { TypedValue = stream }, From(after), Size(size)],
                cancellationToken);
            foreach (var stored in page)
            {
                yield return stored;
                after = stored.Version;
            }

            left = page.Count < size ? 0 : left - size;
        }
    }

    public async IAsyncEnumerable<StoredEvent> ReadAllAsync(
        long afterPosition, long limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (limit <= PageSize)
        {
            var size = (int)Math.Max(limit, 0);
            var page = await PageAsync(PageOfLog, [From(afterPosition), Size(size)], cancellationToken);
            foreach (var stored in page)
            {
                yield return stored;
            }

            yield break;
        }

        var left = limit;
        var after = afterPosition;
        while (left > 0)
        {
            var size = Math.Min(left, CopySize);
            var rows = 0L;
            await foreach (var stored in CopyAsync(after, size, cancellationToken))
            {
                yield return stored;
                after = stored.Position;
                rows++;
            }

            left = rows < size ? 0 : left - size;
        }
    }

    internal static StoredEvent Read(NpgsqlDataReader reader) =>
        new(
            reader.GetInt64(0),
            reader.GetGuid(1),
            reader.IsDBNull(2) ? "" : reader.GetString(2),
            reader.GetInt64(3),
            reader.GetString(4),
            reader.GetFieldValue<byte[]>(5),
            reader.GetFieldValue<DateTimeOffset>(6),
            reader.IsDBNull(7) ? null : reader.GetString(7),
            reader.IsDBNull(8) ? null : reader.GetString(8),
            reader.IsDBNull(9) ? default : StoredEventRow.Headers(reader.GetFieldValue<byte[]>(9)));

    private static NpgsqlParameter<long> From(long after) => new() { TypedValue = after };

    private static NpgsqlParameter<int> Size(int rows) => new() { TypedValue = rows };

    private static string QuoteLiteral(long number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<List<StoredEvent>> PageAsync(
        string query, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        command.Parameters.AddRange(parameters);

        // Prepared statements stay with the physical connection, so this costs a round trip only the first time.
        await command.PrepareAsync(cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<StoredEvent>();
        while (await reader.ReadAsync(cancellationToken))
        {
            page.Add(Read(reader));
        }

        return page;
    }

    private async IAsyncEnumerable<StoredEvent> CopyAsync(
        long afterPosition, long limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // COPY takes no parameters.
        var copy =
            $"""
             COPY (
                 SELECT seq_id, id, stream_id, version, type, data, timestamp, correlation_id, causation_id, headers
                 FROM lofte.mt_events
                 WHERE seq_id > {QuoteLiteral(afterPosition)}
                 ORDER BY seq_id
                 LIMIT {QuoteLiteral(limit)}
             ) TO STDOUT (FORMAT binary)
             """;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await foreach (var stored in CopyAsync(connection, copy, cancellationToken))
        {
            yield return stored;
        }
    }

    /// <summary>Events with a position in (after, upTo], in the transaction and snapshot of the connection.</summary>
    internal static IAsyncEnumerable<StoredEvent> CopyAsync(
        NpgsqlConnection connection, long afterPosition, long upToPosition, CancellationToken cancellationToken)
    {
        var copy =
            $"""
             COPY (
                 SELECT seq_id, id, stream_id, version, type, data, timestamp, correlation_id, causation_id, headers
                 FROM lofte.mt_events
                 WHERE seq_id > {QuoteLiteral(afterPosition)}
                   AND seq_id <= {QuoteLiteral(upToPosition)}
                 ORDER BY seq_id
             ) TO STDOUT (FORMAT binary)
             """;
        return CopyAsync(connection, copy, cancellationToken);
    }

    private static async IAsyncEnumerable<StoredEvent> CopyAsync(
        NpgsqlConnection connection, string copy, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync(copy, cancellationToken);
        var rows = new BinaryCopyRows(stream);
        while (await rows.FillAsync(cancellationToken))
        {
            while (rows.TryRead(out var stored))
            {
                yield return stored;
            }
        }
    }
}
