using System.Text.Json;
using System.Text.Json.Nodes;
using LofteEvents.Loften;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Loften;

/// <summary>
/// Real promises from all over Sweden, each said in the definition language and shipped with the product; every one
/// breaks a naive design.
/// </summary>
internal static class Corpus
{
    /// <summary>Published with a first day that is no date, so what ships is what a coordinator would sign instead.</summary>
    public const string Undated = "karlstad-2023";

    public static string Folder { get; } = Path.Combine(House.Root, "deploy", "loften");

    public static IReadOnlyList<string> Ids { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Order(StringComparer.Ordinal),
    ];

    public static JsonElement Parsed(string id) => JsonDocument.Parse(Bytes(id)).RootElement;

    public static LofteDefinition Definition(string id) =>
        JsonSerializer.Deserialize(Bytes(id), LofteJson.Default.LofteDefinition)!;

    /// <summary>The folder with three histories of each promise: kept, half kept and missed.</summary>
    public static string Examples { get; } = Path.Combine(Folder, "examples");

    public static string ExampleOf(string id, Share share) => Path.Combine(Examples, $"{id}.{NameOf(share)}.ndjson");

    public static string NameOf(Share share) => KebabName.Of(share);

    /// <summary>Karlstad's promise with the first day that was published.</summary>
    public static JsonElement AsPublished()
    {
        var karlstad = JsonNode.Parse(Bytes(Undated))!;
        karlstad["term"]!["from"] = "2023-06-31";
        return JsonSerializer.SerializeToElement(karlstad);
    }

    private static byte[] Bytes(string id) => File.ReadAllBytes(Path.Combine(Folder, id + ".json"));
}
