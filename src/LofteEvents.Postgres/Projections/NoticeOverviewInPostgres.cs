using System.Text.Json;
using LofteEvents.Notices;
using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>
/// Keeps <see cref="NoticeOverview"/> documents, which only a case's own events change. There are many cases and few are open:
/// only those that a page of events touches are in memory.
/// </summary>
internal sealed class NoticeOverviewInPostgres : Projection
{
    private const string Prefix = "notice/";
    private const string Touched = "SELECT id, data FROM mt_doc_noticeoverview WHERE id = ANY ($1)";

    private static readonly DocumentRows<NoticeOverview> s_rows = new(
        "SELECT id, data FROM mt_doc_noticeoverview",
        """
        INSERT INTO mt_doc_noticeoverview (id, data)
        SELECT id, data FROM unnest($1::varchar[], $2::jsonb[]) AS new (id, data)
        ON CONFLICT (id) DO UPDATE
        SET data = EXCLUDED.data,
            mt_last_modified = transaction_timestamp(),
            mt_version = gen_random_uuid()
        """,
        NoticeOverviewJson.Default.NoticeOverview);

    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NoticeOverview> _documents = new(StringComparer.Ordinal);

    public override string Name => ProjectionNames.NoticeOverview;

    public override Task LoadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        Committed();
        return Task.CompletedTask;
    }

    public override async Task<int> PrepareAsync(
        NpgsqlConnection connection, IReadOnlyList<StoredEvent> page, CancellationToken cancellationToken)
    {
        var wanted = page.Where(IsOfNotice).Select(stored => stored.Stream[Prefix.Length..]).Distinct(StringComparer.Ordinal)
            .Where(id => !_documents.ContainsKey(id)).ToArray();
        if (wanted.Length == 0)
        {
            return page.Count;
        }

        await using var command = new NpgsqlCommand(Touched, connection) { Parameters = { new() { Value = wanted } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            _documents[reader.GetString(0)] =
                JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(1), NoticeOverviewJson.Default.NoticeOverview)!;
        }

        return page.Count;
    }

    public override void Apply(StoredEvent stored)
    {
        if (EventRows.IsTombstone(stored))
        {
            return;
        }

        if (!EventCatalogue.TryFind(stored.Type, out _))
        {
            throw new UnknownEventTypeException(stored.Type, stored.Position);
        }

        if (!IsOfNotice(stored))
        {
            return;
        }

        var id = stored.Stream[Prefix.Length..];
        if (NoticeOverviewProjection.Project(_documents.GetValueOrDefault(id), EventCatalogue.ToRecorded(stored)) is { } after)
        {
            _documents[id] = after;
            _touched.Add(id);
        }
    }

    public override void Write(NpgsqlBatch batch) =>
        s_rows.Write(batch, [.. _touched.Select(id => KeyValuePair.Create(id, _documents[id]))]);

    public override void Committed()
    {
        _touched.Clear();
        _documents.Clear();
    }

    private static bool IsOfNotice(StoredEvent stored) => stored.Stream.StartsWith(Prefix, StringComparison.Ordinal);
}
