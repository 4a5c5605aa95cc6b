using System.CommandLine;
using System.Globalization;
using LofteEvents.Cli.Http;

namespace LofteEvents.Cli;

/// <summary><c>lofte explain LOFTE COMMITMENT</c>: which events counted, which did not, and why not.</summary>
internal static class Explain
{
    private const int PageSize = 100;

    public static Command Command(Surroundings around)
    {
        var lofte = new Argument<string>("LOFTE") { Description = "Id of the promise, such as norrmalm-2018." };
        var commitment = new Argument<string>("COMMITMENT") { Description = "Id of the commitment, such as trafik." };
        var page = new Option<int>("--page")
        {
            Description = $"Which {PageSize} events of each list, from 1.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var until = new Option<string?>("--until")
        {
            Description = "Only what happened on this day or before.",
            HelpName = "DAY",
        };
        var when = new WhenOptions();
        var server = new ServerOptions();
        var json = Json.Option();
        var command = new Command("explain", "Show which events counted for a commitment, which did not, and why not.")
        {
            lofte, commitment, page, until,
        };
        when.AddTo(command);
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = await server.ConnectAsync(parsed, around, cancellationToken);
            (string, string?)[] asked =
            [
                ("page", Number(parsed.GetValue(page))), ("limit", Number(PageSize)), ("until", parsed.GetValue(until)),
            ];
            var path = $"/loften/{Uri.EscapeDataString(parsed.GetRequiredValue(lofte))}"
                + $"/commitments/{Uri.EscapeDataString(parsed.GetRequiredValue(commitment))}{when.Query(parsed, asked)}";
            var reply = await client.GetAsync(path, HttpJson.Default.CommitmentEventsAnswer, cancellationToken);
            return around.Show(reply, parsed.GetValue(json), answer => Show(answer, around));
        });
        return command.WithExamples(
            "lofte explain norrmalm-2018 trafik",
            "lofte explain norrmalm-2018 unga-narkotika --on 2018-10-01",
            "lofte explain norrmalm-2018 forum --json | jq '.notCounted.items[].reasons'");
    }

    private static IEnumerable<string> Show(CommitmentEventsAnswer answer, Surroundings around)
    {
        var commitment = answer.Commitment;
        yield return $"{answer.Lofte} / {commitment.Id}, judged on {answer.On:yyyy-MM-dd} at position {answer.Position}: "
            + $"{commitment.Verdict}, {Status.Figures(commitment)}";
        foreach (var line in TextTable.Wrap($"«{commitment.Text}»", around.Width))
        {
            yield return line;
        }

        foreach (var line in VerdictLines(commitment).SelectMany(line => TextTable.Wrap(line, around.Width)))
        {
            yield return line;
        }

        yield return "";
        yield return $"Counted: {answer.Counted.Total}";
        var counted = new TextTable("position", "day", "event", "what and where");
        foreach (var each in answer.Counted.Items)
        {
            counted.Add(Cell.Number(Number(each.Position)), Day(each), each.Stream, What(each));
        }

        foreach (var line in Lines(counted, answer.Counted, around))
        {
            yield return line;
        }

        yield return "";
        yield return $"Not counted: {answer.NotCounted.Total}";
        var others = new TextTable("position", "day", "event", "why not");
        foreach (var each in answer.NotCounted.Items)
        {
            others.Add(
                Cell.Number(Number(each.Event.Position)),
                Day(each.Event),
                each.Event.Stream,
                string.Join("; ", each.Reasons.Select(Why)));
        }

        foreach (var line in Lines(others, answer.NotCounted, around))
        {
            yield return line;
        }

        if (answer.Truncated)
        {
            yield return "";
            yield return "There are more events of this sort than one read looks through; "
                + $"go on with --until {answer.LookedBackTo:yyyy-MM-dd}.";
        }
    }

    private static IEnumerable<string> VerdictLines(CommitmentAnswer commitment)
    {
        yield return VerdictDetails.Meaning(commitment.Verdict);
        if (commitment.Pace is not null)
        {
            yield return $"pace: {Status.Pace(commitment)}";
        }

        foreach (var detail in VerdictDetails.Of(commitment))
        {
            yield return detail;
        }
    }

    private static IEnumerable<string> Lines<T>(TextTable table, Listing<T> list, Surroundings around)
    {
        foreach (var line in list.Items.Count == 0 ? [] : table.Lines(around.Width, around.UsesColour))
        {
            yield return line;
        }

        if (list.Total > (long)list.Page * list.Limit)
        {
            yield return $"… more with --page {list.Page + 1}";
        }
    }

    private static string Day(EvidenceAnswer each) => each.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string What(EvidenceAnswer each)
    {
        var said = string.Join(", ", new[] { each.Title ?? each.Kind, each.Place ?? each.Area }.OfType<string>());
        return each.Corrected ? $"{said} (corrected)" : said;
    }

    internal static string Why(UnmetAnswer unmet)
    {
        var demanded = string.Join(", ", unmet.Demanded);
        var found = unmet.Found.Count == 0 ? "nothing" : string.Join(", ", unmet.Found);
        return unmet.Code switch
        {
            "voided" => "was voided",
            "tags" => $"lacks the tag {demanded}",
            "without-tags" => $"has the tag {found}",
            "parties" => $"without {demanded}",
            "any-party" => $"without any of {demanded}",
            "before-term" => $"before the term, which begins on {demanded}",
            "after-term" => $"after the term, which ends on {demanded}",
            "before-commitment" => $"before the commitment, which begins on {demanded}",
            "after-judged-day" => $"after the judged day, {demanded}",
            "time-of-day" => $"at {string.Join("–", unmet.Found)}, outside {string.Join("–", unmet.Demanded)}",
            "type" => $"is of type {found}, wanted {demanded}",
            "kind" => $"kind is {found}, wanted {demanded}",
            "area" => $"in {found}, wanted {demanded}",
            "place" => $"at {found}, wanted {demanded}",
            "forum" => $"of {found}, wanted {demanded}",
            "target-group" => $"directed at {found}, wanted {demanded}",
            "outside-set" => $"{found} is none of the parts ({demanded})",
            "outside-parts" => $"{found} lies in none of the promised times",
            "outside-occurrence" => $"on {string.Join(" ", unmet.Found)}, promised is {string.Join(" ", unmet.Demanded)}",
            "outside-period" => $"outside the time {string.Join("–", unmet.Demanded)}",
            "no-duration" => "has no length in time",
            "answers-nothing" => "does not say what it answers",
            "deliverable-only" => "decided by something being finished; no event counts",
            "assessed-only" => "a named person judges this; no event counts",
            _ => $"fails the condition {unmet.Code}",
        };
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
