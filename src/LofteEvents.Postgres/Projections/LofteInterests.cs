using LofteEvents.Loften;

namespace LofteEvents.Postgres.Projections;

/// <summary>
/// Which promises ask for which facts, by type, kind and area, so that a fact is held against those alone: with a promise in
/// every area of the country a fact meets its own area's and no other.
/// </summary>
internal sealed class LofteInterests
{
    /// <summary>Stands for a list that a filter leaves out, and so for any value.</summary>
    private static readonly string[] s_any = [""];

    private readonly Dictionary<Key, Dictionary<string, List<FactFilter>>> _asked = [];
    private readonly Dictionary<string, List<Key>> _keysOf = new(StringComparer.Ordinal);

    /// <summary>Takes what a promise asks for in place of what it asked for before.</summary>
    public void Set(LofteStatus status)
    {
        foreach (var key in _keysOf.GetValueOrDefault(status.Id) ?? [])
        {
            _asked[key].Remove(status.Id);
        }

        var keys = new List<Key>();
        foreach (var filter in LofteStatusProjection.Needs(status))
        {
            foreach (var key in KeysOf(filter))
            {
                var promises = _asked.TryGetValue(key, out var known) ? known : _asked[key] = new(StringComparer.Ordinal);
                if (!promises.TryGetValue(status.Id, out var filters))
                {
                    promises[status.Id] = filters = [];
                    keys.Add(key);
                }

                filters.Add(filter);
            }
        }

        _keysOf[status.Id] = keys;
    }

    /// <summary>The promises that a change may concern, each once.</summary>
    public IEnumerable<string> Concerned(FactChange change)
    {
        var concerned = new SortedSet<string>(StringComparer.Ordinal);
        Collect(change.Superseded, concerned);
        Collect(change.Established, concerned);
        return concerned;
    }

    private static IEnumerable<Key> KeysOf(FactFilter filter) =>
        from type in filter.Types
        from kind in filter.Kinds ?? s_any
        from area in filter.Areas ?? s_any
        select new Key(type, kind, area);

    private void Collect(CountedFact? fact, SortedSet<string> concerned)
    {
        if (fact is null)
        {
            return;
        }

        Collect(fact, "", concerned);
        if (fact.Kind is { Length: > 0 } kind)
        {
            Collect(fact, kind, concerned);
        }
    }

    private void Collect(CountedFact fact, string kind, SortedSet<string> concerned)
    {
        Collect(fact, new Key(fact.Type, kind, ""), concerned);
        foreach (var area in fact.Areas)
        {
            Collect(fact, new Key(fact.Type, kind, area), concerned);
        }
    }

    private void Collect(CountedFact fact, Key key, SortedSet<string> concerned)
    {
        if (!_asked.TryGetValue(key, out var promises))
        {
            return;
        }

        foreach (var (id, filters) in promises)
        {
            if (filters.Exists(filter => filter.Matches(fact)))
            {
                concerned.Add(id);
            }
        }
    }

    private readonly record struct Key(FactType Type, string Kind, string Area);
}
