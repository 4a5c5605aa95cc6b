using System.Text.Json;
using LofteEvents.Log;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Log;

/// <summary>The small log that <c>src/LofteEvents/Log/README.md</c> writes down, read from there.</summary>
internal static class WrittenDownLog
{
    private static readonly string[] Lines =
        File.ReadAllLines(Path.Combine(House.Root, "src", "LofteEvents", "Log", "README.md"));

    public static IReadOnlyList<(StoredEvent Stored, IReadOnlyList<SealedPartDigest> Parts)> Events { get; } =
        [.. Block("events").Select(Event)];

    /// <summary>The lines of the first fenced block below a heading.</summary>
    public static IReadOnlyList<string> Block(string heading)
    {
        var below = Lines.SkipWhile(line => line != $"#### {heading}").ToList();
        below.ShouldNotBeEmpty($"the page has no block '{heading}'");
        return [.. below.SkipWhile(line => line != "```").Skip(1).TakeWhile(line => line != "```")];
    }

    public static byte[] Bytes(string heading) => Convert.FromHexString(string.Concat(Block(heading)));

    public static IReadOnlyList<Digest> Digests(string heading) =>
        [.. Block(heading).Select(line => new Digest(Convert.FromHexString(line)))];

    private static (StoredEvent Stored, IReadOnlyList<SealedPartDigest> Parts) Event(string line)
    {
        using var json = JsonDocument.Parse(line);
        var row = json.RootElement;
        string? Optional(string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;
        byte[] Json(string name) =>
            row.TryGetProperty(name, out var value) ? System.Text.Encoding.UTF8.GetBytes(value.GetRawText()) : [];
        var stored = new StoredEvent(
            row.GetProperty("position").GetInt64(),
            row.GetProperty("id").GetGuid(),
            row.GetProperty("stream").GetString()!,
            row.GetProperty("version").GetInt64(),
            row.GetProperty("type").GetString()!,
            Json("data"),
            row.GetProperty("recordedAt").GetDateTimeOffset(),
            Optional("correlationId"),
            Optional("causationId"),
            Json("headers"));
        IReadOnlyList<SealedPartDigest> parts = row.TryGetProperty("parts", out var sealedParts)
            ? [.. sealedParts.EnumerateArray().Select(Part)]
            : [];
        return (stored, parts);
    }

    private static SealedPartDigest Part(JsonElement part)
    {
        byte[] Hex(string name) => Convert.FromHexString(part.GetProperty(name).GetString()!);
        return SealedPartDigest.Of(
            part.GetProperty("path").GetString()!, part.GetProperty("keyId").GetGuid(),
            Hex("nonce"), Hex("ciphertext"), Hex("tag"));
    }
}
