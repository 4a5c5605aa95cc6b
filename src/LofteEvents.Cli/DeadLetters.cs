using System.CommandLine;
using System.Globalization;
using LofteEvents.Cli.Http;

namespace LofteEvents.Cli;

/// <summary><c>lofte dead-letters list|replay</c>: work that was given up, and putting it in line again.</summary>
internal static class DeadLetters
{
    private static readonly string[] Operator = ["operator"];

    public static Command Command(Surroundings around) =>
        new("dead-letters", "Show work that was given up, such as notices that could not be delivered, or put it in line again.")
        {
            ListCommand(around),
            ReplayCommand(around),
        };

    private static Command ListCommand(Surroundings around)
    {
        var which = new Which();
        var page = new Option<int>("--page")
        {
            HelpName = "PAGE", Description = "Which page of the list.", DefaultValueFactory = _ => 1,
        };
        var server = new ServerOptions();
        var json = Json.Option();
        var command = new Command("list", "Show work that was given up and why (roles operator, auditor).");
        which.AddTo(command);
        command.Add(page);
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = await server.ConnectAsync(parsed, around, cancellationToken);
            await client.SignInForDevelopmentAsync(Operator, null, cancellationToken);
            var reply = await client.FindDeadLettersAsync(which.Read(parsed), parsed.GetValue(page), cancellationToken);
            return around.Show(reply, parsed.GetValue(json), list => Show(list, around));
        });
        return command.WithExamples(
            "lofte dead-letters list --lane recipient/socialtjanst-norrmalm",
            "lofte dead-letters list --text 'answered 500' --json | jq .total");
    }

    private static Command ReplayCommand(Surroundings around)
    {
        var ids = new Argument<long[]>("ID")
        {
            Description = "The dead letters; without any, all that the options match.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var which = new Which();
        var dryRun = new Option<bool>("--dry-run") { Description = "Say how many it would be, and do nothing." };
        var yes = new Option<bool>("--yes") { Description = "Replay them." };
        var server = new ServerOptions();
        var command = new Command(
            "replay",
            "Put work that was given up in line again, with its attempts counted anew. Messages keep their ids. Deliveries "
            + "whose case has gone on without them are named and not replayed. States the exact number and wants "
            + "--yes (role operator).")
        {
            ids, dryRun, yes,
        };
        which.AddTo(command);
        server.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = await server.ConnectAsync(parsed, around, cancellationToken);
            await client.SignInForDevelopmentAsync(Operator, null, cancellationToken);
            var chosen = parsed.GetValue(ids) is { Length: > 0 } named ? named : null;
            var filter = which.Read(parsed);
            if (chosen is not null && filter != new ReplayFilter(null, null, null))
            {
                around.Error.WriteLine("lofte: Give ids or options that match, not both.");
                return ExitCode.WrongUse;
            }

            return await ReplayAsync(
                client, around, chosen, filter, parsed.GetValue(dryRun), parsed.GetValue(yes), cancellationToken);
        });
        return command.WithExamples(
            "lofte dead-letters replay 17 18 --yes",
            "lofte dead-letters replay --lane recipient/socialtjanst-norrmalm --dry-run");
    }

    private static async Task<int> ReplayAsync(
        LofteClient client,
        Surroundings around,
        long[]? ids,
        ReplayFilter filter,
        bool dryRun,
        bool yes,
        CancellationToken cancellationToken)
    {
        var matching = ids is null ? filter : null;
        var planned = await client.ReplayDeadLettersAsync(new ReplayQuestion(0, ids, matching, DryRun: true), cancellationToken);
        if (planned.Problem is { } problem)
        {
            return around.Refuse(problem);
        }

        var plan = planned.Value!;
        SayNoLongerOwed(plan.NoLongerOwed, around);

        // Ids that are no dead letters are left in the number, so that the server refuses them.
        var count = ids is null ? plan.Owed : ids.Distinct().Count() - plan.NoLongerOwed.Count;
        if (count == 0)
        {
            around.Error.WriteLine(plan.NoLongerOwed.Count == 0 ? "No dead letter matches." : "None was replayed.");
            return ExitCode.Done;
        }

        if (dryRun || !yes)
        {
            var number = plan.Owed.ToString(CultureInfo.InvariantCulture);
            around.Error.WriteLine(
                dryRun
                    ? $"{number} dead letters would be replayed."
                    : $"lofte: {number} dead letters would be replayed. Say --yes to do it.");
            return dryRun ? ExitCode.Done : ExitCode.WrongUse;
        }

        var reply = await client.ReplayDeadLettersAsync(new ReplayQuestion(count, ids, matching), cancellationToken);
        if (reply.Problem is { } refused)
        {
            return around.Refuse(refused);
        }

        var replayed = reply.Value!.Replayed.ToString(CultureInfo.InvariantCulture);
        around.Error.WriteLine($"{replayed} dead letters are in line again.");
        return ExitCode.Done;
    }

    private static void SayNoLongerOwed(IReadOnlyList<long> ids, Surroundings around)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var number = ids.Count.ToString(CultureInfo.InvariantCulture);
        var named = string.Join(", ", ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        around.Error.WriteLine(
            $"{number} dead letters are no longer owed and are not replayed, since their cases were told, closed or decided "
            + $"anew, or have gone on to another channel (lofte notices shows them): {named}.");
    }

    private static IEnumerable<string> Show(Listing<DeadLetterAnswer> list, Surroundings around)
    {
        var table = new TextTable("id", "lane", "attempts", "died", "reason");
        foreach (var each in list.Items)
        {
            table.Add(
                Cell.Number(each.Id.ToString(CultureInfo.InvariantCulture)),
                each.Lane,
                Cell.Number(each.Attempts.ToString(CultureInfo.InvariantCulture)),
                each.DiedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                each.Reason);
        }

        return [.. table.Lines(around.Width, around.UsesColour), $"{list.Total} in all"];
    }

    /// <summary>The options that choose dead letters.</summary>
    private sealed class Which
    {
        private readonly Option<string?> _kind =
            new("--kind") { HelpName = "KIND", Description = "Only of this kind, such as notice." };
        private readonly Option<string?> _lane =
            new("--lane") { HelpName = "LANE", Description = "Only of this lane, such as recipient/socialtjanst-norrmalm." };

        private readonly Option<string?> _text =
            new("--text") { HelpName = "TEXT", Description = "Only where the reason or the key has this in it." };

        public void AddTo(Command command)
        {
            command.Add(_kind);
            command.Add(_lane);
            command.Add(_text);
        }

        public ReplayFilter Read(ParseResult parsed) =>
            new(parsed.GetValue(_kind), parsed.GetValue(_lane), parsed.GetValue(_text));
    }
}
