using System.Text.Json;

namespace LofteEvents.Loften;

/// <summary>Two definitions that say the same, compared as they are written.</summary>
internal static class SameDefinition
{
    public static bool Are(LofteDefinition one, LofteDefinition other) => Written(one).AsSpan().SequenceEqual(Written(other));

    private static byte[] Written(LofteDefinition definition) =>
        JsonSerializer.SerializeToUtf8Bytes(definition, LofteJson.Default.LofteDefinition);
}
