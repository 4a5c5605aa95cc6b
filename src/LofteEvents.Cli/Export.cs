using System.CommandLine;
using System.Globalization;
using LofteEvents.Postgres.Auditing;

namespace LofteEvents.Cli;

/// <summary><c>lofte export</c>: everything that an auditor needs, in a folder.</summary>
internal static class Export
{
    public static Command Command(Surroundings around)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder; it is made, or it is there and empty." };
        var command = new Command(
            "export",
            "Write the whole log into a folder, from one snapshot: events with their sealed parts as they are encrypted, leaves, "
            + "tiles, checkpoints and key. 'lofte verify DIR' proves it where there is neither network nor database.") { folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var to = parsed.GetRequiredValue(folder);
            await using var database = await around.OpenDatabaseAsync(cancellationToken);
            await using var log = await AuditedDatabase.OpenAsync(database.App, cancellationToken);
            var progress = new LeafProgress(around, "exported");
            var (events, sealedEvents) = await new LogExport(log, to).WriteAsync(progress, cancellationToken);
            progress.End();
            around.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{events} events, {sealedEvents} of them sealed, are in {Path.GetFullPath(to)}."));
            return ExitCode.Done;
        });
        return command.WithExamples("lofte export /media/audit/2018", "lofte export log-2018 && lofte verify log-2018");
    }
}
