using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LofteEvents.Postgres.Sealing;

/// <summary>
/// A log's name: its authority, and which incarnation of it. The incarnation rises when a restore lost sealed events and the log
/// was openly continued, so that two different histories never carry one name.
/// </summary>
/// <param name="Authority">Such as <c>polisen.example/norrmalm</c>.</param>
/// <param name="Incarnation">From 1.</param>
public sealed record LogOrigin(string Authority, int Incarnation)
{
    /// <summary>For a deployment that says nothing else; no real log should have it.</summary>
    public const string DefaultAuthority = "localhost/lofte";

    private const int LongestAuthority = 128;

    public LogOrigin Next => this with { Incarnation = Incarnation + 1 };

    /// <summary>Letters, digits and <c>.-_~:/</c>, as in an address without its scheme; it becomes the name of a key.</summary>
    public static bool IsAuthority(string text) =>
        text.Length is > 0 and <= LongestAuthority
        && text.All(character => char.IsAsciiLetterOrDigit(character) || ".-_~:/".Contains(character, StringComparison.Ordinal))
        && !text.StartsWith('/') && !text.EndsWith('/');

    public static bool TryParse(string text, [NotNullWhen(true)] out LogOrigin? origin)
    {
        origin = null;
        var slash = text.LastIndexOf('/');
        if (slash > 0 && IsAuthority(text[..slash])
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var incarnation)
            && incarnation > 0)
        {
            origin = new LogOrigin(text[..slash], incarnation);
        }

        return origin is not null && origin.ToString() == text;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Authority}/{Incarnation}");
}
