using LofteEvents.Log;

namespace LofteEvents.Server.Intake;

/// <summary>One stream while a request is decided: what is stored, and behind it what the request adds.</summary>
internal sealed class StreamSoFar
{
    private readonly List<Recorded<DomainEvent>> history;
    private readonly List<int> added = [];

    public StreamSoFar(string name, IReadOnlyList<StoredEvent> stored)
    {
        Name = name;
        StoredVersion = stored.Count == 0 ? 0 : stored[^1].Version;
        history = new List<Recorded<DomainEvent>>(stored.Count + 1);
        foreach (var row in stored)
        {
            history.Add(EventCatalogue.ToRecorded(row));
        }
    }

    public string Name { get; }

    public IReadOnlyList<Recorded<DomainEvent>> History => history;

    public long StoredVersion { get; }

    public long Version => StoredVersion + added.Count;

    /// <param name="place">Where it stands among all events that the request adds, from 0.</param>
    public void Add(Guid id, DomainEvent said, DateTimeOffset happened, DateTimeOffset recorded, int place)
    {
        added.Add(place);
        history.Add(new Recorded<DomainEvent>(0, id, Name, Version, said, happened, recorded));
    }

    /// <summary>
    /// Where the fact already stands that a decision found recorded: the same words, or else the last of its kind.
    /// </summary>
    public Numbers WhereRecorded(DomainEvent said)
    {
        var type = EventCatalogue.Of(said);
        var canonical = CanonicalJson.From(type.Encode(said));
        var found = history.FindIndex(earlier =>
            IsOfKind(earlier) && CanonicalJson.From(type.Encode(earlier.Event)).AsSpan().SequenceEqual(canonical));
        if (found < 0)
        {
            found = history.FindLastIndex(IsOfKind);
        }

        var at = found < 0 ? history.Count - 1 : found;
        var stored = history.Count - added.Count;
        return at < stored ? Numbers.Stored(history[at].Version, history[at].Position) : Numbers.Added(added[at - stored]);

        bool IsOfKind(Recorded<DomainEvent> earlier) => earlier.Event.GetType() == said.GetType();
    }
}

/// <summary>
/// The version and position of an event that is stored, or the place among the added ones whose numbers the store will say.
/// </summary>
internal readonly record struct Numbers(long Version, long Position, int? Place)
{
    public static Numbers Stored(long version, long position) => new(version, position, null);

    public static Numbers Added(int place) => new(0, 0, place);
}
