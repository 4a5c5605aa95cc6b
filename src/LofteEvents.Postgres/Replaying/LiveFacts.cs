using System.Globalization;
using System.Text.Json;
using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;
using Npgsql;

namespace LofteEvents.Postgres.Replaying;

/// <summary>The table <c>counted_fact</c> as it stood at a position, a row as one JSON object.</summary>
internal sealed class LiveFacts(NpgsqlDataSource dataSource)
{
    private const int MostForeign = 100;

    internal const string OfStreams =
        """
        SELECT stream,
               item,
               position,
               jsonb_build_object(
                   'superseded_by', CASE WHEN superseded_by <= $2 THEN superseded_by END,
                   'type', type,
                   'kind', kind,
                   'areas', to_jsonb(areas),
                   'day', day,
                   'fact', fact)
        FROM lofte.counted_fact
        WHERE stream = ANY ($1)
          AND position <= $2
        """;

    private const string WithoutEvent =
        """
        SELECT f.stream,
               f.item,
               f.position,
               f.fact
        FROM lofte.counted_fact AS f
        WHERE f.position <= $1
          AND NOT EXISTS (SELECT 1 FROM lofte.mt_events AS e WHERE e.stream_id = f.stream AND e.seq_id <= $1)
        ORDER BY f.position, f.stream, f.item
        LIMIT $2
        """;

    public async Task<Dictionary<LiveFactKey, byte[]>> ReadAsync(
        string[] streams, long upTo, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(OfStreams, connection)
        {
            Parameters = { new() { Value = streams }, new() { Value = upTo } },
        };
        await command.PrepareAsync(cancellationToken);
        return await ReadAsync(command, cancellationToken);
    }

    public async Task<long> CountAsync(long upTo, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT count(*) FROM lofte.counted_fact WHERE position <= $1");
        command.Parameters.Add(new() { Value = upTo });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The first rows of streams that have no event.</summary>
    public async Task<Dictionary<LiveFactKey, byte[]>> WithoutEventAsync(long upTo, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(WithoutEvent);
        command.Parameters.Add(new() { Value = upTo });
        command.Parameters.Add(new() { Value = MostForeign });
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>The row that a version must have.</summary>
    public static byte[] RowOf(Established version)
    {
        using var buffer = new MemoryStream();
        using (var row = new Utf8JsonWriter(buffer))
        {
            row.WriteStartObject();
            if (version.SupersededBy is { } by)
            {
                row.WriteNumber("superseded_by", by);
            }
            else
            {
                row.WriteNull("superseded_by");
            }

            row.WriteString("type", CountedFactRows.Name(version.Fact.Type));
            row.WriteString("kind", version.Fact.Kind);
            row.WriteStartArray("areas");
            foreach (var area in version.Fact.Areas)
            {
                row.WriteStringValue(area);
            }

            row.WriteEndArray();
            row.WriteString("day", version.Fact.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            row.WritePropertyName("fact");
            JsonSerializer.Serialize(row, version.Fact, LofteJson.Default.CountedFact);
            row.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static async Task<Dictionary<LiveFactKey, byte[]>> ReadAsync(
        NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new Dictionary<LiveFactKey, byte[]>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)), reader.GetFieldValue<byte[]>(3));
        }

        return rows;
    }
}

/// <summary>A version of a fact, by its primary key.</summary>
internal readonly record struct LiveFactKey(string Stream, string Item, long Position)
{
    public static LiveFactKey Of(CountedFact fact) => new(fact.Stream, fact.Item, fact.Position);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Stream} {Item} @{Position}");
}
