using System.Data;
using System.Text.Json;
using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;
using Npgsql;

namespace LofteEvents.Postgres.Replaying;

/// <summary>The documents as the projections keep them, with the positions that they rest on; JSON by id.</summary>
internal sealed record LiveDocuments(
    long StatusPosition,
    long OverviewPosition,
    long NoticePosition,
    IReadOnlyDictionary<string, byte[]> Statuses,
    IReadOnlyDictionary<string, byte[]> Overviews)
{
    private const int PageOfList = 100;

    private const string Positions = "SELECT name, last_seq_id FROM lofte.mt_event_progression WHERE name = ANY ($1)";

    /// <summary>All of it of one moment.</summary>
    public static async Task<LiveDocuments> ReadAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var positions = new Dictionary<string, long>(StringComparer.Ordinal);
        await using (var command = new NpgsqlCommand(Positions, connection))
        {
            command.Parameters.Add(new() { Value = ProjectionNames.All.Select(ProjectionNames.RowOf).ToArray() });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                positions[reader.GetString(0)] = await reader.IsDBNullAsync(1, cancellationToken) ? 0 : reader.GetInt64(1);
            }
        }

        return new LiveDocuments(
            positions.GetValueOrDefault(ProjectionNames.RowOf(ProjectionNames.LofteStatus)),
            positions.GetValueOrDefault(ProjectionNames.RowOf(ProjectionNames.LofteOverview)),
            positions.GetValueOrDefault(ProjectionNames.RowOf(ProjectionNames.NoticeOverview)),
            await ReadAsync("SELECT id, data FROM lofte.mt_doc_loftestatus", connection, cancellationToken),
            await ReadAsync("SELECT id, data FROM lofte.mt_doc_lofteoverview", connection, cancellationToken));
    }

    /// <summary>The same as it is answered of a past position.</summary>
    public async Task<LiveDocuments> AsOfAsync(
        long position, LofteReads reads, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var statuses = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var id in ids.Union(Statuses.Keys))
        {
            if (await reads.AsOfAsync(id, position, cancellationToken) is { } snapshot)
            {
                statuses[id] = JsonSerializer.SerializeToUtf8Bytes(snapshot.Status, LofteJson.Default.LofteStatus);
            }
        }

        var overviews = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var offset = 0L; ; offset += PageOfList)
        {
            var (items, total) = await reads.ListAsOfAsync(position, PageOfList, offset, cancellationToken);
            foreach (var overview in items)
            {
                overviews[overview.Id] = JsonSerializer.SerializeToUtf8Bytes(overview, LofteJson.Default.LofteOverview);
            }

            if (offset + PageOfList >= total)
            {
                return new LiveDocuments(position, position, 0, statuses, overviews);
            }
        }
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> ReadAsync(
        string query, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var documents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            documents.Add(reader.GetString(0), reader.GetFieldValue<byte[]>(1));
        }

        return documents;
    }
}
