using System.CommandLine;
using LofteEvents.Cli.Witnessing;
using LofteEvents.Log;
using LofteEvents.Postgres.Sealing;
using Microsoft.Extensions.Hosting;

namespace LofteEvents.Cli;

/// <summary><c>lofte witness</c>: the role that another authority takes, so that nobody has to believe one alone.</summary>
internal static class Witness
{
    public static Command Command(Surroundings around) =>
        new("witness", "Watch other authorities' logs and cosign what only grows.") { Key(around), Serve(around) };

    private static Option<string> NameOption() => new("--name")
    {
        Description = "The witness's name, such as skatteverket.se/w1: part of its key, and kept for good.",
        HelpName = "NAME",
        Required = true,
    };

    private static Option<string> KeyOption() => new("--key")
    {
        Description = "File of the witness's private key; made where it is missing, for its owner alone.",
        HelpName = "FILE",
        Required = true,
    };

    private static Command Key(Surroundings around)
    {
        var (name, file) = (NameOption(), KeyOption());
        var command = new Command("key", "Show the witness's verifier key, the line that auditors keep.") { name, file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (await SignerAsync(parsed.GetRequiredValue(name), parsed.GetRequiredValue(file), around, cancellationToken)
                is not { } signer)
            {
                return ExitCode.WrongUse;
            }

            around.Output.WriteLine(signer.Key.ToString());
            return ExitCode.Done;
        });
        return command.WithExamples("lofte witness key --name skatteverket.se/w1 --key /var/lib/witness/key.pem");
    }

    private static Command Serve(Surroundings around)
    {
        var (name, file) = (NameOption(), KeyOption());
        var state = new Option<string>("--state")
        {
            Description = "Folder in which the witness remembers; whoever can roll it back can make it forget.",
            HelpName = "DIR",
            Required = true,
        };
        var logs = new Option<string[]>("--log")
        {
            Description = "Key of a log to watch: the line of its /log/key, or a file of lines. May be given more than once.",
            HelpName = "LINE|FILE",
            Required = true,
        };
        var url = new Option<string>("--url")
        {
            Description = "Where to listen. Default: http://localhost:5090.",
            HelpName = "URL",
            DefaultValueFactory = _ => "http://localhost:5090",
        };
        var command = new Command(
            "serve",
            "Answer POST /add-checkpoint (C2SP tlog-witness): cosign a checkpoint that is signed by its log and continues the "
            + "last one, and remember it first. Needs no database.") { name, file, state, logs, url };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var keys = await VerifyOptions.KeysAsync<LogKey>("--log", parsed.GetValue(logs), around, cancellationToken);
            if (keys is null
                || await SignerAsync(parsed.GetRequiredValue(name), parsed.GetRequiredValue(file), around, cancellationToken)
                    is not { } signer)
            {
                return ExitCode.WrongUse;
            }

            using var memory = new WitnessMemory(parsed.GetRequiredValue(state));
            await using var app = new WitnessHost(signer, keys, memory, around.Time).Build(parsed.GetRequiredValue(url));
            await app.StartAsync(cancellationToken);
            around.Error.WriteLine($"{signer.Key}");
            around.Error.WriteLine($"Watching {keys.Count} keys on {string.Join(", ", app.Urls)}. Ctrl-C stops.");
            await app.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Done;
        });
        return command.WithExamples(
            "lofte witness serve --name skatteverket.se/w1 --key key.pem --state seen --log log-key.txt");
    }

    private static async Task<WitnessSigner?> SignerAsync(
        string name, string file, Surroundings around, CancellationToken cancellationToken)
    {
        try
        {
            var path = Path.GetFullPath(file);
            var key = await LogKeyFile.ReadAsync(path, cancellationToken) ?? await LogKeyFile.MakeAsync(path, cancellationToken);
            return new WitnessSigner(name, key);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            around.Error.WriteLine($"lofte: {fault.Message}");
            return null;
        }
    }
}
