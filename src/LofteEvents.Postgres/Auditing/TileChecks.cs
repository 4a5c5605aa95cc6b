using LofteEvents.Log;

namespace LofteEvents.Postgres.Auditing;

/// <summary>Holds every tile against the hashes that the leaves give.</summary>
internal sealed class TileChecks(IAuditedLog log)
{
    private const int LevelBits = 8;

    private readonly Dictionary<int, (ulong Index, List<Digest> Hashes)> _open = [];
    private readonly Queue<(TilePath Path, byte[] Hashes)> _full = [];
    private ulong _counted;
    private ulong _failures;
    private LogFinding? _first;

    public bool HasFull => _full.Count > 0;

    public LogCheck Result => new(AuditCheckNames.Tile, _counted, _failures, _first);

    /// <summary>For <see cref="CompactRange"/>.</summary>
    public void Completed(Subtree node, Digest hash)
    {
        var (level, rest) = Math.DivRem(node.Level, LevelBits);
        if (rest != 0)
        {
            return;
        }

        if (!_open.TryGetValue(level, out var tile))
        {
            _open[level] = tile = (node.Index >> LevelBits, new List<Digest>(TilePath.FullWidth));
        }

        tile.Hashes.Add(hash);
        if (tile.Hashes.Count == TilePath.FullWidth)
        {
            _full.Enqueue((TilePath.Hashes(level, tile.Index), HashTile.Encode(tile.Hashes)));
            _open.Remove(level);
        }
    }

    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        while (_full.TryDequeue(out var tile))
        {
            _counted++;
            var found = await log.TileAsync(tile.Path, cancellationToken);
            if (found is null || !found.AsSpan().SequenceEqual(tile.Hashes))
            {
                _failures++;
                var fault = found is null ? "is not there" : "does not hold the hashes that the leaves give";
                _first ??= new LogFinding(null, null, $"{tile.Path} {fault}.");
            }
        }
    }

    /// <summary>The tree does not grow any more: what is begun is partial.</summary>
    public Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (var (level, (index, hashes)) in _open.OrderBy(open => open.Key))
        {
            _full.Enqueue((TilePath.Hashes(level, index, hashes.Count), HashTile.Encode(hashes)));
        }

        return CompareAsync(cancellationToken);
    }
}
