using System.CommandLine;
using System.Reflection;
using LofteEvents.Evaluations;
using LofteEvents.Postgres;
using LofteEvents.Postgres.Evaluations;
using LofteEvents.Postgres.EventStore;

namespace LofteEvents.Cli;

/// <summary><c>lofte evaluate LOFTE --out DIR</c>: the evaluation of a promise as files.</summary>
internal static class Evaluate
{
    public static Command Command(Surroundings around)
    {
        var lofte = new Argument<string>("LOFTE") { Description = "Id of the promise, such as norrmalm-2018." };
        var options = new EvaluatedOptions();
        var output = new Option<string>("--out")
        {
            Description = "Folder for the files; made if missing.",
            HelpName = "DIR",
            Required = true,
        };
        var command = new Command(
            "evaluate",
            "Write the evaluation of a promise as HTML, PDF, JSON and CSV. It is a function of the log up to --as-of and of the "
            + "day: the same again gives the same bytes.") { lofte, output };
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

            var id = parsed.GetRequiredValue(lofte);
            if (await ReadAsync(id, at, database, store, known, around, cancellationToken) is not { } evaluation)
            {
                around.Error.WriteLine($"lofte: there was no promise '{id}' at position {at.Position}.");
                return ExitCode.NotFound;
            }

            await WriteAsync(parsed.GetRequiredValue(output), evaluation, around, cancellationToken);
            return ExitCode.Done;
        });
        return command.WithExamples(
            "lofte evaluate norrmalm-2018 --as-of 2018-11-15T00:00:00+01:00 --out evaluation",
            "lofte evaluate norrmalm-2018 --as-of @290 --on 2018-11-15 --out evaluation   # a position of the log");
    }

    private static async Task<PublishedEvaluation?> ReadAsync(
        string id,
        EvaluationPoint at,
        LofteDatabase database,
        PostgresEventStore store,
        Areas areas,
        Surroundings around,
        CancellationToken cancellationToken)
    {
        var reads = new EvaluationReads(database.App, store, areas);
        return await EvaluatedOptions.IsAheadAsync(at, database, around, cancellationToken)
            ? await reads.ReplayAsync(id, at, cancellationToken)
            : await reads.ReadAsync(id, at, cancellationToken);
    }

    private static async Task WriteAsync(
        string folder, PublishedEvaluation evaluation, Surroundings around, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, content) in EvaluationFiles.Of(evaluation, Style()))
        {
            var path = Path.Combine(folder, name);
            await File.WriteAllBytesAsync(path, content, cancellationToken);
            around.Output.WriteLine(path);
        }

        var at = evaluation.Report.At;
        around.Error.WriteLine($"Position {at.Position}, judged on {at.On:yyyy-MM-dd}, {evaluation.Digest}.");
    }

    private static string Style()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("lofte.css")
            ?? throw new InvalidOperationException("The site's style sheet is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
