using LofteEvents.Loften;

namespace LofteEvents.Postgres.Projections;

/// <summary>Which promises ask for which facts, by type and kind, so that a fact is held against those alone.</summary>
internal sealed class LofteInterests
{
    private static readonly string[] s_anyKind = [""];
    private readonly Dictionary<(FactType Type, string Kind), Dictionary<string, List<FactFilter>>> _asked = [];
    private readonly Dictionary<string, List<(FactType, string)>> _keysOf = new(StringComparer.Ordinal);

    /// <summary>Takes what a promise asks for in place of what it asked for before.</summary>
    public void Set(LofteStatus status)
    {
        foreach (var key in _keysOf.GetValueOrDefault(status.Id) ?? [])
        {
            _asked[key].Remove(status.Id);
        }

        var keys = new List<(FactType, string)>();
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

    private static IEnumerable<(FactType, string)> KeysOf(FactFilter filter) =>
        from type in filter.Types
        from kind in filter.Kinds ?? s_anyKind
        select (type, kind);

    private void Collect(CountedFact? fact, SortedSet<string> concerned)
    {
        if (fact is null)
        {
            return;
        }

        Collect(fact, (fact.Type, ""), concerned);
        if (fact.Kind is { Length: > 0 } kind)
        {
            Collect(fact, (fact.Type, kind), concerned);
        }
    }

    private void Collect(CountedFact fact, (FactType, string) key, SortedSet<string> concerned)
    {
        foreach (var (id, filters) in _asked.GetValueOrDefault(key) ?? [])
        {
            if (filters.Exists(filter => filter.Matches(fact)))
            {
                concerned.Add(id);
            }
        }
    }
}
