using System.Text.Json;
using LofteEvents.Loften;
using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>A promise as it was known at a position.</summary>
/// <param name="Position">What the document rests on: every event up to here.</param>
/// <param name="RecordedAt">When the event at that position was recorded; null in an empty log.</param>
/// <param name="Version">Changes with every change of the document; null for a past one, which never changes.</param>
public sealed record LofteSnapshot(long Position, DateTimeOffset? RecordedAt, LofteStatus Status, Guid? Version);

/// <summary>Reads promises: the live document, or the document folded anew from the facts as they were known at a
/// position.</summary>
public sealed class LofteReads(NpgsqlDataSource dataSource, IEventStore store)
{
    /// <summary>Events of one promise's stream; a promise has tens of them, and thousands mean that something else is
    /// wrong.</summary>
    private const int MostEventsOfLofte = 10_000;

    // One statement, so the position and the document are of the same moment.
    private const string Live =
        """
        SELECT row.last_seq_id, newest.timestamp, document.data, document.mt_version
        FROM lofte.mt_event_progression AS row
        LEFT JOIN lofte.mt_events AS newest ON newest.seq_id = row.last_seq_id
        LEFT JOIN lofte.mt_doc_loftestatus AS document ON document.id = $1
        WHERE row.name = 'LofteStatus:All'
        """;

    private const string Recorded = "SELECT timestamp FROM lofte.mt_events WHERE seq_id <= $1 ORDER BY seq_id DESC LIMIT 1";

    private const string Page =
        """
        SELECT data, count(*) OVER ()
        FROM lofte.mt_doc_lofteoverview
        ORDER BY data -> 'term' ->> 'from' DESC, id
        LIMIT $1 OFFSET $2
        """;

    private const string PageAsOf =
        """
        SELECT document.id, count(*) OVER ()
        FROM lofte.mt_doc_lofteoverview AS document
        JOIN lofte.mt_events AS given ON given.stream_id = 'lofte/' || document.id AND given.version = 1
        WHERE given.seq_id <= $3
        ORDER BY document.data -> 'term' ->> 'from' DESC, document.id
        LIMIT $1 OFFSET $2
        """;

    /// <returns>Null where there is no such promise.</returns>
    public async Task<LofteSnapshot?> LiveAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Live, connection) { Parameters = { new() { Value = id } } };
        await command.PrepareAsync(cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken) || await reader.IsDBNullAsync(2, cancellationToken))
        {
            return null;
        }

        return new LofteSnapshot(
            reader.GetInt64(0),
            reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1),
            JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(2), LofteJson.Default.LofteStatus)!,
            reader.GetGuid(3));
    }

    /// <summary>What was known at a position that the projection has reached.</summary>
    /// <returns>Null where the promise was not yet given then.</returns>
    public async Task<LofteSnapshot?> AsOfAsync(string id, long position, CancellationToken cancellationToken)
    {
        var events = await EventsAsync(id, position, cancellationToken);
        if (LofteStatusProjection.Fold(events, []) is not { } status)
        {
            return null;
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var facts = await CountedFactRows.ReadLiveAsync(
            connection, LofteStatusProjection.Needs(status), position, cancellationToken);
        var recordedAt = await RecordedAtAsync(connection, position, cancellationToken);
        return new LofteSnapshot(position, recordedAt, LofteStatusProjection.Refold(status, facts), null);
    }

    /// <summary>The promise's own events up to a position, in order.</summary>
    public async Task<IReadOnlyList<Recorded<DomainEvent>>> EventsAsync(
        string id, long position, CancellationToken cancellationToken)
    {
        var events = new List<Recorded<DomainEvent>>();
        await foreach (var stored in store.ReadStreamAsync("lofte/" + id, 0, MostEventsOfLofte, cancellationToken))
        {
            if (stored.Position > position)
            {
                break;
            }

            events.Add(EventCatalogue.ToRecorded(stored));
        }

        return events;
    }

    /// <summary>The list of promises, the newest term first.</summary>
    /// <returns>A page of them, and how many there are in all.</returns>
    public async Task<(IReadOnlyList<LofteOverview> Items, long Total)> ListAsync(
        int limit, long offset, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Page);
        command.Parameters.Add(new() { Value = limit });
        command.Parameters.Add(new() { Value = offset });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (items, total) = (new List<LofteOverview>(), 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(0), LofteJson.Default.LofteOverview)!);
            total = reader.GetInt64(1);
        }

        return (items, items.Count == 0 && offset > 0 ? await CountAsync(cancellationToken) : total);
    }

    /// <summary>The list as it was known at a position.</summary>
    public async Task<(IReadOnlyList<LofteOverview> Items, long Total)> ListAsOfAsync(
        long position, int limit, long offset, CancellationToken cancellationToken)
    {
        var (ids, total) = (new List<string>(), 0L);
        await using (var command = dataSource.CreateCommand(PageAsOf))
        {
            command.Parameters.Add(new() { Value = limit });
            command.Parameters.Add(new() { Value = offset });
            command.Parameters.Add(new() { Value = position });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                ids.Add(reader.GetString(0));
                total = reader.GetInt64(1);
            }
        }

        var items = new List<LofteOverview>();
        foreach (var id in ids)
        {
            var events = await EventsAsync(id, position, cancellationToken);
            if (events.Aggregate((LofteOverview?)null, LofteOverviewProjection.Project) is { } overview)
            {
                items.Add(overview);
            }
        }

        return (items, total);
    }

    /// <summary>When what is known at a position was last added to.</summary>
    public async Task<DateTimeOffset?> RecordedAtAsync(long position, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await RecordedAtAsync(connection, position, cancellationToken);
    }

    private static async Task<DateTimeOffset?> RecordedAtAsync(
        NpgsqlConnection connection, long position, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Recorded, connection) { Parameters = { new() { Value = position } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? reader.GetFieldValue<DateTimeOffset>(0) : null;
    }

    private async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT count(*) FROM lofte.mt_doc_lofteoverview");
        return await command.ExecuteScalarAsync(cancellationToken) is long count ? count : 0;
    }
}
