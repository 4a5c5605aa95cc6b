using System.CommandLine;
using System.Globalization;
using System.Reflection;
using LofteEvents.Evaluations;
using LofteEvents.Postgres;
using LofteEvents.Postgres.Evaluations;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Projections;

namespace LofteEvents.Cli;

/// <summary><c>lofte evaluate LOFTE --out DIR</c>: the evaluation of a promise as files.</summary>
internal static class Evaluate
{
    public static Command Command(Surroundings around)
    {
        var lofte = new Argument<string>("LOFTE") { Description = "Id of the promise, such as norrmalm-2018." };
        var asOf = new Option<string?>("--as-of")
        {
            Description = "What was known then: a recorded time with offset, or @position. Default: everything.",
            HelpName = "TIME",
        };
        var on = new Option<string?>("--on")
        {
            Description = "The day that is judged, inclusive (yyyy-MM-dd). Default: the day of --as-of in Stockholm, else today.",
            HelpName = "DAY",
        };
        var output = new Option<string>("--out")
        {
            Description = "Folder for the files; made if missing.",
            HelpName = "DIR",
            Required = true,
        };
        var areas = new Option<string?>("--areas")
        {
            Description = "The deployment's areas. Default: Lofte__Areas, or deploy/areas.json of the checkout.",
            HelpName = "FILE",
        };
        var command = new Command(
            "evaluate",
            "Write the evaluation of a promise as HTML, PDF, JSON and CSV. It is a function of the log up to --as-of and of the "
            + "day: the same again gives the same bytes.") { lofte, asOf, on, output, areas };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!TryReadDay(parsed.GetValue(on), around, out var day)
                || await around.ReadAreasAsync(parsed.GetValue(areas), cancellationToken) is not { } known)
            {
                return ExitCode.WrongUse;
            }

            await using var database = await around.OpenDatabaseAsync(cancellationToken);
            await using var store = new PostgresEventStore(database.App, time: around.Time);
            if (await PointAsync(parsed.GetValue(asOf), day, database, store, around, cancellationToken) is not { } at)
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
        var states = await new ProjectionStates(database.App).ReadAsync(cancellationToken);
        if (states.Single(state => state.Name == ProjectionNames.LofteStatus).Position >= at.Position)
        {
            return await reads.ReadAsync(id, at, cancellationToken);
        }

        around.Error.WriteLine("The projection has not come so far: folding the log itself.");
        return await reads.ReplayAsync(id, at, cancellationToken);
    }

    private static async Task<EvaluationPoint?> PointAsync(
        string? asOf,
        DateOnly? on,
        LofteDatabase database,
        PostgresEventStore store,
        Surroundings around,
        CancellationToken cancellationToken)
    {
        var head = await store.HeadAsync(cancellationToken);
        var loften = new LofteReads(database.App, store);
        if (asOf is null)
        {
            var newest = await loften.RecordedAtAsync(head, cancellationToken);
            return new EvaluationPoint(head, newest, on ?? Stockholm.DayOf(around.Time.GetUtcNow()));
        }

        DateTimeOffset time = default;
        long position;
        if (asOf is ['@', .. var digits] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out position))
        {
            if (position > head)
            {
                around.Error.WriteLine($"lofte: --as-of {asOf} is not reached yet: the newest event is at {head}.");
                return null;
            }
        }
        else if (TryReadTime(asOf, out time))
        {
            position = await store.PositionAtAsync(time, cancellationToken);
        }
        else
        {
            around.Error.WriteLine(
                $"lofte: --as-of '{asOf}' is neither a time with offset, such as 2018-11-15T00:00:00+01:00, nor @position.");
            return null;
        }

        var recordedAt = await loften.RecordedAtAsync(position, cancellationToken);
        var known = time == default ? recordedAt ?? around.Time.GetUtcNow() : time;
        return new EvaluationPoint(position, recordedAt, on ?? Stockholm.DayOf(known));
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

    /// <summary>Without an offset a time would mean that of the machine, wherever it stands.</summary>
    private static bool TryReadTime(string text, out DateTimeOffset time)
    {
        time = default;
        return (text.EndsWith('Z') || (text.Length > 6 && text[^3] == ':' && text[^6] is '+' or '-'))
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    private static bool TryReadDay(string? text, Surroundings around, out DateOnly? day)
    {
        day = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            ? read
            : null;
        if (text is null || day is not null)
        {
            return true;
        }

        around.Error.WriteLine($"lofte: --on '{text}' is no day: write it as yyyy-MM-dd, such as 2018-11-15.");
        return false;
    }

    private static string Style()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("lofte.css")
            ?? throw new InvalidOperationException("The site's style sheet is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
