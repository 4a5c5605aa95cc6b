using System.Text.Json;
using LofteEvents.Loften;
using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.Projections;

/// <summary>A fact that may count for a commitment, as it was known at a position.</summary>
/// <param name="RemovedBy">Position of the event that voided it; null while it holds.</param>
public sealed record CandidateFact(CountedFact Fact, long? RemovedBy);

/// <summary>Reads the facts behind a commitment, and what their events say of themselves.</summary>
public sealed class EvidenceReads(NpgsqlDataSource dataSource)
{
    /// <summary>How many candidates one read looks through at most.</summary>
    public const int MostCandidates = 20_000;

    private const int PageFacts = 200;

    private const string NewestFirst =
        "SELECT fact FROM lofte.counted_fact" + CountedFactRows.InForceByFilter +
        """

          AND (day, position) < ($8, $9)
        ORDER BY day DESC, position DESC
        LIMIT $10
        """;

    // The newest version of each thing, in force or removed; a removed plan was carried out or called off, and is no candidate.
    private const string Candidates =
        """
        SELECT f.fact, CASE WHEN f.superseded_by <= $7 THEN f.superseded_by END
        FROM lofte.counted_fact AS f
        WHERE f.type = ANY ($1)
          AND f.day BETWEEN $2 AND $3
          AND ($4::varchar[] && f.areas OR f.kind = ANY ($5) OR f.stream = ANY ($6))
          AND f.position <= $7
          AND (f.type <> 'planned-insats' OR f.superseded_by IS NULL OR f.superseded_by > $7)
          AND NOT EXISTS (
              SELECT 1
              FROM lofte.counted_fact AS newer
              WHERE newer.stream = f.stream
                AND newer.item = f.item
                AND newer.position > f.position
                AND newer.position <= $7)
        ORDER BY f.day DESC, f.position DESC
        LIMIT $8
        """;

    private const string Events =
        """
        SELECT e.seq_id, e.type, e.data, first.data, agreed.data, e.timestamp, e.headers
        FROM lofte.mt_events AS e
        LEFT JOIN lofte.mt_events AS first
          ON first.stream_id = e.stream_id
         AND first.version = 1
         AND first.type = 'forum.established.v1'
        LEFT JOIN LATERAL (
            SELECT a.data
            FROM lofte.mt_events AS a
            WHERE e.type = 'forum.activity-completed.v1'
              AND a.stream_id = e.stream_id
              AND a.type = 'forum.activity-agreed.v1'
              AND a.data ->> 'activity' = e.data ->> 'activity'
            ORDER BY a.version DESC
            LIMIT 1
        ) AS agreed ON true
        WHERE e.seq_id = ANY ($1)
        """;

    private const string Forums =
        """
        SELECT stream_id, data ->> 'name'
        FROM lofte.mt_events
        WHERE stream_id = ANY ($1)
          AND version = 1
          AND type = 'forum.established.v1'
        """;

    /// <summary>Facts in force at a position that answer a filter, the newest day first; read page by page, so take what is
    /// needed.</summary>
    public async IAsyncEnumerable<CountedFact> NewestFirstAsync(
        FactFilter filter,
        long position,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (day, before) = (filter.To.AddDays(1), long.MaxValue);
        while (true)
        {
            var page = await PageAsync(filter, position, day, before, cancellationToken);
            foreach (var fact in page)
            {
                yield return fact;
            }

            if (page.Count < PageFacts)
            {
                yield break;
            }

            (day, before) = (page[^1].Day, page[^1].Position);
        }
    }

    /// <summary>
    /// Everything that somebody might expect to count: of the types that are asked for, within the days, in one of the areas,
    /// of one of the kinds or in one of the streams; also what was voided. The newest day first.
    /// </summary>
    /// <returns>At most <see cref="MostCandidates"/>.</returns>
    public async Task<IReadOnlyList<CandidateFact>> CandidatesAsync(
        FactFilter broad, long position, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Candidates);
        command.Parameters.Add(new() { Value = broad.Types.Select(CountedFactRows.Name).ToArray() });
        command.Parameters.Add(new() { Value = broad.From });
        command.Parameters.Add(new() { Value = broad.To });
        command.Parameters.Add(CountedFactRows.Names(broad.Areas ?? []));
        command.Parameters.Add(CountedFactRows.Names(broad.Kinds ?? []));
        command.Parameters.Add(CountedFactRows.Names(broad.Streams ?? []));
        command.Parameters.Add(new() { Value = position });
        command.Parameters.Add(new() { Value = MostCandidates });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var candidates = new List<CandidateFact>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var fact = CountedFactRows.Fact(reader, 0);
            candidates.Add(new(fact, await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetInt64(1)));
        }

        return candidates;
    }

    /// <summary>What the events at these positions say, by position.</summary>
    public async Task<IReadOnlyDictionary<long, EvidenceEvent>> EventsAsync(
        IReadOnlyCollection<long> positions, CancellationToken cancellationToken)
    {
        var events = new Dictionary<long, EvidenceEvent>();
        if (positions.Count == 0)
        {
            return events;
        }

        await using var command = dataSource.CreateCommand(Events);
        command.Parameters.Add(new() { Value = positions.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            events[reader.GetInt64(0)] = new EvidenceEvent(
                reader.GetString(1),
                reader.GetFieldValue<byte[]>(2),
                reader.IsDBNull(3) ? null : (ReadOnlyMemory<byte>?)reader.GetFieldValue<byte[]>(3),
                reader.IsDBNull(4) ? null : (ReadOnlyMemory<byte>?)reader.GetFieldValue<byte[]>(4),
                reader.GetFieldValue<DateTimeOffset>(5),
                reader.IsDBNull(6) ? default : reader.GetFieldValue<byte[]>(6));
        }

        return events;
    }

    /// <summary>The names of forums, by stream; a forum that nobody established has none.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ForumNamesAsync(
        IReadOnlyCollection<string> streams, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (streams.Count == 0)
        {
            return names;
        }

        await using var command = dataSource.CreateCommand(Forums);
        command.Parameters.Add(new() { Value = streams.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            names[reader.GetString(0)] = reader.GetString(1);
        }

        return names;
    }

    private async Task<List<CountedFact>> PageAsync(
        FactFilter filter, long position, DateOnly day, long before, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = CountedFactRows.Asking(NewestFirst, connection, filter, position);
        command.Parameters.Add(new() { Value = day });
        command.Parameters.Add(new() { Value = before, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = PageFacts });
        await command.PrepareAsync(cancellationToken);
        return await CountedFactRows.ReadAsync(command, cancellationToken);
    }
}

/// <summary>The event that established a fact, as stored.</summary>
/// <param name="Forum">Payload of the forum's first event, where it is a forum's.</param>
/// <param name="Agreed">Payload of the event that agreed on the activity, where it is an activity's completion.</param>
public sealed record EvidenceEvent(
    string Type,
    ReadOnlyMemory<byte> Data,
    ReadOnlyMemory<byte>? Forum,
    ReadOnlyMemory<byte>? Agreed,
    DateTimeOffset RecordedAt,
    ReadOnlyMemory<byte> Headers)
{
    /// <summary>When it happened, by its publisher.</summary>
    public DateTimeOffset HappenedAt => EventHeaders.FromJson(Headers.Span).Time ?? RecordedAt;

    public DomainEvent Decode() => Decode(Type, Data);

    public static DomainEvent Decode(string type, ReadOnlyMemory<byte> data) =>
        EventCatalogue.TryFind(type, out var found)
            ? found.Decode(data.Span)
            : throw new JsonException($"A fact rests on an event of type {type}, which this version does not know.");
}
