using System.CommandLine;
using LofteEvents.Cli.Http;

namespace LofteEvents.Cli;

/// <summary><c>lofte token --role R</c>: a token of the development issuer.</summary>
internal static class Token
{
    private static readonly string[] Roles =
        ["publisher", "coordinator", "evaluator", "officer", "recipient", "auditor", "operator"];

    public static Command Command(Surroundings around)
    {
        var role = new Option<string[]>("--role")
        {
            Description = $"What the token may do; may be given several times. One of: {string.Join(", ", Roles)}.",
            HelpName = "ROLE",
            Required = true,
        };
        role.AcceptOnlyFromAmong(Roles);
        var source = new Option<string[]>("--source")
        {
            Description = "A CloudEvents source that a publisher may use, or prefix/*. Default: urn:lofte:demo.",
            HelpName = "SOURCE",
        };
        var server = new ServerOptions(takesToken: false);
        var json = Json.Option();
        var command = new Command("token", "Get a token from a server in Development. Only the token goes to stdout.")
        {
            role, source,
        };
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = await server.ConnectAsync(parsed, around, cancellationToken);
            var sources = parsed.GetValue(source);
            var reply = await client.AskForTokenAsync(
                parsed.GetRequiredValue(role), sources is { Length: > 0 } ? sources : null, cancellationToken);
            if (reply.Problem is { Status: 404 })
            {
                around.Error.WriteLine(
                    $"lofte: {client.Address} gives no tokens, since it does not run in Development: ask its issuer for one.");
                return ExitCode.Failed;
            }

            if (reply.Value is { } given && !parsed.GetValue(json))
            {
                around.Error.WriteLine($"Good until {given.Expires:yyyy-MM-dd HH:mm} UTC.");
            }

            return around.Show(reply, parsed.GetValue(json), answer => [answer.Token]);
        });
        return command.WithExamples(
            "lofte token --role publisher",
            "TOKEN=$(lofte token --role coordinator)",
            "lofte token --role publisher --source 'https://rar.example/*'   # sources of its own");
    }
}
