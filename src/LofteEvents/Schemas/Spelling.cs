namespace LofteEvents.Schemas;

/// <summary>How far two words are apart.</summary>
internal static class Spelling
{
    private const int LongestWord = 64;

    /// <summary>
    /// Letters to add, take away or change (Levenshtein), case aside; words that are too long are infinitely far apart.
    /// </summary>
    public static int Steps(string one, string other)
    {
        if (one.Length > LongestWord || other.Length > LongestWord)
            return int.MaxValue;

        Span<int> above = stackalloc int[LongestWord + 1];
        for (var j = 0; j <= other.Length; j++)
            above[j] = j;

        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = above[0];
            above[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var same = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]);
                var steps = Math.Min(Math.Min(above[j], above[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = above[j];
                above[j] = steps;
            }
        }

        return above[other.Length];
    }
}
