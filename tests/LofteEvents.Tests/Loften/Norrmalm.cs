using System.Text.Json;
using LofteEvents.Loften;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Loften;

/// <summary>The real promise of 2018, from the file that ships with the product.</summary>
internal static class Norrmalm
{
    public static string File { get; } = Path.Combine(House.Root, "deploy", "loften", "norrmalm-2018.json");

    public static Areas Areas { get; } = Areas.Of(
        [
            new Area("stockholm", "Stockholms stad"),
            new Area("stockholms-innerstad", "Stockholms innerstad", "stockholm"),
            new Area("norrmalm", "Norrmalm", "stockholms-innerstad"),
            new Area("sodermalm", "Södermalm", "stockholms-innerstad"),
            new Area("farsta", "Farsta", "stockholm"),
        ],
        out _)!;

    public static LofteDefinition Definition =>
        JsonSerializer.Deserialize(System.IO.File.ReadAllBytes(File), LofteJson.Default.LofteDefinition)!;

    public static Story Story => Story.Of(Definition, Areas);
}
