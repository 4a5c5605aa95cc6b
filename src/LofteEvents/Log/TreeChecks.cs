namespace LofteEvents.Log;

/// <summary>Size and root, now and at every size that somebody kept a checkpoint of.</summary>
internal sealed class TreeChecks
{
    private readonly Checkpoint _checkpoint;
    private readonly IReadOnlyList<Checkpoint> _pinned;
    private readonly Dictionary<ulong, Digest> _roots;
    private readonly CompactRange _tree = new();

    private readonly Action<Subtree, Digest>? _completed;

    public TreeChecks(Checkpoint checkpoint, IReadOnlyList<Checkpoint> pinned, Action<Subtree, Digest>? completed)
    {
        _completed = completed;
        _checkpoint = checkpoint;
        _pinned = pinned;
        _roots = pinned.Append(checkpoint).Select(kept => kept.Size).Distinct().ToDictionary(size => size, _ => default(Digest));
        NoteRoot();
    }

    public ulong Size => _tree.End;

    public void Append(ReadOnlySpan<byte> leaf)
    {
        _tree.Append(MerkleTree.HashLeaf(leaf), _completed);
        NoteRoot();
    }

    public Digest Root() => _tree.Root();

    public IEnumerable<LogCheck> Results()
    {
        var (size, root, pinned) =
            (new Tally(LogCheckNames.Size), new Tally(LogCheckNames.Root), new Tally(LogCheckNames.Pinned));
        size.Count(Size == _checkpoint.Size
            ? null
            : new LogFinding(
                Math.Min(Size, _checkpoint.Size), null, $"There are {Size} leaves; the checkpoint is over {_checkpoint.Size}."));
        root.Count(Size >= _checkpoint.Size && _roots[_checkpoint.Size] == _checkpoint.Root
            ? null
            : new LogFinding(null, null, $"The leaves do not have the checkpoint's root{Narrowed()}."));
        foreach (var kept in _pinned.OrderBy(kept => kept.Size))
            pinned.Count(Against(kept));
        return [size.Result, root.Result, pinned.Result];
    }

    private LogFinding? Against(Checkpoint kept)
    {
        var fault = kept switch
        {
            _ when kept.Origin != _checkpoint.Origin => $"is of the log '{kept.Origin}', not of '{_checkpoint.Origin}'",
            _ when kept.Size > _checkpoint.Size =>
                $"is newer than the log's own of {_checkpoint.Size} leaves: the log was rolled back",
            _ when kept.Size > Size => $"is over more leaves than the {Size} there are",
            _ when kept.Root != _roots[kept.Size] => "has another root: history before it was rewritten",
            _ => null,
        };
        return fault is null ? null : new LogFinding(null, null, $"The kept checkpoint of {kept.Size} leaves {fault}.");
    }

    /// <summary>A kept checkpoint that still holds says that the change lies behind it.</summary>
    private string Narrowed()
    {
        var good = _pinned
            .Where(kept => kept.Size > 0 && kept.Size <= Size && kept.Root == _roots[kept.Size])
            .Select(kept => kept.Size)
            .DefaultIfEmpty()
            .Max();
        return good == 0 ? "" : $"; they do have that of the kept checkpoint of {good} leaves, so the change is behind those";
    }

    private void NoteRoot()
    {
        if (_roots.ContainsKey(Size))
            _roots[Size] = _tree.Root();
    }
}
