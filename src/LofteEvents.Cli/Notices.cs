using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using LofteEvents.Cli.Http;

namespace LofteEvents.Cli;

/// <summary>
/// <c>lofte notices list|show|content|decide|attempt|acknowledge</c>: who must be told, and an officer's whole case.
/// </summary>
internal static class Notices
{
    private static readonly string[] Officer = ["officer"];

    public static Command Command(Surroundings around) =>
        new("notices", "Show who must be told, and decide, try and acknowledge a notice (role officer).")
        {
            ListCommand(around),
            ShowCommand(around),
            ContentCommand(around),
            DecideCommand(around),
            AttemptCommand(around),
            AcknowledgeCommand(around),
        };

    private static Command ListCommand(Surroundings around)
    {
        var state = new Option<string>("--state")
        {
            Description = "Only those in this state: to-decide, postponed, sending, unreachable, delivered or closed.",
            HelpName = "STATE",
        };
        var overdue = new Option<bool>("--overdue") { Description = "Only those that are overdue." };
        var recipient = new Option<string>("--recipient") { Description = "Only those of this recipient.", HelpName = "ID" };
        var page = new Option<int>("--page")
        {
            Description = "Which page, from 1.", HelpName = "N", DefaultValueFactory = _ => 1,
        };
        var command = new Command("list", "Show the notices, the most urgent first.") { state, overdue, recipient, page };
        return Reading(command, around, parsed => "/notices?" + string.Join('&', Query(
                ("page", parsed.GetValue(page).ToString(CultureInfo.InvariantCulture)),
                ("state", parsed.GetValue(state)),
                ("overdue", parsed.GetValue(overdue) ? "true" : null),
                ("recipient", parsed.GetValue(recipient)))),
            HttpJson.Default.ListingNoticeLineAnswer,
            NoticeLines.Of)
            .WithExamples(
                "lofte notices list",
                "lofte notices list --state to-decide --overdue",
                "lofte notices list --json | jq '.items[].id'");
    }

    private static Command ShowCommand(Surroundings around)
    {
        var id = Id();
        return Reading(
            new Command("show", "Show a notice, what may be decided of it, and its history.") { id },
            around,
            parsed => Path(parsed.GetRequiredValue(id)),
            HttpJson.Default.NoticeAnswer,
            NoticeLines.Of).WithExamples("lofte notices show 0b8c1f0e-6d7a-8c21-9b7e-5a1d3c2e4f60");
    }

    private static Command ContentCommand(Surroundings around)
    {
        var id = Id();
        var server = new ServerOptions();
        var command = new Command(
            "content", "Write what a notice says, as JSON. Every opening of what is about a person is recorded.") { id };
        server.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = await server.ConnectAsync(parsed, around, cancellationToken);
            await client.SignInForDevelopmentAsync(Officer, null, cancellationToken);
            var path = Path(parsed.GetRequiredValue(id)) + "/content";
            var reply = await client.GetAsync(path, HttpJson.Default.NoticeContentAnswer, cancellationToken);
            return around.Show(reply, json: true, _ => []);
        });
        return command.WithExamples("lofte notices content 0b8c1f0e-6d7a-8c21-9b7e-5a1d3c2e4f60 | jq .insats");
    }

    private static Command DecideCommand(Surroundings around)
    {
        var id = Id();
        var action = new Argument<string>("ACTION") { Description = "send, postpone or waive." };
        action.AcceptOnlyFromAmong("send", "postpone", "waive");
        var ground = new Option<string>("--ground")
        {
            Description = "The ground in law, where it is not sent.", HelpName = "GROUND",
        };
        var until = new Option<DateTimeOffset?>("--until")
        {
            Description = "When a postponement lapses and it must be sent at once: a time with offset.",
            HelpName = "TIME",
        };
        var reason = Words("--reason");
        var command = new Command("decide", "Send, postpone or waive a notice.") { id, action, ground, until, reason };
        return Saying(command, around, id, "decision", parsed => new NoticeWords
        {
            Action = parsed.GetRequiredValue(action),
            Ground = parsed.GetValue(ground),
            Until = parsed.GetValue(until),
            Reason = parsed.GetValue(reason),
        }).WithExamples(
            "lofte notices decide ID send",
            "lofte notices decide ID postpone --ground harms-inquiry --until 2018-03-17T12:00:00+01:00");
    }

    private static Command AttemptCommand(Surroundings around)
    {
        var id = Id();
        var channel = new Argument<string>("CHANNEL") { Description = "phone, in-person or letter." };
        var outcome = new Argument<string>("OUTCOME") { Description = "reached, not-reached, sent or failed." };
        channel.AcceptOnlyFromAmong("phone", "in-person", "letter");
        outcome.AcceptOnlyFromAmong("reached", "not-reached", "sent", "failed");
        var note = Words("--note");
        var command = new Command("attempt", "Record an attempt by phone, in person or by letter.")
        {
            id, channel, outcome, note,
        };
        return Saying(command, around, id, "attempts", parsed => new NoticeWords
        {
            Channel = parsed.GetRequiredValue(channel),
            Outcome = parsed.GetRequiredValue(outcome),
            Note = parsed.GetValue(note),
        }).WithExamples(
            "lofte notices attempt ID phone not-reached --note 'Inget svar.'", "lofte notices attempt ID phone reached");
    }

    private static Command AcknowledgeCommand(Surroundings around)
    {
        var id = Id();
        return Saying(
            new Command("acknowledge", "Record that the recipient has the notice.") { id },
            around,
            id,
            "acknowledgement",
            _ => null).WithExamples("lofte notices acknowledge ID");
    }

    private static Command Reading<T>(
        Command command,
        Surroundings around,
        Func<ParseResult, string> path,
        JsonTypeInfo<T> type,
        Func<T, Surroundings, IEnumerable<string>> lines)
        where T : class
    {
        var (server, json) = (new ServerOptions(), Json.Option());
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = await server.ConnectAsync(parsed, around, cancellationToken);
            await client.SignInForDevelopmentAsync(Officer, null, cancellationToken);
            var reply = await client.GetAsync(path(parsed), type, cancellationToken);
            return around.Show(reply, parsed.GetValue(json), answer => lines(answer, around));
        });
        return command;
    }

    private static Command Saying(
        Command command, Surroundings around, Argument<string> id, string what, Func<ParseResult, NoticeWords?> words)
    {
        var (server, json) = (new ServerOptions(), Json.Option());
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = await server.ConnectAsync(parsed, around, cancellationToken);
            await client.SignInForDevelopmentAsync(Officer, null, cancellationToken);
            var reply = await client.SayAsync($"{Path(parsed.GetRequiredValue(id))}/{what}", words(parsed), cancellationToken);
            return around.Show(reply, parsed.GetValue(json), answer => NoticeLines.Of(answer, around));
        });
        return command;
    }

    private static Option<string> Words(string name) =>
        new(name) { Description = "In your own words, without personal data.", HelpName = "TEXT" };

    private static Argument<string> Id() => new("ID") { Description = "Id of the notice." };

    private static string Path(string id) => $"/notices/{Uri.EscapeDataString(id)}";

    private static IEnumerable<string> Query(params (string Name, string? Value)[] given) =>
        given.Where(each => each.Value is not null).Select(each => $"{each.Name}={Uri.EscapeDataString(each.Value!)}");
}
