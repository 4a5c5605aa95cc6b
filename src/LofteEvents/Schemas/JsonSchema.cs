using System.Text.Json;

namespace LofteEvents.Schemas;

/// <summary>
/// A compiled JSON Schema of the 2020-12 dialect (https://json-schema.org/draft/2020-12), restricted to the keywords that our
/// schemas use: one that is not implemented is refused when the schema is loaded, never passed over. <c>format</c> asserts. A
/// valid document is passed without allocating; an invalid one gets every fault with its place.
/// </summary>
public sealed class JsonSchema
{
    private readonly SchemaNode _root;

    private JsonSchema(SchemaNode root, ReadOnlyMemory<byte> text)
    {
        _root = root;
        Text = text;
    }

    /// <summary>The schema as it was written, JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    /// <exception cref="JsonSchemaException">The text is no JSON, or says something that is not implemented here.</exception>
    public static JsonSchema Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return new JsonSchema(SchemaCompiler.Compile(document.RootElement.Clone()), utf8);
        }
        catch (JsonException e)
        {
            throw new JsonSchemaException("", $"The schema is no JSON: {e.Message}", e);
        }
    }

    public bool IsValid(JsonElement document) => _root.Holds(document, null);

    /// <summary>Every fault of a document, at most <see cref="SchemaReport.MaxFaults"/>; none when it is valid.</summary>
    public IReadOnlyList<Fault> Check(JsonElement document)
    {
        if (_root.Holds(document, null))
            return [];

        var report = new SchemaReport();
        _root.Holds(document, report);
        return report.Faults;
    }
}

/// <summary>A schema of ours is wrong: a bug of the program or of the deployment, never of a document.</summary>
/// <param name="pointer">JSON pointer into the schema.</param>
public sealed class JsonSchemaException(string pointer, string message, Exception? innerException = null)
    : Exception($"{message} (at '#{pointer}' of the schema)", innerException)
{
    public string Pointer { get; } = pointer;
}
