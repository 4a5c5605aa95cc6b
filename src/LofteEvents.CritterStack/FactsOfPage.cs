using System.Text.Json;
using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;
using Marten;

namespace LofteEvents.CritterStack;

/// <summary>
/// The counted facts that a page of the daemon touches: as they lie in the table, and what the page makes of them.
/// </summary>
internal sealed class FactsOfPage
{
    private const string Supersede =
        "UPDATE lofte.counted_fact SET superseded_by = ? WHERE stream = ? AND item = ? AND position = ?";

    private const string Establish =
        """
        INSERT INTO lofte.counted_fact (stream, item, position, superseded_by, type, kind, areas, day, fact)
        SELECT f.stream, f.item, f.position, f.superseded_by, f.type, f.kind,
               ARRAY (SELECT jsonb_array_elements_text(f.fact -> 'areas')), f.day, f.fact
        FROM jsonb_to_record(?::jsonb) AS f (
            stream varchar, item varchar, position bigint, superseded_by bigint, type varchar, kind varchar, day date, fact jsonb)
        """;

    private readonly Dictionary<FactKey, CountedFact> _inForce = [];
    private readonly List<(CountedFact Fact, long By)> _supersededInTable = [];
    private readonly Dictionary<(FactKey Key, long Position), (CountedFact Fact, long? By)> _established = [];
    private readonly HashSet<FactKey> _changed = [];

    public FactsOfPage(IEnumerable<CountedFact> inTable)
    {
        foreach (var fact in inTable)
        {
            _inForce[FactKey.Of(fact)] = fact;
        }
    }

    public CountedFact? Find(FactKey key) => _inForce.GetValueOrDefault(key);

    public void Apply(FactChange change, long position)
    {
        if (change.Superseded is { } gone)
        {
            var key = FactKey.Of(gone);
            _inForce.Remove(key);
            _changed.Add(key);
            if (_established.TryGetValue((key, gone.Position), out var own))
            {
                _established[(key, gone.Position)] = (own.Fact, position);
            }
            else
            {
                _supersededInTable.Add((gone, position));
            }
        }

        if (change.Established is { } fact)
        {
            var key = FactKey.Of(fact);
            _inForce[key] = fact;
            _changed.Add(key);
            _established[(key, fact.Position)] = (fact, null);
        }
    }

    /// <summary>
    /// The facts in force that answer the filters: those of the table, but where this page has changed them, the page's.
    /// </summary>
    public IEnumerable<CountedFact> LaidOver(IEnumerable<CountedFact> earlier, IReadOnlyList<FactFilter> filters) =>
        earlier.Where(fact => !_changed.Contains(FactKey.Of(fact)))
            .Concat(_changed.Select(Find).OfType<CountedFact>().Where(fact => filters.Any(filter => filter.Matches(fact))));

    public void Write(IDocumentOperations operations)
    {
        foreach (var (fact, by) in _supersededInTable)
        {
            operations.QueueSqlCommand(Supersede, by, fact.Stream, fact.Item, fact.Position);
        }

        foreach (var (fact, by) in _established.Values)
        {
            operations.QueueSqlCommand(Establish, Row(fact, by));
        }
    }

    private static string Row(CountedFact fact, long? by) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["stream"] = fact.Stream,
        ["item"] = fact.Item,
        ["position"] = fact.Position,
        ["superseded_by"] = by,
        ["type"] = CountedFactRows.Name(fact.Type),
        ["kind"] = fact.Kind,
        ["day"] = fact.Day,
        ["fact"] = JsonSerializer.SerializeToElement(fact, LofteJson.Default.CountedFact),
    });
}
