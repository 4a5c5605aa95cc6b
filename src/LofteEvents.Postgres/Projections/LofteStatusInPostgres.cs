using LofteEvents.Loften;
using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>
/// Keeps <see cref="LofteStatus"/> documents and counted facts. The documents are held in memory, since nobody else writes
/// them; an event touches only the promises that ask for its kind, so three hundred of them do not slow each other.
/// </summary>
internal sealed class LofteStatusInPostgres(Areas areas) : Projection
{
    private static readonly DocumentRows<LofteStatus> s_rows = new(
        "SELECT id, data FROM mt_doc_loftestatus",
        """
        INSERT INTO mt_doc_loftestatus (id, data)
        SELECT id, data FROM unnest($1::varchar[], $2::jsonb[]) AS new (id, data)
        ON CONFLICT (id) DO UPDATE
        SET data = EXCLUDED.data,
            mt_last_modified = transaction_timestamp(),
            mt_version = gen_random_uuid()
        """,
        LofteJson.Default.LofteStatus);

    private readonly PageOfFacts _facts = new();
    private readonly Dictionary<long, Recorded<DomainEvent>> _decoded = [];
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private Dictionary<string, LofteStatus> _documents = new(StringComparer.Ordinal);
    private LofteInterests _interests = new();
    private LofteStatus? _refolded;

    public override string Name => ProjectionNames.LofteStatus;

    public override async Task LoadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        Committed();
        _documents = await s_rows.ReadAllAsync(connection, cancellationToken);
        _interests = new LofteInterests();
        foreach (var document in _documents.Values)
        {
            _interests.Set(document);
        }
    }

    /// <summary>
    /// Events of promises that change which facts count are the first of what is folded in one go, so that all facts before
    /// them lie in the table.
    /// </summary>
    public override async Task<int> PrepareAsync(
        NpgsqlConnection connection, IReadOnlyList<StoredEvent> page, CancellationToken cancellationToken)
    {
        _refolded = null;
        _decoded.Clear();
        var keys = new HashSet<FactKey>();
        var ready = 0;
        for (; ready < page.Count; ready++)
        {
            if (TryDecode(page[ready]) is not { } happened)
            {
                // What cannot be read is tried, and found out, when its turn comes.
                continue;
            }

            if (LofteStatusProjection.Refolds(happened.Event))
            {
                if (ready > 0)
                {
                    break;
                }

                await RefoldAsync(connection, happened, cancellationToken);
            }

            _decoded[happened.Position] = happened;
            if (happened.Version > 1)
            {
                keys.UnionWith(Facts.Items(happened.Event).Select(item => new FactKey(happened.Stream, item)));
            }
        }

        _facts.Begin(await CountedFactRows.ReadInForceAsync(connection, keys, cancellationToken));
        return ready;
    }

    public override void Apply(StoredEvent stored)
    {
        if (EventRows.IsTombstone(stored))
        {
            return;
        }

        var happened = _decoded.GetValueOrDefault(stored.Position) ?? EventCatalogue.ToRecorded(stored);
        if (happened.Event is LofteEvent)
        {
            ApplyToLofte(happened);
        }
        else
        {
            ApplyFacts(happened);
        }
    }

    public override void Write(NpgsqlBatch batch)
    {
        _facts.Write(batch);
        s_rows.Write(batch, [.. _touched.Select(id => KeyValuePair.Create(id, _documents[id]))]);
    }

    public override void Committed()
    {
        _facts.Clear();
        _touched.Clear();
    }

    private static Recorded<DomainEvent>? TryDecode(StoredEvent stored)
    {
        try
        {
            return EventRows.IsTombstone(stored) ? null : EventCatalogue.ToRecorded(stored);
        }
        catch (Exception exception) when (exception is UnknownEventTypeException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private async Task RefoldAsync(
        NpgsqlConnection connection, Recorded<DomainEvent> happened, CancellationToken cancellationToken)
    {
        if (LofteStatusProjection.Project(_documents.GetValueOrDefault(IdOf(happened)), happened) is { } status)
        {
            var facts = await CountedFactRows.ReadAsync(
                connection, LofteStatusProjection.Needs(status), happened.Position, cancellationToken);
            _refolded = LofteStatusProjection.Refold(status, facts);
        }
    }

    private void ApplyToLofte(Recorded<DomainEvent> happened)
    {
        var id = IdOf(happened);
        var refolds = LofteStatusProjection.Refolds(happened.Event);
        var status = refolds ? _refolded : LofteStatusProjection.Project(_documents.GetValueOrDefault(id), happened);
        if (status is null)
        {
            return;
        }

        _documents[id] = status;
        _touched.Add(id);
        if (refolds)
        {
            _interests.Set(status);
        }
    }

    private void ApplyFacts(Recorded<DomainEvent> happened)
    {
        var current = Facts.Items(happened.Event)
            .Select(item => _facts.Find(new(happened.Stream, item)))
            .OfType<CountedFact>()
            .ToList();
        var changes = Facts.Changes(current, happened, areas);
        var changed = new Dictionary<string, LofteStatus>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            foreach (var id in _interests.Concerned(change))
            {
                var before = changed.GetValueOrDefault(id) ?? _documents[id];
                var after = LofteStatusProjection.Apply(before, change);
                if (!ReferenceEquals(before, after))
                {
                    changed[id] = after;
                }
            }
        }

        // Only now, when nothing can fail any more: memory is as it was before an event that cannot be applied.
        _facts.Apply(changes, happened.Position);
        foreach (var (id, status) in changed)
        {
            _documents[id] = status;
            _touched.Add(id);
        }
    }

    private static string IdOf(Recorded<DomainEvent> happened) =>
        happened.Stream[(happened.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
