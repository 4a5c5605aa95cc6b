using System.Text.RegularExpressions;
using LofteEvents.Cli;
using LofteEvents.Cli.Http;
using LofteEvents.Loften;
using LofteEvents.Server.Pages;

namespace LofteEvents.Tests.Loften;

/// <summary>A code that nobody put into words would be shown to people as it is.</summary>
public partial class Every_reason_why_an_event_does_not_count
{
    private const string Unknown = "no-such-code";

    public static TheoryData<string> Codes => [.. UnmetCondition.Codes];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Has_words_on_the_pages_and_in_the_command_line(string code)
    {
        foreach (var words in new[] { Words.Swedish.Lofte, Words.English.Lofte })
            Said(words, code).ShouldNotBe(Said(words, Unknown).Replace(Unknown, code, StringComparison.Ordinal));

        Said(code).ShouldNotBe(Said(Unknown).Replace(Unknown, code, StringComparison.Ordinal));
    }

    [Fact]
    public void Is_in_the_list_of_codes()
    {
        var folder = Path.Combine(Tidy.House.Root, "src", "LofteEvents", "Loften");
        var used = Directory.EnumerateFiles(folder, "*.cs")
            .SelectMany(file => Code().Matches(File.ReadAllText(file)))
            .Select(found => found.Groups[1].Value)
            .Distinct()
            .ToList();
        used.Append("voided").ShouldBe(UnmetCondition.Codes, ignoreOrder: true);
    }

    [Theory]
    [InlineData("day", "Missat: 4 av 365 dagar: a, b och 2 till.", "Missed: 4 of 365 days: a, b and 2 more.")]
    [InlineData("place", "Missat: 4 av 365 platser: a, b och 2 till.", "Missed: 4 of 365 places: a, b and 2 more.")]
    public void Missed_parts_are_named(string each, string swedish, string english)
    {
        Words.Swedish.Lofte.MissedParts(4, 365, each, ["a", "b"]).ShouldBe(swedish);
        Words.English.Lofte.MissedParts(4, 365, each, ["a", "b"]).ShouldBe(english);
    }

    public static TheoryData<Verdict> Verdicts => [.. Enum.GetValues<Verdict>()];

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void Every_verdict_has_a_meaning_in_the_command_line(Verdict verdict) =>
        VerdictDetails.Meaning(KebabName.Of(verdict)).ShouldNotContain("does not know");

    /// <summary>Where a condition is made: its code, then what is demanded.</summary>
    [GeneratedRegex("""new(?: UnmetCondition)?\(\s*"([a-z-]+)",\s*(?:\[|[A-Z][A-Za-z]*,|Names\()""")]
    private static partial Regex Code();

    private static string Said(LofteWords words, string code) => words.Unmet(new(code, ["a"], ["b"]), id => id);

    private static string Said(string code) => Explain.Why(new UnmetAnswer(code, ["a"], ["b"]));
}
