// C2SP tlog-tiles https://c2sp.org/tlog-tiles
using System.Globalization;

namespace LofteEvents.Log;

/// <summary>
/// The address of 256 consecutive hashes of one height of the tree, or of 256 consecutive leaves, below a log's URL: such as
/// <c>tile/0/x001/x234/067</c>, <c>tile/2/000.p/17</c> or <c>tile/entries/000.p/5</c>.
/// </summary>
public readonly record struct TilePath
{
    /// <summary>Hashes in a full tile, leaves in a full bundle.</summary>
    public const int FullWidth = 256;

    private const int HeightBits = 8;
    private const int HighestLevel = 63;
    private const int GroupSize = 1000;

    private TilePath(bool holdsEntries, int level, ulong index, int width)
    {
        HoldsEntries = holdsEntries;
        Level = level;
        Index = index;
        Width = width;
    }

    /// <summary>True for an entry bundle: the leaves below the tile of the same index at level 0.</summary>
    public bool HoldsEntries { get; }

    /// <summary>A hash in a tile of level l is that of a perfect subtree of 256^l leaves.</summary>
    public int Level { get; }

    /// <summary>From 0, counted within the level.</summary>
    public ulong Index { get; }

    /// <summary>1 to 256; below 256 the tile is partial.</summary>
    public int Width { get; }

    public bool IsFull => Width == FullWidth;

    /// <exception cref="ArgumentOutOfRangeException">A level outside 0 to 63, or a width outside 1 to 256.</exception>
    public static TilePath Hashes(int level, ulong index, int width = FullWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, HighestLevel);
        return new TilePath(holdsEntries: false, level, index, Checked(width));
    }

    /// <exception cref="ArgumentOutOfRangeException">A width outside 1 to 256.</exception>
    public static TilePath Entries(ulong index, int width = FullWidth) => new(holdsEntries: true, 0, index, Checked(width));

    /// <summary>How wide a tile is in a tree of <paramref name="size"/> leaves: 0 where that tree has no such tile.</summary>
    public static int WidthIn(ulong size, int level, ulong index)
    {
        var hashes = HashesIn(size, level);
        var first = index << HeightBits;
        return first >> HeightBits != index || first >= hashes ? 0 : (int)Math.Min(FullWidth, hashes - first);
    }

    /// <summary>Whether a tree of <paramref name="size"/> leaves has at least what this address asks for.</summary>
    public bool IsIn(ulong size) => WidthIn(size, Level, Index) >= Width;

    /// <summary>
    /// The bundles and tiles that a tree has at <paramref name="size"/> and did not have, or had narrower, at
    /// <paramref name="before"/>: what is written when the log grows, each level from left to right.
    /// </summary>
    public static IEnumerable<TilePath> Added(ulong before, ulong size)
    {
        foreach (var (index, width) in AddedAt(0, before, size))
            yield return Entries(index, width);
        for (var level = 0; HashesIn(size, level) > 0; level++)
        {
            foreach (var (index, width) in AddedAt(level, before, size))
                yield return Hashes(level, index, width);
        }
    }

    /// <summary>
    /// The tile from which a perfect subtree's hash is had (<see cref="HashTile.Node"/>), as wide as it is in that tree.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree of <paramref name="size"/> leaves does not have the
    /// subtree.</exception>
    public static TilePath Holding(Subtree node, ulong size)
    {
        var level = node.Level / HeightBits;
        var index = node.Index >> (HeightBits - (node.Level % HeightBits));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(node.Index, size >> node.Level, nameof(node));
        return Hashes(level, index, WidthIn(size, level, index));
    }

    public override string ToString()
    {
        var groups = (Index % GroupSize).ToString("000", CultureInfo.InvariantCulture);
        for (var rest = Index / GroupSize; rest > 0; rest /= GroupSize)
            groups = string.Create(CultureInfo.InvariantCulture, $"x{rest % GroupSize:000}/{groups}");
        var level = HoldsEntries ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
        var partial = IsFull ? "" : string.Create(CultureInfo.InvariantCulture, $".p/{Width}");
        return $"tile/{level}/{groups}{partial}";
    }

    /// <summary>Reads what <see cref="ToString"/> writes, and nothing else.</summary>
    public static bool TryParse(string path, out TilePath tile)
    {
        tile = default;
        var width = (ulong)FullWidth;
        var partial = path.IndexOf(".p/", StringComparison.Ordinal);
        if (partial >= 0 && (!StrictDecimal.TryParse(path.AsSpan(partial + 3), out width) || width is 0 or >= FullWidth))
            return false;
        var steps = (partial < 0 ? path : path[..partial]).Split('/');
        if (steps.Length < 3 || steps[0] != "tile")
            return false;
        var holdsEntries = steps[1] == "entries";
        var level = 0UL;
        if (!holdsEntries && (!StrictDecimal.TryParse(steps[1], out level) || level > HighestLevel))
            return false;
        if (!TryReadIndex(steps.AsSpan(2), out var index))
            return false;
        tile = new TilePath(holdsEntries, (int)level, index, (int)width);
        return tile.ToString() == path;
    }

    private static bool TryReadIndex(ReadOnlySpan<string> groups, out ulong index)
    {
        index = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            var digits = groups[i].AsSpan();
            if (i < groups.Length - 1)
            {
                if (!digits.StartsWith('x'))
                    return false;
                digits = digits[1..];
            }

            if (digits.Length != 3 || digits.ContainsAnyExceptInRange('0', '9'))
                return false;
            var group = ulong.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
            if (index > (ulong.MaxValue - group) / GroupSize)
                return false;
            index = (index * GroupSize) + group;
        }

        return true;
    }

    private static IEnumerable<(ulong Index, int Width)> AddedAt(int level, ulong before, ulong size)
    {
        if (HashesIn(size, level) == HashesIn(before, level))
            yield break;
        for (var index = HashesIn(before, level) >> HeightBits; WidthIn(size, level, index) is > 0 and var width; index++)
            yield return (index, width);
    }

    private static ulong HashesIn(ulong size, int level) => level * HeightBits < 64 ? size >> (level * HeightBits) : 0;

    private static int Checked(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        return width;
    }
}
