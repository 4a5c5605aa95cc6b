using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;

namespace LofteEvents.Postgres.Replaying;

/// <summary>
/// The documents of a whole history, folded another way than the projections do it: first what each promise says of itself, then
/// every fact that is in force at the end, in whatever order. The same events must give the same documents.
/// </summary>
internal sealed class FoldedLoften(long statusPosition, long overviewPosition)
{
    private readonly Dictionary<string, LofteStatus> _statuses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LofteOverview> _overviews = new(StringComparer.Ordinal);
    private readonly LofteInterests _interests = new();

    public IReadOnlyDictionary<string, LofteStatus> Statuses => _statuses;

    public IReadOnlyDictionary<string, LofteOverview> Overviews => _overviews;

    /// <summary>Takes an event of a stream <c>lofte/…</c>, which come before every fact.</summary>
    public void Add(StoredEvent stored)
    {
        var id = stored.Stream[(stored.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var happened = EventCatalogue.ToRecorded(stored);
        if (stored.Position <= statusPosition
            && LofteStatusProjection.Project(_statuses.GetValueOrDefault(id), happened) is { } status)
        {
            _statuses[id] = status;
        }

        if (stored.Position <= overviewPosition
            && LofteOverviewProjection.Project(_overviews.GetValueOrDefault(id), happened) is { } overview)
        {
            _overviews[id] = overview;
        }
    }

    /// <summary>Every promise has said what it says: from now on facts are counted.</summary>
    public void BeginCounting()
    {
        foreach (var (id, status) in _statuses.ToList())
        {
            _statuses[id] = LofteStatusProjection.Refold(status, []);
            _interests.Set(status);
        }
    }

    /// <summary>Counts a fact that is in force at the end.</summary>
    public void Count(CountedFact fact)
    {
        var change = new FactChange(null, fact);
        foreach (var id in _interests.Concerned(change))
        {
            _statuses[id] = LofteStatusProjection.Apply(_statuses[id], change);
        }
    }
}
