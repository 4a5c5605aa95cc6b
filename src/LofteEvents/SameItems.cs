namespace LofteEvents;

/// <summary>Lists of facts compared by what is in them; no list and an empty one say the same.</summary>
internal static class SameItems
{
    public static bool InAnyOrder<T>(IReadOnlyList<T>? one, IReadOnlyList<T>? other) =>
        (one ?? []).ToHashSet().SetEquals(other ?? []);

    public static bool InOrder<T>(IReadOnlyList<T>? one, IReadOnlyList<T>? other) => (one ?? []).SequenceEqual(other ?? []);
}
