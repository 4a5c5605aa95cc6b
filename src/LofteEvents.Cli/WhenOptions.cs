using System.CommandLine;
using System.Globalization;

namespace LofteEvents.Cli;

/// <summary>The two times of a read: the day that is judged, and what was known then.</summary>
internal sealed class WhenOptions
{
    private readonly Option<string?> on = new("--on")
    {
        Description = "The day that is judged, inclusive (yyyy-MM-dd). Default: today.",
        HelpName = "DAY",
    };

    private readonly Option<string?> asOf = new("--as-of")
    {
        Description = "What was known then: a recorded time with offset, or @position. Default: everything.",
        HelpName = "TIME",
    };

    public WhenOptions() =>
        on.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } day && !IsDay(day))
            {
                result.AddError($"--on '{day}' is no day: write it as yyyy-MM-dd, such as 2018-10-01.");
            }
        });

    public void AddTo(Command command)
    {
        command.Add(on);
        command.Add(asOf);
    }

    /// <summary><c>?on=…&amp;asOf=…</c> and what else is asked, or nothing.</summary>
    public string Query(ParseResult parsed, params IReadOnlyList<(string Name, string? Value)> others)
    {
        var said = new[] { ("on", parsed.GetValue(on)), ("asOf", parsed.GetValue(asOf)) }.Concat(others)
            .Where(each => each.Item2 is not null)
            .Select(each => $"{each.Item1}={Uri.EscapeDataString(each.Item2!)}")
            .ToList();
        return said.Count == 0 ? "" : $"?{string.Join('&', said)}";
    }

    private static bool IsDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
