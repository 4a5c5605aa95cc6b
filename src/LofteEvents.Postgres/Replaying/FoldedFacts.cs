using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;

namespace LofteEvents.Postgres.Replaying;

/// <summary>The facts of one stream, in every version that they ever had.</summary>
internal sealed class FoldedFacts(string stream, Areas areas)
{
    private readonly PageOfFacts _facts = new();

    public string Stream => stream;

    public IReadOnlyList<Established> Versions => _facts.Versions;

    public void Add(StoredEvent stored)
    {
        var happened = EventCatalogue.ToRecorded(stored);
        var current = Facts.Items(happened.Event)
            .Select(item => _facts.Find(new(stream, item)))
            .OfType<CountedFact>()
            .ToList();
        _facts.Apply(Facts.Changes(current, happened, areas), stored.Position);
    }
}
