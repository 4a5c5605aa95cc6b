using System.CommandLine;
using System.Globalization;
using LofteEvents.Cli.Http;
using LofteEvents.Cli.Publishing;

namespace LofteEvents.Cli;

/// <summary><c>lofte events publish|export</c>: files of events into the log, and out of it.</summary>
internal static class Events
{
    public static Command Command(Surroundings around) =>
        new("events", "Publish a file of events, or export the log as one.")
        {
            Publish(around),
            EventsExport.Command(around),
        };

    private static Command Publish(Surroundings around)
    {
        var file = new Argument<string>("FILE") { Description = "NDJSON of CloudEvents, or CSV with a header; - for stdin." };
        var history = new Option<bool>("--history")
        {
            Description = "Import history: recordedtime of the file becomes the recorded time (role operator).",
        };
        var format = new Option<string?>("--format")
        {
            Description = "ndjson or csv. Default: by the name, or by the first character.",
        };
        format.AcceptOnlyFromAmong(EventFile.Ndjson, EventFile.Csv);
        var batch = new Option<int>("--batch")
        {
            Description = $"Events a request, 1 to {Publisher.LargestBatchEvents}; each is stored whole or not at all.",
            HelpName = "N",
            DefaultValueFactory = _ => Publisher.DefaultBatchEvents,
        };
        batch.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > Publisher.LargestBatchEvents)
            {
                result.AddError($"--batch is a number from 1 to {Publisher.LargestBatchEvents}.");
            }
        });
        var server = new ServerOptions();
        var json = Json.Option();
        var command = new Command(
            "publish",
            "Publish a file of events, in its order. Stops at the first fault, with its line and place; what was sent is "
            + "durable, and publishing the corrected file again goes on from there.") { file, history, format, batch };
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(file);
            await using var stream = name == "-" ? around.Input : Open(name, around);
            if (stream is null)
            {
                return ExitCode.WrongUse;
            }

            using var client = await server.ConnectAsync(parsed, around, cancellationToken);
            var isHistory = parsed.GetValue(history);
            var events = await EventFile.OpenAsync(stream, name, parsed.GetValue(format), isHistory, cancellationToken);
            var progress = new Progress(around, stream.CanSeek ? stream.Length : null);
            var publisher = new Publisher(client, events, isHistory, progress, () => stream.CanSeek ? stream.Position : 0);
            var report = await publisher.RunAsync(parsed.GetValue(batch), cancellationToken);
            progress.End(report.Recorded + report.Repeated, stream.CanSeek ? stream.Position : 0);
            Say(report, around);
            if (parsed.GetValue(json))
            {
                around.WriteJson(report, PublishJson.Default.PublishReport);
            }

            return report.ExitCode;
        });
        return command.WithExamples(
            "lofte events publish insatser.csv",
            "lofte events publish deploy/loften/norrmalm-2018-year.ndjson --history",
            "zcat export.ndjson.gz | lofte events publish - --history",
            "# CSV: CloudEvents attributes and members of the data are columns; lists are separated by semicolons.",
            "#   type,source,id,subject,time,data.kind,data.place.area,data.from,data.to,data.tags",
            "#   se.lofteevents.insats.carried-out.v1,urn:lofte:demo,17,insats/17,2018-03-17T01:30:00+01:00,traffic,…");
    }

    private static FileStream? Open(string name, Surroundings around)
    {
        try
        {
            return new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            around.Error.WriteLine($"lofte: {name} cannot be read: {error.Message}");
            return null;
        }
    }

    private static void Say(PublishReport report, Surroundings around)
    {
        if (report.Stopped is { } why)
        {
            around.Error.WriteLine($"lofte: {why}");
            foreach (var fault in report.Faults)
            {
                var place = fault.Place.Length > 0 ? $", {fault.Place}" : "";
                around.Error.WriteLine($"  line {fault.Line}{place}: {fault.Detail}");
            }
        }

        var events = string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Recorded} recorded, {report.Repeated} there already");
        if (report.LeftOut > 0)
        {
            around.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{report.LeftOut} left out: notices, keys and openings, which the other system recorded of itself."));
        }

        around.Error.WriteLine(report switch
        {
            { Stopped: null } => $"{events}; position {report.Position}.",
            { LastLine: 0, Faults.Count: > 0 } => "Nothing of the file is stored. Correct it and publish it again.",
            { LastLine: 0 } => "No line is known to be stored. Publish the file again: repeats are recognised.",
            { Faults.Count: > 0 } =>
                $"Up to line {report.LastLine} everything is stored ({events}). Correct the file and publish it again: "
                + "repeats are recognised.",
            _ => $"Up to line {report.LastLine} everything is stored ({events}). Publish the file again: repeats are recognised.",
        });
    }
}
