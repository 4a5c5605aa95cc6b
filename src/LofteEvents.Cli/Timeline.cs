using System.CommandLine;
using System.Globalization;
using LofteEvents.Cli.Http;

namespace LofteEvents.Cli;

/// <summary><c>lofte timeline LOFTE</c>: what happened around a promise, and when it was learnt.</summary>
internal static class Timeline
{
    private const int PageSize = 50;

    public static Command Command(Surroundings around)
    {
        var lofte = new Argument<string>("LOFTE") { Description = "Id of the promise, such as norrmalm-2018." };
        var page = new Option<int>("--page")
        {
            Description = $"Which {PageSize} events, from 1; the newest learnt come first.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var when = new WhenOptions();
        var server = new ServerOptions();
        var json = Json.Option();
        var command = new Command("timeline", "Show what happened around a promise and when it was learnt, the newest first.")
        {
            lofte, page,
        };
        when.AddTo(command);
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = await server.ConnectAsync(parsed, around, cancellationToken);
            var path = $"/loften/{Uri.EscapeDataString(parsed.GetRequiredValue(lofte))}/timeline"
                + when.Query(parsed, ("page", Number(parsed.GetValue(page))), ("limit", Number(PageSize)));
            var reply = await client.GetAsync(path, HttpJson.Default.TimelineAnswer, cancellationToken);
            return around.Show(reply, parsed.GetValue(json), answer => Show(answer, around));
        });
        return command.WithExamples(
            "lofte timeline norrmalm-2018",
            "lofte timeline norrmalm-2018 --as-of 2018-10-01T12:00:00Z   # as it was known then",
            "lofte timeline norrmalm-2018 --json | jq '.items[] | select(.replaces)'");
    }

    private static IEnumerable<string> Show(TimelineAnswer answer, Surroundings around)
    {
        yield return $"{answer.Lofte} at position {answer.Position}: {answer.Total} events";
        yield return "";
        var table = new TextTable("position", "learnt", "happened", "event", "what");
        foreach (var entry in answer.Items)
        {
            table.Add(
                Cell.Number(Number(entry.Position)),
                Day(Stockholm.DayOf(entry.RecordedAt)),
                Day(entry.Day),
                entry.Type,
                What(entry));
        }

        foreach (var line in answer.Items.Count == 0 ? [] : table.Lines(around.Width, around.UsesColour))
        {
            yield return line;
        }

        if (answer.Total > (long)answer.Page * answer.Limit)
        {
            yield return $"… more with --page {answer.Page + 1}";
        }
    }

    private static string What(TimelineEntry entry) => string.Join(
        "; ",
        new[]
        {
            entry.Title ?? entry.Kind ?? entry.Commitment ?? entry.Stream,
            entry.CountsFor.Count > 0 ? $"counts for {string.Join(", ", entry.CountsFor)}" : null,
            entry.Replaces is { } replaces ? $"in place of {replaces}" : null,
            entry.ReplacedBy is { } by ? $"replaced by {by}" : null,
        }.OfType<string>());

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
