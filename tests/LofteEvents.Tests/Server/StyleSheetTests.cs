using System.Globalization;
using System.Text.RegularExpressions;
using LofteEvents.Tests.Tidy;

namespace LofteEvents.Tests.Server;

/// <summary>The colours that text stands in, against WCAG 2.2, success criteria 1.4.3 and 1.4.11.</summary>
public sealed partial class The_style_sheet
{
    private static readonly string s_css =
        File.ReadAllText(Path.Combine(House.Root, "src", "LofteEvents.Server", "wwwroot", "lofte.css"));

    [Theory]
    [InlineData("ink", "paper")]
    [InlineData("ink", "ground")]
    [InlineData("ink-soft", "paper")]
    [InlineData("ink-soft", "ground")]
    [InlineData("brand", "paper")]
    [InlineData("brand", "ground")]
    [InlineData("paper", "brand")]
    [InlineData("link", "paper")]
    [InlineData("link", "ground")]
    [InlineData("good", "good-soft")]
    [InlineData("way", "way-soft")]
    [InlineData("warn", "warn-soft")]
    [InlineData("bad", "bad-soft")]
    [InlineData("still", "still-soft")]
    [InlineData("held", "held-soft")]
    [InlineData("ink", "way-soft")]
    [InlineData("ink", "warn-soft")]
    public void Sets_text_in_colours_that_can_be_read(string text, string behind) =>
        Contrast(Colour(text), Colour(behind)).ShouldBeGreaterThanOrEqualTo(4.5);

    [Fact]
    public void Loads_nothing_from_elsewhere() => s_css.ShouldNotMatch(@"url\(|@import");

    private static double Contrast(double one, double other) => (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);

    /// <summary>Relative luminance as WCAG defines it.</summary>
    private static double Colour(string name)
    {
        var hex = Declared().Matches(s_css).Single(match => match.Groups[1].Value == name).Groups[2].Value;
        var parts = Enumerable.Range(0, 3)
            .Select(i => int.Parse(hex.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4))
            .ToArray();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [GeneratedRegex("--([a-z-]+): #([0-9a-f]{6});")]
    private static partial Regex Declared();
}
