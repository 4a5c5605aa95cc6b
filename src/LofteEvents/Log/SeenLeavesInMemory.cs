namespace LofteEvents.Log;

/// <summary>One entry per stream and per event id.</summary>
public sealed class SeenLeavesInMemory : ISeenLeaves
{
    private readonly Tally _stream = new(LogCheckNames.LeafStream);
    private readonly Tally _id = new(LogCheckNames.LeafId);
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> _ids = [];

    public void See(Leaf leaf)
    {
        _id.Count(_ids.Add(leaf.EventId) ? null : Twice(leaf.Index, leaf.Position, leaf.EventId));
        var expected = leaf.IsTombstone ? leaf.Position : _versions.GetValueOrDefault(leaf.Stream) + 1;
        _versions[leaf.Stream] = leaf.Version;
        _stream.Count(leaf.Version == expected ? null : NotNext(leaf, expected));
    }

    public IEnumerable<LogCheck> Results() => [_stream.Result, _id.Result];

    /// <summary>What is wrong where an id stands again.</summary>
    public static LogFinding Twice(ulong index, long position, Guid id) =>
        new(index, position, $"The event's id {id} stands in an earlier leaf.");

    private static LogFinding NotNext(Leaf leaf, long expected) => new(
        leaf.Index, leaf.Position, $"Version {leaf.Version} of '{leaf.Stream}' stands where {expected} belongs.");
}
