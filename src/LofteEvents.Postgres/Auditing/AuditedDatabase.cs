using System.Data;
using System.Runtime.CompilerServices;
using LofteEvents.Log;
using LofteEvents.Postgres.Sealing;
using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.Auditing;

/// <summary>
/// The log in a database, all of it in one snapshot, so that the server may go on meanwhile. Where a policy would hide rows the
/// reading fails in place of seeing less.
/// </summary>
public sealed class AuditedDatabase : IAuditedLog
{
    private const string SchemaCheck = "database.schema";

    private readonly NpgsqlConnection _rows;
    private readonly NpgsqlConnection _leaves;
    private readonly NpgsqlConnection _others;
    private readonly NpgsqlConnection _checkpoints;

    private AuditedDatabase(IReadOnlyList<NpgsqlConnection> connections) =>
        (_rows, _leaves, _others, _checkpoints) = (connections[0], connections[1], connections[2], connections[3]);

    public static async Task<AuditedDatabase> OpenAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        const int readers = 4;
        var connections = new List<NpgsqlConnection>();
        try
        {
            string? snapshot = null;
            while (connections.Count < readers)
            {
                connections.Add(await dataSource.OpenConnectionAsync(cancellationToken));
                snapshot = await BeginAsync(connections[^1], snapshot, cancellationToken);
            }

            return new AuditedDatabase(connections);
        }
        catch
        {
            await CloseAsync(connections);
            throw;
        }
    }

    public async Task<LogCheck?> ObstacleAsync(CancellationToken cancellationToken)
    {
        const string hidden = "A view, a rule, row security or a child table stands between the events and their readers.";
        var published = await LogTables.PublishedAsync(_others, cancellationToken);
        return published.ShowsEveryRow ? null : new LogCheck(SchemaCheck, 1, 1, new LogFinding(null, null, hidden));
    }

    public async Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT key FROM lofte.log_key ORDER BY since DESC, key LIMIT 100", _others);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }

    public async Task<byte[]?> CheckpointAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT note FROM lofte.log_checkpoint ORDER BY incarnation DESC, size DESC LIMIT 1", _others);
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    public async IAsyncEnumerable<byte[]> CheckpointsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT note
            FROM lofte.log_checkpoint
            WHERE incarnation = (SELECT max(incarnation) FROM lofte.log_checkpoint)
            ORDER BY size
            """,
            _checkpoints);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return reader.GetFieldValue<byte[]>(0);
        }
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> LeavesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await _leaves.BeginBinaryExportAsync(
            "COPY (SELECT leaf FROM lofte.log_leaf ORDER BY leaf_index) TO STDOUT (FORMAT binary)", cancellationToken);
        while (await reader.StartRowAsync(cancellationToken) >= 0)
        {
            yield return await reader.ReadAsync<byte[]>(NpgsqlDbType.Bytea, cancellationToken);
        }
    }

    public IAsyncEnumerable<StoredRow> RowsAsync(CancellationToken cancellationToken) =>
        LogRows.ReadAsync(_rows, 0, long.MaxValue, cancellationToken);

    public async Task<byte[]?> TileAsync(TilePath path, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT hashes FROM lofte.log_tile WHERE level = $1 AND tile_index = $2", _others)
        {
            Parameters = { new() { Value = (short)path.Level }, new() { Value = (long)path.Index } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }

    public async Task<IReadOnlyList<LogCheck>> PlaceAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT count(*), min(seq_id)
            FROM lofte.mt_events
            WHERE is_archived IS DISTINCT FROM false
               OR tenant_id IS DISTINCT FROM '*DEFAULT*'
               OR bdata IS NOT NULL
            """,
            _others);
        LogCheck plain;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            var odd = (ulong)reader.GetInt64(0);
            plain = new LogCheck("event.plain", 1, odd, odd == 0 ? null : new LogFinding(
                null,
                reader.GetInt64(1),
                "The event is archived, of another tenant or has binary data: readers pass over it, or read what no leaf says."));
        }

        return [await SchemaAsync(cancellationToken), plain];
    }

    public async ValueTask DisposeAsync() => await CloseAsync([_rows, _leaves, _others, _checkpoints]);

    internal IAsyncEnumerable<RowWithParts> RowsWithCiphertextAsync(CancellationToken cancellationToken) =>
        LogRows.WithCiphertextAsync(_rows, 0, long.MaxValue, cancellationToken);

    private async Task<LogCheck> SchemaAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LofteSchema.AssertAsync(_others, cancellationToken);
            return new LogCheck(SchemaCheck, 1, 0, null);
        }
        catch (LofteSchemaException refused)
        {
            var some = string.Join("; ", refused.Differences.Take(3));
            return new LogCheck(
                SchemaCheck, 1, 1, new LogFinding(null, null, $"{some} ({refused.Differences.Count} in all)"));
        }
    }

    private static async Task<string> BeginAsync(
        NpgsqlConnection connection, string? snapshot, CancellationToken cancellationToken)
    {
        await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (snapshot is not null)
        {
            await using var same = new NpgsqlCommand($"SET TRANSACTION SNAPSHOT {QuoteLiteral(snapshot)}", connection);
            await same.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand(
            "SELECT set_config('row_security', 'off', true), set_config('transaction_read_only', 'on', true)", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        if (snapshot is not null)
        {
            return snapshot;
        }

        await using var export = new NpgsqlCommand("SELECT pg_export_snapshot()", connection);
        return (string)(await export.ExecuteScalarAsync(cancellationToken))!;
    }

    private static string QuoteLiteral(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static async Task CloseAsync(IReadOnlyList<NpgsqlConnection> connections)
    {
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }
}
