using System.CommandLine;
using System.Text.RegularExpressions;
using LofteEvents.Postgres;
using LofteEvents.Postgres.Embedded;

namespace LofteEvents.Cli.Http;

/// <summary>Which server a command speaks to, and as whom.</summary>
internal sealed partial class ServerOptions
{
    private readonly Option<string?> url = new("--url")
    {
        Description = "Address of the server. Default: the server that runs on the data folder (Lofte__Data).",
        HelpName = "URL",
    };

    private readonly Option<string?> token = new("--token")
    {
        Description = "Bearer token. Default: Lofte__Token; in Development one is asked for.",
        HelpName = "TOKEN",
    };

    private readonly bool takesToken;

    /// <param name="takesToken">False where a command is for everyone.</param>
    public ServerOptions(bool takesToken = true)
    {
        this.takesToken = takesToken;
        url.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && Address(text) is null)
            {
                result.AddError($"--url '{text}' is no address: write it as http://localhost:5080.");
            }
        });
    }

    public void AddTo(Command command)
    {
        command.Add(url);
        if (takesToken)
        {
            command.Add(token);
        }
    }

    public bool IsNamed(ParseResult parsed) => parsed.GetValue(url) is not null;

    /// <exception cref="ServerUnreachableException">No server is named and none runs on the data folder.</exception>
    public async Task<LofteClient> ConnectAsync(ParseResult parsed, Surroundings around, CancellationToken cancellationToken)
    {
        var address = parsed.GetValue(url) is { } given ? Address(given)! : await FindAsync(around, cancellationToken);
        return new LofteClient(address, (takesToken ? parsed.GetValue(token) : null) ?? around.Setting("Lofte:Token"), around);
    }

    private static async Task<Uri> FindAsync(Surroundings around, CancellationToken cancellationToken)
    {
        var settings = LofteDatabaseSettings.Read(around.Setting);

        // A server with a database of its own leaves no run.json: one that lies there is another's, on another database.
        if (settings.Connection is null
            && await RunFile.ReadAsync(settings.DataFolder, cancellationToken) is { Url: { } url } && Address(url) is { } running)
        {
            return running;
        }

        if (settings.Connection is not null)
        {
            var configured = around.Setting("ASPNETCORE_URLS")?.Split(';')[0] ?? "http://localhost:5080";
            return Address(AnyHost().Replace(configured, "://localhost"))
                ?? throw new ServerUnreachableException(
                    $"ASPNETCORE_URLS is '{configured}', which is no address: name the server with --url.");
        }

        throw new ServerUnreachableException(
            $"No server runs on the data folder {Path.GetFullPath(settings.DataFolder)}: "
            + "start one with deploy/run, or name one with --url.");
    }

    /// <summary>How Kestrel says "on every interface".</summary>
    [GeneratedRegex(@"://(\*|\+|0\.0\.0\.0|\[::\])", RegexOptions.CultureInvariant)]
    private static partial Regex AnyHost();

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
}
