using LofteEvents.Notices;

namespace LofteEvents.Postgres.Notices;

/// <summary>The states that the policy needs, of streams that something happened in lately; others are folded when they are
/// needed.</summary>
internal sealed class NoticeStates(IEventStore store)
{
    private const int Kept = 4_096;

    private readonly Dictionary<string, (long Version, NoticeState State)> _states = new(StringComparer.Ordinal);

    /// <summary>Makes ready for these events, which come next and in this order.</summary>
    public async Task LoadAsync(IReadOnlyList<StoredEvent> events, CancellationToken cancellationToken)
    {
        if (_states.Count > Kept)
        {
            _states.Clear();
        }

        var first = events.DistinctBy(stored => stored.Stream).Where(stored => !IsKnown(stored)).ToDictionary(
            stored => stored.Stream, stored => stored.Version, StringComparer.Ordinal);
        foreach (var (stream, _) in first.Where(each => each.Value == 1))
        {
            _states[stream] = (0, NoticePolicy.Initial(stream));
        }

        var unknown = first.Where(each => each.Value > 1).Select(each => each.Key).ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        var input = await store.LoadAsync([], unknown, cancellationToken);
        foreach (var stream in unknown)
        {
            var before = input.Streams[stream].Where(stored => stored.Version < first[stream]);
            _states[stream] = (
                first[stream] - 1,
                before.Select(EventCatalogue.ToRecorded).Aggregate(NoticePolicy.Initial(stream), NoticePolicy.Evolve));
        }
    }

    /// <summary>The state of the event's stream before it.</summary>
    public NoticeState Before(Recorded<DomainEvent> happened) => _states[happened.Stream].State;

    public void After(NoticeState before, Recorded<DomainEvent> happened) =>
        _states[happened.Stream] = (happened.Version, NoticePolicy.Evolve(before, happened));

    private bool IsKnown(StoredEvent stored) =>
        _states.TryGetValue(stored.Stream, out var known) && known.Version == stored.Version - 1;
}
