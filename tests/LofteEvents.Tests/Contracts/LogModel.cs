namespace LofteEvents.Tests.Contracts;

/// <summary>The event store as a list in memory: the simplest thing that keeps the contract for one caller at a time.</summary>
internal sealed class LogModel
{
    private readonly Dictionary<string, List<Guid>> streams = [];
    private readonly HashSet<Guid> keys = [];

    public long VersionOf(string stream) => IdsOf(stream).Count;

    public IReadOnlyList<Guid> IdsOf(string stream) => streams.GetValueOrDefault(stream, []);

    public AppendResult Append(AppendRequest request)
    {
        var taken = request.Streams.SelectMany(part => part.Events).Where(said => keys.Contains(said.Id)).ToList();
        if (taken.Count > 0)
        {
            return new AppendResult.KeysTaken([.. taken.Select(said => new TakenKey(said.Id, said.Fingerprint, "", 0, 0))]);
        }

        foreach (var part in request.Streams)
        {
            if (part.ExpectedVersion is { } expected && expected != VersionOf(part.Stream))
            {
                return new AppendResult.Conflict(part.Stream, expected, VersionOf(part.Stream));
            }
        }

        var appended = new List<AppendedEvent>();
        foreach (var part in request.Streams)
        {
            var stream = streams.TryGetValue(part.Stream, out var ids) ? ids : streams[part.Stream] = [];
            foreach (var said in part.Events)
            {
                stream.Add(said.Id);
                appended.Add(new AppendedEvent(said.Id, part.Stream, stream.Count, 0, default));
                if (!said.Fingerprint.IsEmpty)
                {
                    keys.Add(said.Id);
                }
            }
        }

        return new AppendResult.Appended(appended);
    }

    /// <summary>Positions and times are the store's own; all else must be the same.</summary>
    public static bool Agree(AppendResult model, AppendResult actual) =>
        (model, actual) switch
        {
            (AppendResult.Conflict one, AppendResult.Conflict other) => one == other,
            (AppendResult.KeysTaken one, AppendResult.KeysTaken other) =>
                one.Keys.Select(key => key.Id).ToHashSet().SetEquals(other.Keys.Select(key => key.Id)),
            (AppendResult.Appended one, AppendResult.Appended other) =>
                one.Events.Select(each => (each.Id, each.Stream, each.Version))
                    .SequenceEqual(other.Events.Select(each => (each.Id, each.Stream, each.Version))),
            _ => false,
        };
}
