using System.Text.Json;
using LofteEvents.Loften;
using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.Projections;

/// <summary>The table <c>counted_fact</c>: every version of every fact, and from which position on it no longer held.</summary>
internal static class CountedFactRows
{
    private const string InForceByKey =
        """
        SELECT f.fact
        FROM unnest($1::varchar[], $2::varchar[]) AS asked (stream, item)
        JOIN counted_fact AS f ON f.stream = asked.stream AND f.item = asked.item
        WHERE f.superseded_by IS NULL
        """;

    /// <summary>Facts that answer a filter ($1 to $6) as they were in force at a position ($7).</summary>
    public const string InForceByFilter =
        """

        WHERE type = ANY ($1)
          AND day BETWEEN $2 AND $3
          AND ($4::varchar[] IS NULL OR kind = ANY ($4))
          AND ($5::varchar[] IS NULL OR areas && $5)
          AND ($6::varchar[] IS NULL OR stream = ANY ($6))
          AND position <= $7
          AND (superseded_by IS NULL OR superseded_by > $7)
        """;

    private const string Supersede =
        """
        UPDATE counted_fact AS f
        SET superseded_by = gone.by_position
        FROM unnest($1::varchar[], $2::varchar[], $3::bigint[], $4::bigint[]) AS gone (stream, item, position, by_position)
        WHERE f.stream = gone.stream
          AND f.item = gone.item
          AND f.position = gone.position
        """;

    private const string Establish =
        """
        INSERT INTO counted_fact (stream, item, position, superseded_by, type, kind, areas, day, fact)
        SELECT stream, item, position, superseded_by, type, kind,
               ARRAY (SELECT jsonb_array_elements_text(fact -> 'areas')), day, fact
        FROM unnest(
                 $1::varchar[], $2::varchar[], $3::bigint[], $4::bigint[], $5::varchar[], $6::varchar[], $7::date[], $8::jsonb[])
             AS new (stream, item, position, superseded_by, type, kind, day, fact)
        """;

    /// <summary>The facts now in force with these keys.</summary>
    public static async Task<List<CountedFact>> ReadInForceAsync(
        NpgsqlConnection connection, IReadOnlyCollection<FactKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        await using var command = new NpgsqlCommand(InForceByKey, connection)
        {
            Parameters =
            {
                new() { Value = keys.Select(key => key.Stream).ToArray() },
                new() { Value = keys.Select(key => key.Item).ToArray() },
            },
        };
        await command.PrepareAsync(cancellationToken);
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>The facts that answer any of the filters as they were in force at a position, each once.</summary>
    public static Task<IReadOnlyCollection<CountedFact>> ReadAsync(
        NpgsqlConnection connection, IEnumerable<FactFilter> filters, long position, CancellationToken cancellationToken) =>
        ReadAsync("SELECT fact FROM counted_fact" + InForceByFilter, connection, filters, position, cancellationToken);

    /// <summary>The same of the live table, whatever the session's search path.</summary>
    public static Task<IReadOnlyCollection<CountedFact>> ReadLiveAsync(
        NpgsqlConnection connection, IEnumerable<FactFilter> filters, long position, CancellationToken cancellationToken) =>
        ReadAsync("SELECT fact FROM lofte.counted_fact" + InForceByFilter, connection, filters, position, cancellationToken);

    private static async Task<IReadOnlyCollection<CountedFact>> ReadAsync(
        string query,
        NpgsqlConnection connection,
        IEnumerable<FactFilter> filters,
        long position,
        CancellationToken cancellationToken)
    {
        var found = new Dictionary<FactKey, CountedFact>();
        foreach (var filter in filters)
        {
            await using var command = Asking(query, connection, filter, position);
            foreach (var fact in await ReadAsync(command, cancellationToken))
            {
                found[FactKey.Of(fact)] = fact;
            }
        }

        return found.Values;
    }

    /// <summary>Adds the commands that write what a page changed. A version that came and went within it is written as already
    /// superseded.</summary>
    public static void Write(NpgsqlBatch batch, IReadOnlyList<Superseded> superseded, IReadOnlyList<Established> established)
    {
        if (superseded.Count > 0)
        {
            batch.BatchCommands.Add(new(Supersede)
            {
                Parameters =
                {
                    new() { Value = superseded.Select(gone => gone.Key.Stream).ToArray() },
                    new() { Value = superseded.Select(gone => gone.Key.Item).ToArray() },
                    new() { Value = superseded.Select(gone => gone.Position).ToArray() },
                    new() { Value = superseded.Select(gone => gone.By).ToArray() },
                },
            });
        }

        if (established.Count > 0)
        {
            batch.BatchCommands.Add(new(Establish)
            {
                Parameters =
                {
                    new() { Value = established.Select(row => row.Fact.Stream).ToArray() },
                    new() { Value = established.Select(row => row.Fact.Item).ToArray() },
                    new() { Value = established.Select(row => row.Fact.Position).ToArray() },
                    new() { Value = established.Select(row => row.SupersededBy).ToArray() },
                    new() { Value = established.Select(row => Name(row.Fact.Type)).ToArray() },
                    new()
                    {
                        Value = established.Select(row => row.Fact.Kind).ToArray(),
                        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar,
                    },
                    new() { Value = established.Select(row => row.Fact.Day).ToArray() },
                    new()
                    {
                        Value = established.Select(row => Json(row.Fact)).ToArray(),
                        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
                    },
                },
            });
        }
    }

    /// <summary>A query whose first seven parameters are a filter and a position.</summary>
    public static NpgsqlCommand Asking(string query, NpgsqlConnection connection, FactFilter filter, long position) =>
        new(query, connection)
        {
            Parameters =
            {
                new() { Value = filter.Types.Select(Name).ToArray() },
                new() { Value = filter.From },
                new() { Value = filter.To },
                Names(filter.Kinds),
                Names(filter.Areas),
                Names(filter.Streams),
                new() { Value = position },
            },
        };

    public static NpgsqlParameter Names(IReadOnlyList<string>? names) => new()
    {
        Value = names is null ? DBNull.Value : names.ToArray(),
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar,
    };

    public static async Task<List<CountedFact>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var facts = new List<CountedFact>();
        while (await reader.ReadAsync(cancellationToken))
        {
            facts.Add(Fact(reader, 0));
        }

        return facts;
    }

    public static CountedFact Fact(NpgsqlDataReader reader, int column) =>
        JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(column), LofteJson.Default.CountedFact)!;

    private static byte[] Json(CountedFact fact) => JsonSerializer.SerializeToUtf8Bytes(fact, LofteJson.Default.CountedFact);

    public static string Name(FactType type) => JsonNamingPolicy.KebabCaseLower.ConvertName(type.ToString());
}

/// <summary>Which thing a fact is about; a fact has many versions, of which at most one is in force.</summary>
internal readonly record struct FactKey(string Stream, string Item)
{
    public static FactKey Of(CountedFact fact) => new(fact.Stream, fact.Item);
}

/// <summary>A version that lies in the table and no longer holds.</summary>
internal readonly record struct Superseded(FactKey Key, long Position, long By);

/// <summary>A version to be written.</summary>
internal readonly record struct Established(CountedFact Fact, long? SupersededBy);
