using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

/// <summary>Everything a forger or a bad disk may do to a value, one deed at a time.</summary>
internal static class Broken
{
    public static Digest Digest(Digest digest)
    {
        var bytes = digest.ToArray();
        bytes[^1] ^= 1;
        return new Digest(bytes);
    }

    /// <summary>A hash changed, left out, doubled, swapped with its neighbour, and one more before or behind.</summary>
    public static IEnumerable<IReadOnlyList<Digest>> Lists(IReadOnlyList<Digest> list)
    {
        yield return [.. list, MerkleTree.EmptyRoot];
        yield return [MerkleTree.EmptyRoot, .. list];
        for (var i = 0; i < list.Count; i++)
        {
            yield return [.. list.Take(i), Digest(list[i]), .. list.Skip(i + 1)];
            yield return [.. list.Take(i), .. list.Skip(i + 1)];
            yield return [.. list.Take(i + 1), .. list.Skip(i)];
            if (i > 0 && list[i - 1] != list[i])
                yield return [.. list.Take(i - 1), list[i], list[i - 1], .. list.Skip(i + 1)];
        }
    }

    /// <summary>Every bit flipped, every end cut off, and a byte more before or behind.</summary>
    public static IEnumerable<byte[]> Bytes(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var flipped = bytes.ToArray();
                flipped[i] ^= (byte)(1 << bit);
                yield return flipped;
            }

            yield return bytes[..i];
        }

        yield return [.. bytes, 0];
        yield return [0, .. bytes];
    }
}
