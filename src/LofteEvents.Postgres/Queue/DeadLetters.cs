using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.Queue;

/// <summary>Work that was given up: found, and put in line again.</summary>
public sealed class DeadLetters(NpgsqlDataSource dataSource)
{
    internal const string Page =
        """
        SELECT w.id, w.key, w.kind, w.lane, w.data, w.position, w.attempts, w.reason, w.queued_at, w.changed_at
        FROM lofte.work AS w
        WHERE w.state = 'dead'
          AND ($1::varchar IS NULL OR w.kind = $1)
          AND ($2::varchar IS NULL OR w.lane = $2)
          AND ($3::varchar IS NULL OR position(lower($3) IN lower(coalesce(w.reason, '') || ' ' || w.key)) > 0)
        ORDER BY w.id
        LIMIT $4
        OFFSET $5
        """;

    private const string Matching =
        """
        SELECT w.id, w.key, w.kind, w.lane, w.data, w.position, w.attempts, w.reason, w.queued_at, w.changed_at
        FROM lofte.work AS w
        WHERE w.state = 'dead'
          AND ($1::bigint[] IS NULL OR w.id = ANY ($1))
          AND ($2::varchar IS NULL OR w.kind = $2)
          AND ($3::varchar IS NULL OR w.lane = $3)
          AND ($4::varchar IS NULL OR position(lower($4) IN lower(coalesce(w.reason, '') || ' ' || w.key)) > 0)
          AND w.id > $5
        ORDER BY w.id
        LIMIT $6
        """;

    private const string Count =
        """
        SELECT count(*)
        FROM lofte.work AS w
        WHERE w.state = 'dead'
          AND ($1::varchar IS NULL OR w.kind = $1)
          AND ($2::varchar IS NULL OR w.lane = $2)
          AND ($3::varchar IS NULL OR position(lower($3) IN lower(coalesce(w.reason, '') || ' ' || w.key)) > 0)
        """;

    private const string Replay = "SELECT lofte.work_replay($1, $2, $3, $4, $5)";

    /// <summary>Those that match, the oldest first, and how many there are of them in all.</summary>
    public async Task<(IReadOnlyList<DeadLetter> Items, long Total)> FindAsync(
        DeadLetterFilter filter, int limit, int offset, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(Page), new(Count) } };
        batch.BatchCommands[0].Parameters.AddRange(Filter(filter));
        batch.BatchCommands[0].Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        batch.BatchCommands[0].Parameters.Add(new NpgsqlParameter<int> { TypedValue = offset });
        batch.BatchCommands[1].Parameters.AddRange(Filter(filter));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var found = new List<DeadLetter>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(Read(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (found, reader.GetInt64(0));
    }

    /// <summary>Those that match and have a greater id than <paramref name="after"/>, rising.</summary>
    /// <param name="ids">Null for all that the filter matches.</param>
    public async Task<IReadOnlyList<DeadLetter>> MatchingAsync(
        IReadOnlyList<long>? ids, DeadLetterFilter filter, long after, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Matching);
        command.Parameters.Add(Ids(ids));
        command.Parameters.AddRange(Filter(filter));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<DeadLetter>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(Read(reader));
        }

        return found;
    }

    /// <summary>Puts those that match in line again, with their attempts counted anew.</summary>
    /// <param name="ids">Null for all that the filter matches.</param>
    /// <returns>How many match. Where that is not <paramref name="expected"/>, nothing was changed.</returns>
    public async Task<long> ReplayAsync(
        IReadOnlyList<long>? ids, DeadLetterFilter filter, long expected, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Replay);
        command.Parameters.Add(Ids(ids));
        command.Parameters.AddRange(Filter(filter));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = expected });
        return await command.ExecuteScalarAsync(cancellationToken) is long matching ? matching : 0;
    }

    private static NpgsqlParameter<long[]?> Ids(IReadOnlyList<long>? ids) =>
        new() { TypedValue = ids?.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    private static NpgsqlParameter[] Filter(DeadLetterFilter filter) => [Text(filter.Kind), Text(filter.Lane), Text(filter.Text)];

    private static NpgsqlParameter<string?> Text(string? value) =>
        new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Varchar };

    private static DeadLetter Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.GetFieldValue<byte[]>(4),
        reader.GetInt64(5),
        reader.GetInt32(6),
        reader.IsDBNull(7) ? "" : reader.GetString(7),
        reader.GetFieldValue<DateTimeOffset>(8),
        reader.GetFieldValue<DateTimeOffset>(9));
}

/// <param name="Text">In the reason or the key, whatever its case.</param>
public sealed record DeadLetterFilter(string? Kind = null, string? Lane = null, string? Text = null);

/// <summary>Given up: the original work, and why.</summary>
/// <param name="Data">What was to be done, as JSON.</param>
/// <param name="Position">The event that it followed from.</param>
public sealed record DeadLetter(
    long Id,
    string Key,
    string Kind,
    string Lane,
    ReadOnlyMemory<byte> Data,
    long Position,
    int Attempts,
    string Reason,
    DateTimeOffset QueuedAt,
    DateTimeOffset DiedAt);
