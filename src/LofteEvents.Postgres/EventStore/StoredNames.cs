using System.Collections.Concurrent;
using System.Text;

namespace LofteEvents.Postgres.EventStore;

/// <summary>Event types are few and come a million times: one string each.</summary>
internal static class StoredNames
{
    // Far above the number of types there are; a log full of foreign names must not fill the memory.
    private const int MaximumNames = 4096;

    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);

    public static string Of(ReadOnlySpan<byte> utf8)
    {
        Span<char> characters = stackalloc char[Math.Min(utf8.Length, 128)];
        if (Encoding.UTF8.TryGetChars(utf8, characters, out var length)
            && Names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(characters[..length], out var known))
        {
            return known;
        }

        var name = Encoding.UTF8.GetString(utf8);
        return Names.Count < MaximumNames ? Names.GetOrAdd(name, name) : name;
    }
}
