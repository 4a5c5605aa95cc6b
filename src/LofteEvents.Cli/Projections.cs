using System.CommandLine;
using System.Globalization;
using LofteEvents.Cli.Http;

namespace LofteEvents.Cli;

/// <summary><c>lofte projections list|rebuild</c>: how far the read models are, and building one anew.</summary>
internal static class Projections
{
    private static readonly string[] Operator = ["operator"];
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    public static Command Command(Surroundings around) =>
        new("projections", "Show how far the projections are, or build one anew.")
        {
            ListCommand(around),
            RebuildCommand(around),
        };

    private static Command ListCommand(Surroundings around)
    {
        var server = new ServerOptions();
        var json = Json.Option();
        var command = new Command("list", "Show how far each projection is and what stops it (roles operator, auditor).");
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = await server.ConnectAsync(parsed, around, cancellationToken);
            await client.SignInForDevelopmentAsync(Operator, null, cancellationToken);
            var reply = await ReadAsync(client, cancellationToken);
            return around.Show(reply, parsed.GetValue(json), list => Show(list, around));
        });
        return command.WithExamples("lofte projections list", "lofte projections list --json | jq '.items[].lagEvents'");
    }

    private static Command RebuildCommand(Surroundings around)
    {
        var name = new Argument<string>("NAME") { Description = "The projection, such as LofteStatus." };
        var wait = new Option<bool>("--wait") { Description = "Stay until it is done, and fail if it stops." };
        var server = new ServerOptions();
        var command = new Command(
            "rebuild",
            "Build a projection anew from the log, beside the live one, which stays readable until they are swapped "
            + "(role operator).")
        {
            name, wait,
        };
        server.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = await server.ConnectAsync(parsed, around, cancellationToken);
            await client.SignInForDevelopmentAsync(Operator, null, cancellationToken);
            var projection = parsed.GetRequiredValue(name);
            if (await client.RebuildAsync(projection, cancellationToken) is { } refused)
            {
                return around.Refuse(refused);
            }

            around.Error.WriteLine($"The rebuild of {projection} is asked for.");
            return parsed.GetValue(wait) ? await WaitAsync(client, projection, around, cancellationToken) : ExitCode.Done;
        });
        return command.WithExamples("lofte projections rebuild LofteStatus --wait");
    }

    private static async Task<int> WaitAsync(
        LofteClient client, string name, Surroundings around, CancellationToken cancellationToken)
    {
        while (true)
        {
            var reply = await ReadAsync(client, cancellationToken);
            if (reply.Problem is { } problem)
            {
                return around.Refuse(problem);
            }

            switch (reply.Value!.Items.FirstOrDefault(projection => projection.Name == name)?.Rebuild)
            {
                case null:
                    around.Error.WriteLine($"{name} is built anew.");
                    return ExitCode.Done;
                case { Stop: { } stop }:
                    around.Error.WriteLine(
                        $"lofte: the rebuild stopped at position {stop.Position}, {stop.Type}: {stop.Reason}. "
                        + "The live projection is as it was.");
                    return ExitCode.Failed;
            }

            await Task.Delay(BetweenLooks, around.Time, cancellationToken);
        }
    }

    private static Task<Reply<Listing<ProjectionAnswer>>> ReadAsync(LofteClient client, CancellationToken cancellationToken) =>
        client.GetAsync("/projections", HttpJson.Default.ListingProjectionAnswer, cancellationToken);

    private static IEnumerable<string> Show(Listing<ProjectionAnswer> list, Surroundings around)
    {
        var table = new TextTable("projection", "state", "position", "behind", "since", "note");
        foreach (var each in list.Items)
        {
            var tone = each.State switch
            {
                "current" => Tone.Good,
                "behind" => Tone.Doubtful,
                _ => Tone.Bad,
            };
            table.Add(
                each.Name,
                new Cell(each.State, tone),
                Cell.Number(string.Create(CultureInfo.InvariantCulture, $"{each.Position} of {each.Head}")),
                Cell.Number(each.LagEvents.ToString(CultureInfo.InvariantCulture)),
                Cell.Number(string.Create(CultureInfo.InvariantCulture, $"{each.LagSeconds:0.#} s")),
                Note(each));
        }

        return table.Lines(around.Width, around.UsesColour);
    }

    private static string Note(ProjectionAnswer each) => each switch
    {
        { Stop: { } stop } => $"stopped at {stop.Position}, {stop.Type}: {stop.Reason}",
        { Rebuild: { Stop: { } stop } } => $"rebuild stopped at {stop.Position}, {stop.Type}: {stop.Reason}",
        { Rebuild: { } rebuild } => $"rebuild {rebuild.State}, at {rebuild.Position}",
        _ => "",
    };
}
