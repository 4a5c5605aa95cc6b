using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LofteEvents.Cli.Http;

namespace LofteEvents.Cli;

/// <summary><c>lofte events export</c>: the log as lines of CloudEvents, in the format that publish reads.</summary>
internal static class EventsExport
{
    /// <summary>The most that the server gives at a time.</summary>
    private const int PageLines = 10_000;

    private static readonly string[] Auditor = ["auditor"];

    public static Command Command(Surroundings around)
    {
        var after = new Option<long>("--after") { Description = "Only events behind this position.", HelpName = "POSITION" };
        var type = new Option<string?>("--type")
        {
            Description = "Only events of this type, such as insats.carried-out.v1.",
            HelpName = "TYPE",
        };
        var stream = new Option<string?>("--stream")
        {
            Description = "Only events of this stream, such as forum/ungdomar.",
            HelpName = "STREAM",
        };
        after.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() < 0)
            {
                result.AddError("--after is a position, a whole number from 0.");
            }
        });
        var server = new ServerOptions();
        var command = new Command(
            "export",
            "Write the log to stdout, one CloudEvent as JSON per line, in its order (role auditor). "
            + "'lofte events publish --history' takes it in again, without notices, keys and openings, "
            + "which a system records of itself.") { after, type, stream };
        server.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = await server.ConnectAsync(parsed, around, cancellationToken);
            await client.SignInForDevelopmentAsync(Auditor, null, cancellationToken);
            var filter = Filter("type", parsed.GetValue(type)) + Filter("stream", parsed.GetValue(stream));
            return await ExportAsync(client, parsed.GetValue(after), filter, around, cancellationToken);
        });
        return command.WithExamples(
            "lofte events export > log.ndjson",
            "lofte events export --after 1200 >> log.ndjson",
            "lofte events export --stream forum/ungdomar | jq .data",
            "lofte events export --type insats.carried-out.v1 | wc -l");
    }

    private static async Task<int> ExportAsync(
        LofteClient client, long after, string filter, Surroundings around, CancellationToken cancellationToken)
    {
        long written = 0;
        while (true)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/events?after={after}&limit={PageLines}{filter}");
            using var page = await client.StreamAsync(path, cancellationToken);
            if (page.Problem is { } problem)
            {
                return around.Refuse(problem);
            }

            string? last = null;
            var before = written;
            try
            {
                using var reader = new StreamReader(page.Body, Encoding.UTF8);
                while (await reader.ReadLineAsync(cancellationToken) is { } line)
                {
                    around.Output.WriteLine(line);
                    last = line;
                    written++;
                }
            }
            catch (Exception error) when (error is IOException or HttpRequestException)
            {
                var position = last is null ? after : PositionOf(last);
                around.Error.WriteLine(
                    $"lofte: the answer broke off ({error.Message}). Everything up to position {position} is written: "
                    + $"go on with --after {position}.");
                return ExitCode.Failed;
            }

            if (written - before < PageLines && page.GoOnAfter > after)
            {
                after = page.GoOnAfter.Value;
                continue;
            }

            if (last is null)
            {
                around.Error.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"{written} events, up to position {after}."));
                return ExitCode.Done;
            }

            after = PositionOf(last);
        }
    }

    /// <summary>A CloudEvents Integer has 32 bits, so a position beyond that is a text.</summary>
    private static long PositionOf(string line)
    {
        using var json = JsonDocument.Parse(line);
        var position = json.RootElement.GetProperty("position");
        return position.ValueKind == JsonValueKind.Number
            ? position.GetInt64()
            : long.Parse(position.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static string Filter(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
