using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.Queue;

/// <summary>
/// A worker's own connection: in one round trip and one transaction it writes what has become of work, and takes more.
/// </summary>
/// <remarks>
/// Its commits are not waited for by the disk. What PostgreSQL may forget of them when its machine falls, half a second at
/// most, is done again under the same keys, and whatever was recorded of it as an event stands in a commit behind, which is
/// durable only together with all before it.
/// </remarks>
internal sealed class WorkExchange : IAsyncDisposable
{
    // As for the writer of events: lookups go by index whatever the statistics say.
    private const string SessionSettings =
        """
        SET synchronous_commit = off;
        SET plan_cache_mode = 'force_generic_plan';
        SET enable_seqscan = off;
        SET enable_hashjoin = off;
        SET enable_mergejoin = off;
        SET jit = off
        """;

    internal const string Settle = "SELECT lofte.work_settle($1, $2, $3, $4, $5, $6)";

    internal const string Lease =
        """
        SELECT id, key, kind, lane, data, position, attempts, queued_at
        FROM lofte.work_lease($1, $2, $3, $4)
        """;

    private readonly NpgsqlConnection connection;
    private readonly Guid worker;
    private readonly WorkerOptions options;
    private string behindLane = "";

    private WorkExchange(NpgsqlConnection connection, Guid worker, WorkerOptions options) =>
        (this.connection, this.worker, this.options) = (connection, worker, options);

    public static async Task<WorkExchange> OpenAsync(
        NpgsqlDataSource dataSource, Guid worker, WorkerOptions options, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var settings = new NpgsqlCommand(SessionSettings, connection);
            await settings.ExecuteNonQueryAsync(cancellationToken);
            return new WorkExchange(connection, worker, options);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <returns>What was taken, and how many of the outcomes came too late.</returns>
    public async Task<Exchanged> ExchangeAsync(IReadOnlyList<Settled> settled, int wanted, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (settled.Count > 0)
        {
            batch.BatchCommands.Add(SettleCommand(settled));
        }

        if (wanted > 0)
        {
            batch.BatchCommands.Add(LeaseCommand(wanted));
        }

        await batch.PrepareAsync(cancellationToken);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var kept = 0L;
        if (settled.Count > 0)
        {
            await reader.ReadAsync(cancellationToken);
            kept = reader.GetInt64(0);
            await reader.NextResultAsync(cancellationToken);
        }

        var leased = new List<LeasedWork>();
        while (wanted > 0 && await reader.ReadAsync(cancellationToken))
        {
            leased.Add(Read(reader));
        }

        // An error of the commit comes behind the rows.
        await reader.NextResultAsync(cancellationToken);
        behindLane = leased.Count > 0 ? leased.Select(work => work.Lane).Max(StringComparer.Ordinal)! : "";
        return new Exchanged(leased, settled.Count - kept);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private NpgsqlBatchCommand SettleCommand(IReadOnlyList<Settled> settled) => new(Settle)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = worker },
            Column(settled, each => each.Id, NpgsqlDbType.Bigint),
            Column(settled, each => each.Attempt, NpgsqlDbType.Integer),
            Column(settled, each => each.Outcome, NpgsqlDbType.Varchar),
            Column(settled, each => each.Delay, NpgsqlDbType.Interval),
            Column(settled, each => each.Reason, NpgsqlDbType.Varchar),
        },
    };

    private NpgsqlBatchCommand LeaseCommand(int wanted) => new(Lease)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = worker },
            new NpgsqlParameter<int> { TypedValue = wanted },
            new NpgsqlParameter<TimeSpan> { TypedValue = options.Lease, NpgsqlDbType = NpgsqlDbType.Interval },
            new NpgsqlParameter<string> { TypedValue = behindLane },
        },
    };

    private LeasedWork Read(NpgsqlDataReader reader)
    {
        var attempt = reader.GetInt32(6);
        return new LeasedWork(
            reader.GetInt64(0),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetString(3),
            reader.GetFieldValue<byte[]>(4),
            reader.GetInt64(5),
            attempt,
            attempt >= options.Attempts,
            reader.GetFieldValue<DateTimeOffset>(7));
    }

    private static NpgsqlParameter<T[]> Column<T>(IReadOnlyList<Settled> settled, Func<Settled, T> of, NpgsqlDbType element) =>
        new() { TypedValue = [.. settled.Select(of)], NpgsqlDbType = NpgsqlDbType.Array | element };
}

/// <param name="Late">Outcomes whose lease had run out and was taken by another.</param>
internal sealed record Exchanged(IReadOnlyList<LeasedWork> Leased, long Late);

/// <summary>An outcome as the queue's table says it.</summary>
/// <param name="Outcome"><c>done</c>, <c>dead</c>, <c>pending</c> or <c>given-back</c>.</param>
internal sealed record Settled(long Id, int Attempt, string Outcome, TimeSpan Delay, string? Reason);
