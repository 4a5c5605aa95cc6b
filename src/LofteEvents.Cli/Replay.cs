using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using LofteEvents.Postgres.Auditing;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Replaying;

namespace LofteEvents.Cli;

/// <summary><c>lofte replay</c>: folds the whole history anew and compares it with what the projections keep.</summary>
internal static class Replay
{
    private const int WidestValue = 300;

    public static Command Command(Surroundings around)
    {
        var asOf = new Option<string?>("--as-of")
        {
            Description = "Compare what is answered of the past: a recorded time with offset, or @position. Default: now.",
            HelpName = "TIME",
        };
        asOf.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !AsOf.TryRead(text, out _))
            {
                result.AddError(
                    $"--as-of '{text}' is neither a time with offset, such as 2018-10-01T12:00:00Z, nor a position, such "
                    + "as @1234.");
            }
        });
        var areas = new Option<string?>("--areas")
        {
            Description = "The deployment's areas. Default: Lofte__Areas, or deploy/areas.json of the checkout.",
            HelpName = "FILE",
        };
        var from = new Option<string?>("--from")
        {
            Description = "Fold the events of an exported folder in place of the database's own.",
            HelpName = "DIR",
        };
        var json = Json.Option();
        var command = new Command(
            "replay",
            "Fold the whole history anew and compare it with the live projections: documents and counted facts, at the position "
            + "that they have. Exit code 3 when anything differs, each place with both values. The server may go on meanwhile.")
        {
            from, asOf, areas, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (await around.ReadAreasAsync(parsed.GetValue(areas), cancellationToken) is not { } known)
            {
                return ExitCode.WrongUse;
            }

            var result = await RunAsync(parsed.GetValue(from), parsed.GetValue(asOf), known, around, cancellationToken);
            if (parsed.GetValue(json))
            {
                around.WriteJson(ReplayAnswer.Of(result), ReplayJson.Default.ReplayAnswer);
            }
            else
            {
                Say(result, around);
            }

            return result.IsEqual ? ExitCode.Done : ExitCode.Difference;
        });
        return command.WithExamples(
            "lofte replay",
            "lofte replay --as-of 2018-10-01T12:00:00Z   # what is answered of that time",
            "lofte replay --from log-2018                # the projections against an export that was verified",
            "lofte replay --json | jq '.differences[]'");
    }

    private static async Task<ReplayResult> RunAsync(
        string? from, string? asOf, Areas areas, Surroundings around, CancellationToken cancellationToken)
    {
        var history = from is null ? null : ReplayHistory.InOrderOfPosition(new AuditedFolder(from).EventsAsync);
        await using var database = await around.OpenDatabaseAsync(cancellationToken);
        await using var store = new PostgresEventStore(database.App);
        var position = asOf is null ? null
            : AsOf.TryRead(asOf, out var read) && read.Position is { } given ? given
            : (long?)await store.PositionAtAsync(read.Time!.Value, cancellationToken);
        var replay = new HistoryReplay(database.App, store, areas);
        return await replay.RunAsync(history, position, new Narration(around), cancellationToken);
    }

    private static void Say(ReplayResult result, Surroundings around)
    {
        foreach (var difference in result.Differences)
        {
            around.Output.WriteLine($"{difference.Of} {difference.Document} {difference.Pointer}".TrimEnd());
            around.Output.WriteLine($"  history: {Shown(difference.Folded)}");
            around.Output.WriteLine($"  live:    {Shown(difference.Live)}");
        }

        if (result.DifferenceCount > result.Differences.Count)
        {
            around.Output.WriteLine($"and {result.DifferenceCount - result.Differences.Count} more");
        }

        var (status, overview, notices) = result.At;
        var at = status == overview && (notices ?? status) == status
            ? $"position {status}"
            : $"positions {status} (LofteStatus), {overview} (LofteOverview) and {notices ?? 0} (NoticeOverview)";
        around.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Events} events folded: {result.Statuses} LofteStatus, {result.Overviews} LofteOverview, "
                + $"{result.Notices} NoticeOverview, {result.Facts} counted facts at {at}."));
        if (notices is null)
        {
            around.Error.WriteLine("Of notices only the present is kept, so they were not compared.");
        }

        around.Error.WriteLine(result.IsEqual
            ? "The live projections are equal to the history."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The live projections differ from the history in {result.DifferenceCount} places. "
                    + $"'lofte projections rebuild' makes them anew; find out first who changed them."));
    }

    private static string Shown(string? json) =>
        json is null ? "nothing" : json.Length <= WidestValue ? json : json[..WidestValue] + "…";

    /// <summary>Says on a terminal how far it is.</summary>
    private sealed class Narration(Surroundings around) : IProgress<long>
    {
        private const int EventsBetweenWords = 50_000;

        public void Report(long value)
        {
            if (around.ErrorIsTerminal && value % EventsBetweenWords == 0)
            {
                around.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value} events folded  "));
            }
        }
    }
}

internal sealed record ReplayAnswer(
    bool Equal,
    ReplayPositions At,
    long Events,
    int Statuses,
    int Overviews,
    int Notices,
    long Facts,
    long DifferenceCount,
    IReadOnlyList<ReplayDifference> Differences)
{
    public static ReplayAnswer Of(ReplayResult result) => new(
        result.IsEqual,
        result.At,
        result.Events,
        result.Statuses,
        result.Overviews,
        result.Notices,
        result.Facts,
        result.DifferenceCount,
        result.Differences);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReplayAnswer))]
internal sealed partial class ReplayJson : JsonSerializerContext;
