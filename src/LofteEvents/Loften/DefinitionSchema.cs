using LofteEvents.Schemas;

namespace LofteEvents.Loften;

/// <summary>
/// The JSON Schema of the definition language, for whoever writes a promise; those of the events that give and amend one say the
/// same.
/// </summary>
public static class DefinitionSchema
{
    public const string Name = "lofte.definition.v1";

    private static readonly Lazy<JsonSchema> Compiled = new(() => EmbeddedSchemas.Load(Name));

    public static JsonSchema Schema => Compiled.Value;
}
