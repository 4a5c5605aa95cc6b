// C2SP tlog-tiles, "Log entries" https://c2sp.org/tlog-tiles
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace LofteEvents.Log;

/// <summary>
/// The contents of an entry bundle: leaves one after the other, each with its length in two bytes, big-endian, before it.
/// </summary>
public static class EntryBundle
{
    private const int LengthBytes = 2;

    /// <exception cref="ArgumentException">A leaf is longer than 65 535 bytes.</exception>
    public static byte[] Encode(IReadOnlyList<ReadOnlyMemory<byte>> leaves)
    {
        var bytes = new byte[leaves.Sum(leaf => LengthBytes + leaf.Length)];
        var rest = bytes.AsSpan();
        foreach (var leaf in leaves)
        {
            if (leaf.Length > Leaf.LargestBytes)
                throw new ArgumentException($"A leaf of {leaf.Length} bytes does not fit a bundle.", nameof(leaves));
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)leaf.Length);
            leaf.Span.CopyTo(rest[LengthBytes..]);
            rest = rest[(LengthBytes + leaf.Length)..];
        }

        return bytes;
    }

    /// <summary>
    /// False unless the bytes are exactly <paramref name="width"/> leaves; the leaves are parts of <paramref name="bytes"/>.
    /// </summary>
    public static bool TryDecode(
        ReadOnlyMemory<byte> bytes, int width, [NotNullWhen(true)] out IReadOnlyList<ReadOnlyMemory<byte>>? leaves)
    {
        leaves = null;
        var read = new List<ReadOnlyMemory<byte>>();
        while (bytes.Length >= LengthBytes && read.Count < width)
        {
            var end = LengthBytes + BinaryPrimitives.ReadUInt16BigEndian(bytes.Span);
            if (end > bytes.Length)
                return false;
            read.Add(bytes[LengthBytes..end]);
            bytes = bytes[end..];
        }

        if (!bytes.IsEmpty || read.Count != width)
            return false;
        leaves = read;
        return true;
    }
}
