using System.Text.Json;
using LofteEvents.Notices;
using Npgsql;
using NpgsqlTypes;

namespace LofteEvents.Postgres.Projections;

/// <summary>Which notices a list shows; what is null is not asked.</summary>
/// <param name="Areas">Only those that took place in one of these.</param>
/// <param name="OnlyReleased">Only those that the recipient may know of.</param>
/// <param name="Now">At which time overdue is judged.</param>
public sealed record NoticesAsked(
    string? State, bool? Overdue, string? Recipient, IReadOnlyList<string>? Areas, bool OnlyReleased, DateTimeOffset Now);

/// <summary>Reads notices: the list from its documents, one case from its own events.</summary>
public sealed class NoticeReads(NpgsqlDataSource dataSource, IEventStore store)
{
    /// <summary>Events of one case; a case has tens of them.</summary>
    private const int MostEventsOfNotice = 10_000;

    // Those whose clock runs come first, the most urgent before the others; then the newest of those that are settled.
    private const string Page =
        """
        WITH asked AS (
            SELECT data,
                   id,
                   (data ->> 'deadline')::timestamptz AS deadline,
                   data ->> 'state' IN ('to-decide', 'sending', 'unreachable') AS runs
            FROM lofte.mt_doc_noticeoverview
            WHERE ($3::varchar IS NULL OR data ->> 'state' = $3)
              AND ($4::varchar IS NULL OR data -> 'terms' ->> 'recipient' = $4)
              AND ($5::varchar[] IS NULL OR data -> 'terms' ->> 'area' = ANY ($5))
              AND (NOT $6
                   OR data ->> 'state' IN ('sending', 'unreachable', 'delivered')
                   OR data ->> 'closed' IN ('told', 'acknowledged', 'correction-told'))
        )
        SELECT data, count(*) OVER ()
        FROM asked
        WHERE $7::boolean IS NULL OR (runs AND deadline < $8) = $7
        ORDER BY runs DESC, CASE WHEN runs THEN deadline END, deadline DESC, id
        LIMIT $1 OFFSET $2
        """;

    public async Task<(IReadOnlyList<NoticeOverview> Items, long Total)> ListAsync(
        NoticesAsked asked, int limit, long offset, CancellationToken cancellationToken)
    {
        var (items, total) = await PageAsync(asked, limit, offset, cancellationToken);

        // A page behind the last has no row that could say how many there are.
        return items.Count == 0 && offset > 0 ? (items, (await PageAsync(asked, 1, 0, cancellationToken)).Total) : (items, total);
    }

    private async Task<(List<NoticeOverview> Items, long Total)> PageAsync(
        NoticesAsked asked, int limit, long offset, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Page);
        command.Parameters.Add(new() { Value = limit });
        command.Parameters.Add(new() { Value = offset });
        command.Parameters.Add(new() { Value = (object?)asked.State ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new() { Value = (object?)asked.Recipient ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar });
        command.Parameters.Add(new()
        {
            Value = (object?)asked.Areas?.ToArray() ?? DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar,
        });
        command.Parameters.Add(new() { Value = asked.OnlyReleased });
        command.Parameters.Add(new() { Value = (object?)asked.Overdue ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean });
        command.Parameters.Add(new() { Value = asked.Now.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (items, total) = (new List<NoticeOverview>(), 0L);
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(0), NoticeOverviewJson.Default.NoticeOverview)!);
            total = reader.GetInt64(1);
        }

        return (items, total);
    }

    /// <summary>A case's own events, in order; none where there is no such case.</summary>
    public async Task<IReadOnlyList<Recorded<DomainEvent>>> HistoryAsync(string id, CancellationToken cancellationToken) =>
        [.. (await StoredAsync("notice/" + id, cancellationToken)).Select(EventCatalogue.ToRecorded)];

    /// <summary>The stored events of a stream that a notice is about.</summary>
    public async Task<IReadOnlyList<StoredEvent>> StoredAsync(string stream, CancellationToken cancellationToken)
    {
        var events = new List<StoredEvent>();
        await foreach (var stored in store.ReadStreamAsync(stream, 0, MostEventsOfNotice, cancellationToken))
        {
            events.Add(stored);
        }

        return events;
    }
}
