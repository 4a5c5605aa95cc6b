using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using LofteEvents.Postgres.Subjects;
using KeyState = LofteEvents.Subjects.Subject;

namespace LofteEvents.Cli;

/// <summary><c>lofte subject forget|retention|epochs|rewrap</c>: persons' sealed data and the keys that hold it.</summary>
internal static class Subject
{
    private const int LongestReason = 500;
    private const string NotDone = "Nothing was done. Add --yes to do it.";

    public static Command Command(Surroundings around) =>
        new("subject", "Forget a person, or keep the keys of persons' sealed data.")
        {
            Forget(around),
            RetentionCommand(around),
            Epochs(around),
            Rewrap(around),
        };

    private static Command Forget(Surroundings around)
    {
        var person = new Argument<Guid>("PERSON") { Description = "The person's opaque id, a UUID." };
        var reason = new Option<string>("--reason")
        {
            Description = "Why, in words that name no person: it is recorded for ever.",
            HelpName = "TEXT",
            Required = true,
        };
        reason.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>()?.Trim().Length is not (> 0 and <= LongestReason))
            {
                result.AddError($"--reason has 1 to {LongestReason} characters.");
            }
        });
        var (dryRun, yes, json) = (DryRun(), Yes(), Json.Option());
        var command = new Command(
            "forget",
            "Destroy a person's key: what was sealed under it can be opened by nobody, and every proof still holds. This cannot "
            + "be undone.")
        {
            person, reason, dryRun, yes, json,
        };
        command.SetAction((parsed, cancellationToken) => around.WithSubjectsAsync(
            async subjects =>
            {
                var plan = await subjects.Forgetting.PlanAsync(parsed.GetValue(person), cancellationToken);
                if (parsed.GetValue(json))
                {
                    around.WriteJson(ForgetAnswer.Of(plan, subjects.Settings), SubjectJson.Default.ForgetAnswer);
                }

                return await ForgetAsync(
                    subjects, plan, parsed.GetRequiredValue(reason).Trim(), (parsed.GetValue(dryRun), parsed.GetValue(yes)),
                    around, cancellationToken);
            },
            cancellationToken));
        return command.WithExamples(
            "lofte subject forget 5f0c7c0e-8d0b-4c55-9f0c-2d1a3b4c5d6e --reason 'Beslut 2026-17' --dry-run",
            "lofte subject forget 5f0c7c0e-8d0b-4c55-9f0c-2d1a3b4c5d6e --reason 'Beslut 2026-17' --yes");
    }

    private static async Task<int> ForgetAsync(
        SubjectsAtHand subjects, ForgettingPlan plan, string reason, (bool IsDry, bool Yes) how, Surroundings around,
        CancellationToken cancellationToken)
    {
        if (plan.State is KeyState.Unknown)
        {
            around.Error.WriteLine($"lofte: Nothing was ever sealed for {plan.Person}; check the id.");
            return ExitCode.NotFound;
        }

        if (plan.State is KeyState.Forgotten && !plan.HasKey)
        {
            around.Error.WriteLine($"{plan.Person} is forgotten already.");
            return ExitCode.Done;
        }

        var days = subjects.Settings.LongestInBackups.TotalDays.ToString(CultureInfo.InvariantCulture);
        around.Error.WriteLine(
            $"1 person with {plan.SealedParts} sealed parts. Backups that exist can tell of them for {days} days at most.");
        if (plan.OpenNotices > 0)
        {
            around.Error.WriteLine($"{plan.OpenNotices} notices about this person are open: their recipients cannot be told.");
        }

        if (how.IsDry || !how.Yes)
        {
            around.Error.WriteLine(how.IsDry ? "Dry run: nothing was done." : NotDone);
            return how.IsDry ? ExitCode.Done : ExitCode.WrongUse;
        }

        await subjects.Forgetting.ForgetAsync(plan.Person, reason, around.Actor, cancellationToken);
        around.Error.WriteLine($"{plan.Person} is forgotten.");
        return ExitCode.Done;
    }

    private static Command RetentionCommand(Surroundings around)
    {
        var (dryRun, yes, json) = (DryRun(), Yes(), Json.Option());
        var command = new Command(
            "retention",
            "Forget everybody whose retention class (Lofte__Retention) has run out, as the server does every hour. Who has an "
            + "open notice waits.")
        {
            dryRun, yes, json,
        };
        command.SetAction((parsed, cancellationToken) => around.WithSubjectsAsync(
            async subjects =>
            {
                if (subjects.Settings.Retention is not { } rules)
                {
                    around.Error.WriteLine("lofte: Set Lofte__Retention to the file of the retention classes.");
                    return ExitCode.WrongUse;
                }

                var due = await subjects.Retention.DueAsync(rules, cancellationToken);
                if (parsed.GetValue(json))
                {
                    around.WriteJson(due, SubjectJson.Default.IReadOnlyListRetentionDue);
                }

                var waiting = due.Count(each => each.HasOpenNotice);
                around.Error.WriteLine($"{due.Count - waiting} persons are to be forgotten; {waiting} wait for open notices.");
                if (parsed.GetValue(dryRun) || !parsed.GetValue(yes))
                {
                    around.Error.WriteLine(parsed.GetValue(dryRun) ? "Dry run: nothing was done." : NotDone);
                    return parsed.GetValue(dryRun) || due.Count == waiting ? ExitCode.Done : ExitCode.WrongUse;
                }

                var forgotten = await subjects.Retention.RunAsync(due, around.Actor, cancellationToken);
                around.Error.WriteLine($"{forgotten} persons are forgotten.");
                return ExitCode.Done;
            },
            cancellationToken));
        return command.WithExamples("lofte subject retention --dry-run", "lofte subject retention --yes");
    }

    private static Command Epochs(Surroundings around)
    {
        var json = Json.Option();
        var command = new Command(
            "epochs", "Show the master keys' epochs: how many persons' keys each wraps, and when it ends.") { json };
        command.SetAction((parsed, cancellationToken) => around.WithSubjectsAsync(
            async subjects =>
            {
                var epochs = await subjects.Epochs.ListAsync(cancellationToken);
                if (parsed.GetValue(json))
                {
                    around.WriteJson(epochs, SubjectJson.Default.IReadOnlyListEpochState);
                    return ExitCode.Done;
                }

                foreach (var epoch in epochs)
                {
                    around.Output.WriteLine(Line(epoch));
                }

                return epochs.Any(epoch => epoch.Begun is null) ? ExitCode.Difference : ExitCode.Done;
            },
            cancellationToken));
        return command.WithExamples("lofte subject epochs");
    }

    private static Command Rewrap(Surroundings around)
    {
        var (dryRun, yes) = (DryRun(), Yes());
        var command = new Command(
            "rewrap",
            "Begin a new epoch now: rewrap every living key under a new master key. The old one is destroyed when the backup "
            + "window (Lofte__BackupDays) has passed.")
        {
            dryRun, yes,
        };
        command.SetAction((parsed, cancellationToken) => around.WithSubjectsAsync(
            async subjects =>
            {
                var keys = (await subjects.Epochs.ListAsync(cancellationToken)).Sum(epoch => epoch.Keys);
                around.Error.WriteLine($"{keys} persons' keys are to be rewrapped under a new master key.");
                if (parsed.GetValue(dryRun) || !parsed.GetValue(yes))
                {
                    around.Error.WriteLine(parsed.GetValue(dryRun) ? "Dry run: nothing was done." : NotDone);
                    return parsed.GetValue(dryRun) ? ExitCode.Done : ExitCode.WrongUse;
                }

                var rewrapped = await subjects.Epochs.BeginAsync(cancellationToken);
                around.Error.WriteLine($"{rewrapped} persons' keys are rewrapped.");
                return ExitCode.Done;
            },
            cancellationToken));
        return command.WithExamples("lofte subject rewrap --dry-run", "lofte subject rewrap --yes");
    }

    private static string Line(EpochState epoch)
    {
        var state = epoch.Begun is null ? "its master key is not here: what it wraps cannot be opened"
            : epoch.Ends is { } ends ? string.Create(CultureInfo.InvariantCulture, $"ends {ends.UtcDateTime:yyyy-MM-dd}")
            : "in use";
        return string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch}: {epoch.Keys} keys, {state}");
    }

    private static Option<bool> DryRun() => new("--dry-run") { Description = "Say what would be done, and do nothing." };

    private static Option<bool> Yes() => new("--yes") { Description = "Do it." };
}

/// <param name="State">unknown, kept or forgotten.</param>
internal sealed record ForgetAnswer(Guid Person, string State, long SealedParts, long OpenNotices, double LongestInBackupsDays)
{
    public static ForgetAnswer Of(ForgettingPlan plan, SubjectSettings settings) => new(
        plan.Person,
        plan.State switch { KeyState.Kept => "kept", KeyState.Forgotten => "forgotten", _ => "unknown" },
        plan.SealedParts,
        plan.OpenNotices,
        settings.LongestInBackups.TotalDays);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ForgetAnswer))]
[JsonSerializable(typeof(IReadOnlyList<RetentionDue>))]
[JsonSerializable(typeof(IReadOnlyList<EpochState>))]
internal sealed partial class SubjectJson : JsonSerializerContext;
