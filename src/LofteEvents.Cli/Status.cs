using System.CommandLine;
using System.Globalization;
using LofteEvents.Cli.Http;

namespace LofteEvents.Cli;

/// <summary><c>lofte status LOFTE</c>: how each commitment of a promise stands.</summary>
internal static class Status
{
    public static Command Command(Surroundings around)
    {
        var lofte = new Argument<string>("LOFTE") { Description = "Id of the promise, such as norrmalm-2018." };
        var when = new WhenOptions();
        var server = new ServerOptions();
        var json = Json.Option();
        var command = new Command("status", "Show how each commitment of a promise stands.") { lofte };
        when.AddTo(command);
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = await server.ConnectAsync(parsed, around, cancellationToken);
            var path = $"/loften/{Uri.EscapeDataString(parsed.GetRequiredValue(lofte))}/status{when.Query(parsed)}";
            var reply = await client.GetAsync(path, HttpJson.Default.StatusAnswer, cancellationToken);
            return around.Show(reply, parsed.GetValue(json), Lines);

            IEnumerable<string> Lines(StatusAnswer status) => Show(status, around);
        });
        return command.WithExamples(
            "lofte status norrmalm-2018",
            "lofte status norrmalm-2018 --on 2018-10-01       # judged on a day",
            "lofte status norrmalm-2018 --as-of @1200         # what was known at a position of the log",
            "lofte status norrmalm-2018 --json | jq '.commitments[].verdict'");
    }

    private static IEnumerable<string> Show(StatusAnswer status, Surroundings around)
    {
        yield return $"{status.Lofte}, judged on {status.On:yyyy-MM-dd} at position {status.Position}";
        yield return "";
        var table = new TextTable("commitment", "verdict", "done", "left", "evidence", "pace");
        foreach (var commitment in status.Commitments)
        {
            table.Add(
                commitment.Id,
                new Cell(commitment.Verdict + (commitment.Preliminary ? " *" : ""), ToneOf(commitment.Verdict)),
                Cell.Number(Figures(commitment)),
                Cell.Number(Left(commitment)),
                Cell.Number(commitment.Counted is { } counted ? Number(counted) : "-"),
                Pace(commitment));
        }

        foreach (var line in table.Lines(around.Width, around.UsesColour))
        {
            yield return line;
        }

        foreach (var line in Details(status, around))
        {
            yield return line;
        }

        if (status.Commitments.Any(commitment => commitment.Preliminary))
        {
            yield return "";
            yield return "* preliminary: the term is not over, and the verdict can still change.";
        }
    }

    private static IEnumerable<string> Details(StatusAnswer status, Surroundings around)
    {
        var details = status.Commitments
            .SelectMany(commitment => VerdictDetails.Of(commitment).Select(detail => $"{commitment.Id}: {detail}"))
            .SelectMany(detail => TextTable.Wrap(detail, around.Width))
            .ToList();
        return details.Count == 0 ? [] : details.Prepend("");
    }

    /// <summary>Durations are counted in minutes and told in hours; what a person judges has no figures.</summary>
    internal static string Figures(CommitmentAnswer commitment) => commitment.Unit switch
    {
        "parts" => $"{commitment.Done} of {commitment.Target} parts",
        "minutes" => $"{commitment.Done / 60} of {commitment.Target / 60} hours",
        "assessment" => "-",
        _ => $"{commitment.Done} of {commitment.Target}",
    };

    private static string Left(CommitmentAnswer commitment) => commitment.Unit switch
    {
        "minutes" => Number((commitment.Remaining + 59) / 60),
        "assessment" => "-",
        _ => Number(commitment.Remaining),
    };

    internal static string Pace(CommitmentAnswer commitment) => commitment.Pace is not { } pace
        ? commitment.Planned > 0 ? $"{commitment.Planned} planned" : "-"
        : commitment.Unit == "minutes"
            ? Pace(new PaceAnswer(
                pace.Expected / 60, pace.Credited / 60, pace.DaysLeft, Math.Ceiling(pace.NeededPerMonth / 6) / 10), " hours")
            : Pace(pace, "");

    private static string Pace(PaceAnswer pace, string unit) => string.Create(
        CultureInfo.InvariantCulture,
        $"{pace.Credited} of {pace.Expected}{unit} due by now; "
            + $"{pace.NeededPerMonth:0.#}{unit} a month needed, {pace.DaysLeft} days left");

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static Tone ToneOf(string verdict) => verdict switch
    {
        "fulfilled" or "on-track" => Tone.Good,
        "at-risk" or "partly" or "hindered" or "cannot-be-assessed" => Tone.Doubtful,
        "not-fulfilled" or "can-no-longer-be-met" => Tone.Bad,
        _ => Tone.Plain,
    };
}
