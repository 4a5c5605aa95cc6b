using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using LofteEvents.Evaluations;
using LofteEvents.Loften;
using LofteEvents.Postgres.Evaluations;
using LofteEvents.Postgres.EventStore;

namespace LofteEvents.Cli;

/// <summary><c>lofte definition draft --from LOFTE --for YEAR</c>: a next promise to begin the talks with.</summary>
internal static class DefinitionDraft
{
    private static readonly JsonWriterOptions Readable =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Command(Surroundings around)
    {
        var from = new Option<string>("--from")
        {
            Description = "Id of the promise whose outcome it is drawn from.",
            HelpName = "LOFTE",
            Required = true,
        };
        var year = new Option<int>("--for")
        {
            Description = "The year in which the new term begins.",
            HelpName = "YEAR",
            Required = true,
        };
        year.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1900 or > 2190)
            {
                result.AddError("--for is no year of our time: name one from 1900 to 2190.");
            }
        });
        var options = new EvaluatedOptions();
        var command = new Command(
            "draft",
            "Propose the next promise from the outcome of one, as a definition that 'definition check' accepts, on stdout. Why "
            + "each line reads as it does is said on stderr. It raises what was far over-delivered and lowers nothing.")
        {
            from, year,
        };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (await options.ReadAreasAsync(parsed, around, cancellationToken) is not { } known)
            {
                return ExitCode.WrongUse;
            }

            await using var database = await around.OpenDatabaseAsync(cancellationToken);
            await using var store = new PostgresEventStore(database.App, time: around.Time);
            if (await options.ReadAsync(parsed, database, store, around, cancellationToken) is not { } at)
            {
                return ExitCode.WrongUse;
            }

            var id = parsed.GetRequiredValue(from);
            var reads = new EvaluationReads(database.App, store, known);
            var replays = await EvaluatedOptions.IsAheadAsync(at, database, around, cancellationToken);
            if (await reads.DraftAsync(id, at, parsed.GetRequiredValue(year), replays, cancellationToken) is not { } draft)
            {
                around.Error.WriteLine($"lofte: there was no promise '{id}' at position {at.Position}.");
                return ExitCode.NotFound;
            }

            Say(draft, around);
            return ExitCode.Done;
        });
        return command.WithExamples(
            "lofte definition draft --from norrmalm-2018 --for 2019 > norrmalm-2019.json",
            "lofte definition draft --from norrmalm-2018 --for 2019 --on 2018-12-31 > norrmalm-2019.json");
    }

    private static void Say(PromiseDraft draft, Surroundings around)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Readable))
        {
            JsonSerializer.Serialize(writer, draft.Definition, LofteJson.Default.LofteDefinition);
        }

        around.Output.WriteLine(System.Text.Encoding.UTF8.GetString(text.ToArray()));
        foreach (var line in draft.Lines)
        {
            var ground = JsonNamingPolicy.KebabCaseLower.ConvertName(line.Ground.ToString());
            around.Error.WriteLine($"{line.Commitment} ({ground}): {line.Reason}");
        }
    }
}
