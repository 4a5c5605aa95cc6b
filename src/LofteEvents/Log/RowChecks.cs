namespace LofteEvents.Log;

/// <summary>Whether the rows are those that the leaves are about.</summary>
/// <param name="destroyedKey">The key whose destruction an event records.</param>
internal sealed class RowChecks(Func<StoredEvent, Guid?> destroyedKey)
{
    private readonly Tally _order = new(LogCheckNames.EventOrder);
    private readonly Tally _present = new(LogCheckNames.EventPresent);
    private readonly Tally _logged = new(LogCheckNames.EventLogged);
    private readonly Tally _columns = new(LogCheckNames.EventColumns);
    private readonly Tally _headers = new(LogCheckNames.EventHeaders);
    private readonly Tally _payload = new(LogCheckNames.EventPayload);
    private readonly Tally _content = new(LogCheckNames.PartContent);
    private readonly Tally _gone = new(LogCheckNames.PartGone);
    private readonly Dictionary<Guid, (LogFinding First, ulong Count)> _absent = [];
    private readonly HashSet<Guid> _destroyed = [];
    private long _last;

    /// <summary>A row out of order is counted as such, and not looked at further.</summary>
    public bool IsInOrder(StoredRow row)
    {
        var position = row.Event.Position;
        var rises = position > _last;
        _order.Count(rises ? null : new LogFinding(null, position, $"The row comes behind the one at position {_last}."));
        _last = Math.Max(_last, position);
        return rises;
    }

    public void WithoutLeaf(StoredRow row) => _logged.Count(new LogFinding(
        null, row.Event.Position,
        $"The row at position {row.Event.Position} has no leaf: it was not there when its neighbours were sealed."));

    public void WithoutRow(Leaf leaf) => _present.Count(new LogFinding(
        leaf.Index, leaf.Position, $"The row at position {leaf.Position}, version {leaf.Version} of '{leaf.Stream}', is gone."));

    public void Compare(Leaf leaf, StoredRow row)
    {
        _present.Count(null);
        _logged.Count(null);
        var stored = row.Event;
        LogFinding At(string sentence) => new(leaf.Index, leaf.Position, sentence);

        var changed = string.Join(", ", ChangedColumns(leaf, stored));
        _columns.Count(changed.Length == 0 ? null : At($"The row's {changed} changed since it was logged."));
        var headers = ChangedJson(stored.Headers, leaf.Headers, mayBeAbsent: true);
        _headers.Count(headers is null ? null : At($"The content of the row's headers {headers}."));
        var payload = ChangedJson(stored.Data, leaf.Payload, mayBeAbsent: false);
        _payload.Count(payload is null ? null : At($"The content of the row's payload {payload}."));
        CompareParts(leaf, row.Parts, At);
        if (changed.Length == 0 && payload is null && destroyedKey(stored) is { } key)
            _destroyed.Add(key);
    }

    public IEnumerable<LogCheck> Results()
    {
        foreach (var (key, (first, count)) in _absent.OrderBy(absent => absent.Value.First.LeafIndex))
        {
            for (var i = 0UL; i < count; i++)
                _gone.Count(_destroyed.Contains(key) ? null : first);
        }

        return
        [
            _order.Result, _present.Result, _logged.Result, _columns.Result, _headers.Result, _payload.Result, _content.Result,
            _gone.Result,
        ];
    }

    private static IEnumerable<string> ChangedColumns(Leaf leaf, StoredEvent stored)
    {
        if (leaf.EventId != stored.Id)
            yield return "id";
        if (leaf.Stream != stored.Stream)
            yield return "stream";
        if (leaf.Version != stored.Version)
            yield return "version";
        if (leaf.Type != stored.Type)
            yield return "type";
        if (!Leaf.TryMicroseconds(stored.RecordedAt, out var recordedAt) || leaf.RecordedAt != recordedAt)
            yield return "recorded time";
        if (leaf.CorrelationId != stored.CorrelationId)
            yield return "correlation";
        if (leaf.CausationId != stored.CausationId)
            yield return "causation";
    }

    private static string? ChangedJson(ReadOnlyMemory<byte> json, Digest logged, bool mayBeAbsent)
    {
        var canonical = Array.Empty<byte>();
        if ((!json.IsEmpty || !mayBeAbsent) && !CanonicalJson.TryOf(json, out canonical, out var fault))
            return $"cannot be hashed ({fault})";
        return Digest.Of(canonical) == logged ? null : "is not what was logged";
    }

    private void CompareParts(Leaf leaf, IReadOnlyList<SealedPartDigest> parts, Func<string, LogFinding> at)
    {
        foreach (var logged in leaf.Parts)
        {
            if (parts.FirstOrDefault(part => part.Path == logged.Path) is { } part)
            {
                _content.Count(part == logged ? null : at($"The sealed part {logged.Path} is not the one that was logged."));
                continue;
            }

            var gone = at($"The sealed part {logged.Path} is gone, and no event says that its key {logged.KeyId} was destroyed.");
            _absent[logged.KeyId] =
                _absent.TryGetValue(logged.KeyId, out var before) ? (before.First, before.Count + 1) : (gone, 1);
        }

        foreach (var part in parts.Where(part => !leaf.Parts.Any(logged => logged.Path == part.Path)))
            _content.Count(at($"The sealed part {part.Path} was not there when the event was logged."));
    }
}
