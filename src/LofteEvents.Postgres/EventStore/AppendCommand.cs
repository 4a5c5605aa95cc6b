using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.EventStore;

/// <summary>
/// A connection of the writer's own with its two prepared statements. Each is one implicit transaction, so the answer has come
/// only when the commit is durable, and nothing but the statement itself goes over the wire.
/// </summary>
internal sealed class AppendCommand : IAsyncDisposable
{
    // Plans made while the tables are small must stay right when they have grown: lookups go by index, whatever the statistics
    // say.
    private const string SessionSettings = """
        SET default_transaction_isolation = 'read committed';
        SET plan_cache_mode = 'force_generic_plan';
        SET enable_seqscan = off;
        SET enable_hashjoin = off;
        SET enable_mergejoin = off;
        SET jit = off
        """;

    private const string AtOnce =
        "SELECT * FROM lofte.append_at_once($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

    private const string InTurn =
        "SELECT * FROM lofte.append_in_turn($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";

    private const NpgsqlDbType Bytes = NpgsqlDbType.Array | NpgsqlDbType.Bytea;
    private const NpgsqlDbType Times = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz;

    private readonly NpgsqlConnection connection;
    private readonly AppendGroup group;
    private readonly NpgsqlCommand atOnce;
    private readonly NpgsqlCommand inTurn;
    private readonly NpgsqlParameter<List<ReadOnlyMemory<byte>?>?> keysAtOnce = new() { NpgsqlDbType = Bytes };
    private readonly NpgsqlParameter<List<ReadOnlyMemory<byte>?>?> keysInTurn = new() { NpgsqlDbType = Bytes };
    private readonly NpgsqlParameter<List<DateTime?>?> givenTimes = new() { NpgsqlDbType = Times };
    private readonly NpgsqlParameter<List<ReadOnlyMemory<byte>?>?> sealedParts =
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb };


    private AppendCommand(NpgsqlConnection connection, AppendGroup group)
    {
        this.connection = connection;
        this.group = group;
        atOnce = new NpgsqlCommand(AtOnce, connection) { Parameters = { Lock() } };
        inTurn = new NpgsqlCommand(InTurn, connection)
        {
            Parameters = { Lock(), Column(group.RequestParts, NpgsqlDbType.Integer) },
        };
        AddColumns(atOnce, keysAtOnce);
        AddColumns(inTurn, keysInTurn);
        inTurn.Parameters.Add(givenTimes);
        inTurn.Parameters.Add(sealedParts);
    }

    /// <param name="group">What each <see cref="ExecuteAsync"/> appends, as it is filled then.</param>
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
            await command.atOnce.PrepareAsync(cancellationToken);
            await command.inTurn.PrepareAsync(cancellationToken);
            return command;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Appends what the group holds and answers after the commit.</summary>
    public async Task<AppendOutcome> ExecuteAsync(CancellationToken cancellationToken)
    {
        keysAtOnce.TypedValue = keysInTurn.TypedValue = group.HasKeys ? group.EventFingerprints : null;
        givenTimes.TypedValue = group.HasGivenTimes ? group.EventGivenTimes : null;
        sealedParts.TypedValue = group.HasSealed ? group.EventSealed : null;
        if (group.IsPlain
            && await ReadAsync(atOnce, AppendOutcome.ReadAtOnce, cancellationToken) is { } outcome)
        {
            return outcome;
        }

        return await ReadAsync(inTurn, AppendOutcome.ReadInTurn, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await atOnce.DisposeAsync();
        await inTurn.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static async Task<T> ReadAsync<T>(
        NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var outcome = read(reader);

        // The commit's own answer comes behind the row: an error of the commit surfaces here.
        await reader.NextResultAsync(cancellationToken);
        return outcome;
    }

    private static NpgsqlParameter<long> Lock() => new() { TypedValue = PostgresEventStore.WriterLock };

    private static NpgsqlParameter<List<T>> Column<T>(List<T> values, NpgsqlDbType element) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };

    private void AddColumns(NpgsqlCommand command, NpgsqlParameter keys) =>
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Column(group.PartStreams, NpgsqlDbType.Varchar),
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
            keys,
        });
}
