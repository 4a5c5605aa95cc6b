using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using LofteEvents.Log;
using LofteEvents.Postgres.Auditing;

namespace LofteEvents.Cli;

/// <summary><c>lofte verify</c>: proves an export or a database, check by check.</summary>
internal static class Verify
{
    public static Command Command(Surroundings around)
    {
        var options = new VerifyOptions();
        var json = Json.Option();
        var command = new Command(
            "verify",
            "Prove that a log is whole: nothing altered, removed, inserted or reordered among what its checkpoint covers. Says "
            + "per check how much it looked at and what is wrong first. Exit code 3 when anything is. Needs no network and no "
            + "secret.");
        options.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (await options.TrustAsync(parsed, around, cancellationToken) is not { } given)
            {
                return ExitCode.WrongUse;
            }

            AuditReport report;
            if (parsed.GetValue(options.Folder) is { } folder)
            {
                await using var log = new AuditedFolder(folder);
                report = await RunAsync(log, given, around, cancellationToken);
            }
            else
            {
                await using var database = await around.OpenDatabaseAsync(cancellationToken);
                await using var log = await AuditedDatabase.OpenAsync(database.App, cancellationToken);
                report = await RunAsync(log, given, around, cancellationToken);
            }

            if (parsed.GetValue(json))
            {
                around.WriteJson(VerifyAnswer.Of(report), VerifyJson.Default.VerifyAnswer);
            }
            else
            {
                Say(report, around);
            }

            return report.IsWhole ? ExitCode.Done : ExitCode.Difference;
        });
        return command.WithExamples(
            "lofte verify log-2018 --key 'polisen.se/norrmalm/1+5a7a78cc+AjBZ…'",
            "lofte verify log-2018 --key keys.txt --pinned kept-checkpoints.txt",
            "lofte verify --database --pinned kept-checkpoints.txt",
            "lofte verify log-2018 --json | jq '.checks[] | select(.failures > 0)'");
    }

    private static async Task<AuditReport> RunAsync(
        IAuditedLog log, AuditTrust given, Surroundings around, CancellationToken cancellationToken)
    {
        var trust = given.Keys.Count > 0 ? given : await BelievingAsync(log, given, around, cancellationToken);
        var progress = new LeafProgress(around, "leaves read");
        var report = await new LogAudit(log, trust).RunAsync(progress, cancellationToken);
        progress.End();
        return report;
    }

    /// <summary>Without a key of the auditor's own the one that lies beside the log is taken, which proves less.</summary>
    private static async Task<AuditTrust> BelievingAsync(
        IAuditedLog log, AuditTrust given, Surroundings around, CancellationToken cancellationToken)
    {
        var keys = new List<LogKey>();
        foreach (var line in await log.KeysAsync(cancellationToken))
        {
            if (VerifierKey.TryParse(line, out var key, out _) && key is LogKey ofLog
                && !keys.Exists(known => Same(known, ofLog)))
            {
                keys.Add(ofLog);
            }
        }

        around.Error.WriteLine(
            "No --key is given, so the key that lies beside the log is taken: whoever rewrote the log could have put it there. "
            + "Keep the line of GET /log/key yourself, from the first day on.");
        return given with { Keys = keys };
    }

    private static bool Same(LogKey one, LogKey other) => one.Name == other.Name && one.KeyId == other.KeyId;

    private static void Say(AuditReport report, Surroundings around)
    {
        foreach (var check in report.Checks)
        {
            var verdict = check.First is null ? "ok" : "WRONG";
            around.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{verdict,-6} {check.Name,-22} {check.Counted - check.Failures} of {check.Counted}"));
            if (check.First is { } first)
            {
                var at = first.Position is { } position ? $"position {position}: "
                    : first.LeafIndex is { } index ? $"leaf {index}: " : "";
                around.Output.WriteLine($"       {at}{first.Sentence}");
            }
        }

        if (report.Checkpoint is { } checkpoint)
        {
            around.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{checkpoint.Origin}: {report.Leaves} leaves, root {checkpoint.Root.ToBase64()}; {report.Unsealed} events "
                    + $"behind them are not sealed yet."));
        }

        around.Error.WriteLine(report.IsWhole
            ? "The log is whole."
            : "The log is NOT whole. Keep everything as it is, and find out who could write there.");
    }
}

/// <param name="Whole">Every check held.</param>
/// <param name="Unsealed">Events behind the last leaf, of which nothing is proved.</param>
internal sealed record VerifyAnswer(
    bool Whole, string? Origin, ulong Leaves, string? Root, ulong Unsealed, IReadOnlyList<VerifyAnswerCheck> Checks)
{
    public static VerifyAnswer Of(AuditReport report) => new(
        report.IsWhole,
        report.Origin,
        report.Leaves,
        report.Checkpoint?.Root.ToBase64(),
        report.Unsealed,
        [.. report.Checks.Select(check => new VerifyAnswerCheck(check.Name, check.Counted, check.Failures, check.First))]);
}

/// <param name="First">The first thing that is wrong: leaf index and position where they are known, and a sentence.</param>
internal sealed record VerifyAnswerCheck(string Name, ulong Counted, ulong Failures, LogFinding? First);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VerifyAnswer))]
internal sealed partial class VerifyJson : JsonSerializerContext;
