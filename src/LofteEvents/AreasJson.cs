using System.Text.Json;
using System.Text.Json.Serialization;

namespace LofteEvents;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AreasFile))]
internal sealed partial class AreasJson : JsonSerializerContext
{
    public static IReadOnlyList<Area>? Read(ReadOnlySpan<byte> utf8, out IReadOnlyList<Refusal> refusals)
    {
        try
        {
            var areas = JsonSerializer.Deserialize(utf8, Default.AreasFile)?.Areas;
            if (areas is not null && areas.All(area => area is not null))
            {
                refusals = [];
                return areas;
            }

            refusals = [new Refusal("areas.unreadable", "The areas cannot be read: null stands where an object belongs.")];
            return null;
        }
        catch (JsonException e)
        {
            refusals = [new Refusal("areas.unreadable", $"The areas cannot be read: {e.Message}")];
            return null;
        }
    }
}

internal sealed record AreasFile(IReadOnlyList<Area> Areas);
