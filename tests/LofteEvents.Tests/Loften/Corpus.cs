using System.Text.Json;
using LofteEvents.Loften;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Loften;

/// <summary>Real promises from all over Sweden, each said in the definition language; every one breaks a naive design.</summary>
internal static class Corpus
{
    /// <summary>Published with a first day that is no date, so it cannot be given.</summary>
    public const string Undated = "karlstad-2023";

    private static readonly string Folder = Path.Combine(House.Root, "tests", "LofteEvents.Tests", "Loften", "Corpus");

    public static IReadOnlyList<string> Ids { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Order(StringComparer.Ordinal),
    ];

    public static Areas Areas { get; } = Areas.Of(
        [
            .. Ids.Select(Parsed).Select(definition => definition.GetProperty("area").GetString()!).Distinct()
                .Where(area => area != "norrmalm")
                .Select(area => new Area(area, area)),
            new Area("stockholms-innerstad", "Stockholms innerstad"),
            new Area("norrmalm", "Norrmalm", "stockholms-innerstad"),
        ],
        out _)!;

    public static JsonElement Parsed(string id) => JsonDocument.Parse(Bytes(id)).RootElement;

    public static LofteDefinition Definition(string id) =>
        JsonSerializer.Deserialize(Bytes(id), LofteJson.Default.LofteDefinition)!;

    private static byte[] Bytes(string id) => File.ReadAllBytes(Path.Combine(Folder, id + ".json"));
}
