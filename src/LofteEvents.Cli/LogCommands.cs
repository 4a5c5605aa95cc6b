using System.CommandLine;
using System.Globalization;
using LofteEvents.Postgres;
using LofteEvents.Postgres.EventStore;
using LofteEvents.Postgres.Sealing;

namespace LofteEvents.Cli;

/// <summary><c>lofte log continue|rotate-key</c>: what an authority does openly with its log.</summary>
internal static class LogCommands
{
    public static Command Command(Surroundings around) =>
        new("log", "Continue the log openly after a loss, or rotate its key. The server must not be running.")
        {
            Continue(around),
            RotateKey(around),
        };

    private static Command Continue(Surroundings around)
    {
        var reason = new Option<string>("--reason")
        {
            Description = "What happened and who decided. Recorded for ever: name no private person.",
            HelpName = "TEXT",
            Required = true,
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be done, and do nothing." };
        var yes = new Option<bool>("--yes") { Description = "Do it." };
        var command = new Command(
            "continue",
            "Go on under the next incarnation's name after sealed events, or the sealer's memory of them, were lost. The loss "
            + "becomes an event of the log, and what is still there is sealed anew. Nothing undoes it: try everything to get "
            + "the lost events and the state back first.") { reason, dryRun, yes };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var doIt = parsed.GetValue(yes) && !parsed.GetValue(dryRun);
            await using var database = await around.OpenDatabaseAsync(cancellationToken);
            await using var store = new PostgresEventStore(database.App);
            var log = new LogContinuation(database.Owner, store, Folder(around));
            var (plan, refusal) = doIt
                ? await log.RunAsync(parsed.GetRequiredValue(reason), cancellationToken)
                : await log.PlanAsync(cancellationToken);
            if (plan is null)
            {
                around.Error.WriteLine($"lofte: {refusal}");
                return ExitCode.Refused;
            }

            around.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{plan.Before.Origin} sealed {plan.Before.Size} events; {plan.Kept} are still there, up to position "
                    + $"{plan.Position}."));
            around.Error.WriteLine(doIt
                ? $"The log is {plan.Origin} from here on. Start the server, and tell every auditor and witness the new key line."
                : $"With --yes the log becomes {plan.Origin}. Nothing was done.");
            return doIt || parsed.GetValue(dryRun) ? ExitCode.Done : ExitCode.WrongUse;
        });
        return command.WithExamples(
            "lofte log continue --reason 'Diskhaveri, beslut 2026-31' --dry-run",
            "lofte log continue --reason 'Diskhaveri, beslut 2026-31' --yes");
    }

    private static Command RotateKey(Surroundings around)
    {
        var command = new Command(
            "rotate-key",
            "Make a new key for the log. Checkpoints are signed by both keys until the old one's file is taken away.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var database = await around.OpenDatabaseAsync(cancellationToken);
            await using var store = new PostgresEventStore(database.App);
            var log = new LogContinuation(database.Owner, store, Folder(around));
            var (before, refusal) = await log.RotateKeyAsync(cancellationToken);
            if (before is null)
            {
                around.Error.WriteLine($"lofte: {refusal}");
                return ExitCode.Refused;
            }

            around.Error.WriteLine(
                "The log has a new key. Start the server, give auditors and witnesses the first line of /log/key, then take "
                + $"{before} away and start again.");
            return ExitCode.Done;
        });
        return command.WithExamples("lofte log rotate-key");
    }

    private static LogFolder Folder(Surroundings around) =>
        LogFolder.In(LofteDatabaseSettings.Read(around.Setting).DataFolder);
}
