using System.Numerics;

namespace LofteEvents.Log;

/// <summary>
/// A perfect subtree's place: at level l, number n covers the leaves [n·2^l, (n+1)·2^l). Its hash never changes once those
/// leaves are there, which is why tiles can hold it.
/// </summary>
/// <param name="Level">0 for a leaf, at most 63.</param>
/// <param name="Index">From 0, counted within the level.</param>
public readonly record struct Subtree(int Level, ulong Index)
{
    /// <summary>First leaf below it.</summary>
    public ulong Begin => Index << Level;

    /// <summary>First leaf behind it.</summary>
    public ulong End => (Index + 1) << Level;

    /// <summary>
    /// The fewest perfect subtrees that together cover the leaves [begin, end), from left to right: at most 2·63, none for an
    /// empty range.
    /// </summary>
    public static IReadOnlyList<Subtree> Cover(ulong begin, ulong end)
    {
        var cover = new List<Subtree>();
        while (begin < end)
        {
            var fits = BitOperations.Log2(end - begin);
            var level = Math.Min(fits, BitOperations.TrailingZeroCount(begin));
            cover.Add(new Subtree(level, begin >> level));
            begin += 1UL << level;
        }

        return cover;
    }
}
