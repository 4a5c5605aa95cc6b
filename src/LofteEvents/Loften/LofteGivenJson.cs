using System.Text.Json;
using System.Text.Json.Serialization;

namespace LofteEvents.Loften;

/// <summary>
/// Lets the payload of <c>lofte.given.v1</c> be the definition itself, so that a definition's file can be published as it lies.
/// </summary>
internal sealed class LofteGivenJson : JsonConverter<LofteGiven>
{
    private static readonly DefinitionJson Definition = new();

    public override LofteGiven Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(Definition.Read(ref reader, typeof(LofteDefinition), options));

    public override void Write(Utf8JsonWriter writer, LofteGiven value, JsonSerializerOptions options) =>
        Definition.Write(writer, value.Definition, options);
}

/// <summary>A definition inside an event is written and read by the rules of <see cref="LofteJson"/>.</summary>
internal sealed class DefinitionJson : JsonConverter<LofteDefinition>
{
    public override LofteDefinition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, LofteJson.Default.LofteDefinition)
        ?? throw new JsonException("The definition is null where an object belongs.");

    public override void Write(Utf8JsonWriter writer, LofteDefinition value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, LofteJson.Default.LofteDefinition);
}
