namespace LofteEvents.Schemas;

/// <summary>The schemas that lie beside this file and travel inside the assembly, by stored name.</summary>
internal static class EmbeddedSchemas
{
    public static JsonSchema Load(string storedName)
    {
        using var stream = typeof(EmbeddedSchemas).Assembly.GetManifestResourceStream(storedName + ".json")
            ?? throw new InvalidOperationException($"The schema Schemas/{storedName}.json is not embedded in the assembly.");
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return JsonSchema.Parse(text);
    }
}
