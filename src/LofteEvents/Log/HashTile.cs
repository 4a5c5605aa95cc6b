// C2SP tlog-tiles, "Merkle Tree" https://c2sp.org/tlog-tiles
using System.Diagnostics.CodeAnalysis;

namespace LofteEvents.Log;

/// <summary>The contents of a tile: the hashes one after the other, nothing else.</summary>
public static class HashTile
{
    private const int Height = 8;

    public static byte[] Encode(IReadOnlyList<Digest> hashes)
    {
        var bytes = new byte[hashes.Count * Digest.Size];
        for (var i = 0; i < hashes.Count; i++)
            hashes[i].CopyTo(bytes.AsSpan(i * Digest.Size));
        return bytes;
    }

    /// <summary>False unless there are exactly <paramref name="width"/> hashes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, int width, [NotNullWhen(true)] out IReadOnlyList<Digest>? hashes)
    {
        hashes = null;
        if (width is < 1 or > TilePath.FullWidth || bytes.Length != width * Digest.Size)
            return false;
        var read = new Digest[width];
        for (var i = 0; i < width; i++)
            read[i] = new Digest(bytes.Slice(i * Digest.Size, Digest.Size));
        hashes = read;
        return true;
    }

    /// <summary>The hash of a perfect subtree, out of the tile that <see cref="TilePath.Holding"/> names.</summary>
    /// <param name="hashes">The tile's hashes.</param>
    /// <exception cref="ArgumentException">The tile is too narrow to have it.</exception>
    public static Digest Node(IReadOnlyList<Digest> hashes, Subtree node)
    {
        var height = node.Level % Height;
        var first = (int)((node.Index << height) % TilePath.FullWidth);
        if (first + (1 << height) > hashes.Count)
            throw new ArgumentException($"A tile of {hashes.Count} hashes does not have the subtree {node}.", nameof(hashes));
        return MerkleTree.Root(hashes.Skip(first).Take(1 << height));
    }
}
