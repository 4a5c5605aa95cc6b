using LofteEvents.Loften;
using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>Keeps <see cref="LofteOverview"/> documents, which only a promise's own events change.</summary>
internal sealed class LofteOverviewInPostgres : Projection
{
    private static readonly DocumentRows<LofteOverview> s_rows = new(
        "SELECT id, data FROM mt_doc_lofteoverview",
        """
        INSERT INTO mt_doc_lofteoverview (id, data)
        SELECT id, data FROM unnest($1::varchar[], $2::jsonb[]) AS new (id, data)
        ON CONFLICT (id) DO UPDATE
        SET data = EXCLUDED.data,
            mt_last_modified = transaction_timestamp(),
            mt_version = gen_random_uuid()
        """,
        LofteJson.Default.LofteOverview);

    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private Dictionary<string, LofteOverview> _documents = new(StringComparer.Ordinal);

    public override string Name => ProjectionNames.LofteOverview;

    public override async Task LoadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        Committed();
        _documents = await s_rows.ReadAllAsync(connection, cancellationToken);
    }

    public override Task<int> PrepareAsync(
        NpgsqlConnection connection, IReadOnlyList<StoredEvent> page, CancellationToken cancellationToken) =>
        Task.FromResult(page.Count);

    public override void Apply(StoredEvent stored)
    {
        const string Prefix = "lofte/";
        if (EventRows.IsTombstone(stored))
        {
            return;
        }

        if (!EventCatalogue.TryFind(stored.Type, out _))
        {
            throw new UnknownEventTypeException(stored.Type, stored.Position);
        }

        if (!stored.Stream.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return;
        }

        var id = stored.Stream[Prefix.Length..];
        var before = _documents.GetValueOrDefault(id);
        var after = LofteOverviewProjection.Project(before, EventCatalogue.ToRecorded(stored));
        if (after is not null && !ReferenceEquals(before, after))
        {
            _documents[id] = after;
            _touched.Add(id);
        }
    }

    public override void Write(NpgsqlBatch batch) =>
        s_rows.Write(batch, [.. _touched.Select(id => KeyValuePair.Create(id, _documents[id]))]);

    public override void Committed() => _touched.Clear();
}
