using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// The writer's own connection with its one prepared batch: the lock as a statement of its own, so that the next statement's
/// snapshot is taken after the lock was, then the append. A batch is one implicit transaction, so the answer has come only
/// when the commit is durable.
/// </summary>
internal sealed class AppendCommand : IAsyncDisposable
{
    // Plans made while the tables are small must stay right when they have grown: lookups go by index, whatever the
    // statistics say.
    private const string SessionSettings = """
        SET default_transaction_isolation = 'read committed';
        SET plan_cache_mode = 'force_generic_plan';
        SET enable_seqscan = off;
        SET enable_hashjoin = off;
        SET enable_mergejoin = off;
        SET jit = off
        """;

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlBatch batch;
    private readonly NpgsqlParameter<List<int>?> slots = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };
    private readonly NpgsqlParameter<List<ReadOnlyMemory<byte>?>?> fingerprints =
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };

    private readonly NpgsqlParameter<List<DateTime?>?> givenTimes =
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };

    private AppendCommand(NpgsqlConnection connection, AppendGroup group)
    {
        this.connection = connection;
        var lockStatement = new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock($1)")
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = PostgresEventStore.WriterLock } },
        };
        var append = new NpgsqlBatchCommand(
            "SELECT * FROM lofte.append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)")
        {
            Parameters =
            {
                Column(group.PartRequests, NpgsqlDbType.Integer),
                Column(group.PartStreams, NpgsqlDbType.Varchar),
                slots,
                Column(group.PartExpected, NpgsqlDbType.Bigint),
                Column(group.PartEvents, NpgsqlDbType.Integer),
                Column(group.EventParts, NpgsqlDbType.Integer),
                Column(group.EventOffsets, NpgsqlDbType.Integer),
                Column(group.EventIds, NpgsqlDbType.Uuid),
                Column(group.EventTypes, NpgsqlDbType.Varchar),
                Column(group.EventData, NpgsqlDbType.Jsonb),
                Column(group.EventHeaders, NpgsqlDbType.Jsonb),
                Column(group.EventCorrelations, NpgsqlDbType.Varchar),
                Column(group.EventCausations, NpgsqlDbType.Varchar),
                fingerprints,
                givenTimes,
            },
        };
        batch = new NpgsqlBatch(connection) { BatchCommands = { lockStatement, append } };
    }

    /// <exception cref="LofteSchemaException">The database's schema is not the one that this version writes.</exception>
    public static async Task<AppendCommand> OpenAsync(
        NpgsqlDataSource dataSource, AppendGroup group, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await LofteSchema.AssertAsync(connection, cancellationToken);
            await using (var settings = new NpgsqlCommand(SessionSettings, connection))
            {
                await settings.ExecuteNonQueryAsync(cancellationToken);
            }

            var command = new AppendCommand(connection, group);
            await command.batch.PrepareAsync(cancellationToken);
            return command;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Appends what the group given to <see cref="OpenAsync"/> holds now, and answers after the commit.</summary>
    public async Task<AppendOutcome> ExecuteAsync(AppendGroup group, CancellationToken cancellationToken)
    {
        slots.TypedValue = group.RepeatsStreams ? group.PartSlots : null;
        fingerprints.TypedValue = group.HasKeys ? group.EventFingerprints : null;
        givenTimes.TypedValue = group.HasImport ? group.EventGivenTimes : null;
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var outcome = AppendOutcome.Read(reader);

        // The commit's own answer comes behind the rows: an error of the commit surfaces here and not when the reader is
        // disposed.
        await reader.NextResultAsync(cancellationToken);
        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        await batch.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static NpgsqlParameter<List<T>> Column<T>(List<T> values, NpgsqlDbType element) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };
}
