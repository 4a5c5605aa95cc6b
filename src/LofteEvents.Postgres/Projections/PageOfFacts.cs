using LofteEvents.Loften;
using Npgsql;

namespace LofteEvents.Postgres.Projections;

/// <summary>The facts that the events of a page touch: as they lie in the table, and what the page makes of them.</summary>
internal sealed class PageOfFacts
{
    private readonly Dictionary<FactKey, CountedFact> _inForce = [];
    private readonly List<Superseded> _superseded = [];
    private readonly List<Established> _established = [];
    private readonly Dictionary<(FactKey Key, long Position), int> _places = [];

    /// <summary>The versions that the page established, in order; one that it superseded itself says by which event.</summary>
    public IReadOnlyList<Established> Versions => _established;

    public void Begin(IEnumerable<CountedFact> inTable)
    {
        Clear();
        foreach (var fact in inTable)
        {
            _inForce[FactKey.Of(fact)] = fact;
        }
    }

    public CountedFact? Find(FactKey key) => _inForce.GetValueOrDefault(key);

    public void Apply(IReadOnlyList<FactChange> changes, long position)
    {
        foreach (var change in changes)
        {
            if (change.Superseded is { } gone)
            {
                var key = FactKey.Of(gone);
                _inForce.Remove(key);
                if (_places.TryGetValue((key, gone.Position), out var place))
                {
                    _established[place] = _established[place] with { SupersededBy = position };
                }
                else
                {
                    _superseded.Add(new(key, gone.Position, position));
                }
            }

            if (change.Established is { } established)
            {
                var key = FactKey.Of(established);
                _inForce[key] = established;
                _places[(key, established.Position)] = _established.Count;
                _established.Add(new(established, null));
            }
        }
    }

    public void Write(NpgsqlBatch batch) => CountedFactRows.Write(batch, _superseded, _established);

    public void Clear()
    {
        _inForce.Clear();
        _superseded.Clear();
        _established.Clear();
        _places.Clear();
    }
}
