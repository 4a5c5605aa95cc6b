using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using LofteEvents.Cli.Http;
using LofteEvents.Postgres;
using LofteEvents.Postgres.Embedded;
using LofteEvents.Postgres.Projections;
using Npgsql;

namespace LofteEvents.Cli;

/// <summary><c>lofte check</c>: is everything here that the system needs, and what to do where it is not.</summary>
internal static class Check
{
    private const long LittleSpaceBytes = 1L << 30;
    private const int OldestPostgres = 15;

    // Projections follow within milliseconds; a lag of this age is no longer a matter of waiting.
    private const double OldLagSeconds = 60;

    public static Command Command(Surroundings around)
    {
        var server = new ServerOptions(takesToken: false);
        var json = Json.Option();
        var command = new Command(
            "check",
            "Look at all that the system needs, and say what to do where it is lacking. Exit code 3 when only the schema "
            + "differs.");
        server.AddTo(command);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var findings = await LookAsync(parsed, server, around, cancellationToken);
            if (parsed.GetValue(json))
            {
                around.WriteJson(new CheckAnswer(findings), CheckJson.Default.CheckAnswer);
            }
            else
            {
                foreach (var line in Lines(findings, around))
                {
                    around.Output.WriteLine(line);
                }
            }

            var faults = findings.Where(finding => finding.Result == CheckFinding.Fault).ToList();
            return faults.Count == 0 ? ExitCode.Done
                : faults.TrueForAll(fault => fault.What == "schema") ? ExitCode.Difference
                : ExitCode.Failed;
        });
        return command.WithExamples("lofte check", "lofte check --json", "ConnectionStrings__Lofte='Host=…' lofte check");
    }

    private static async Task<IReadOnlyList<CheckFinding>> LookAsync(
        ParseResult parsed, ServerOptions server, Surroundings around, CancellationToken cancellationToken)
    {
        var settings = LofteDatabaseSettings.Read(around.Setting);
        var findings = new List<CheckFinding> { TimeZones(), DataFolderOf(settings.DataFolder) };

        // The server is asked first: it may be what runs the database.
        var answering = await ServerAsync(parsed, server, around, cancellationToken);
        findings.AddRange(await DatabaseAsync(around, answering.Result == CheckFinding.Ok, cancellationToken));
        findings.Add(answering);
        return findings;
    }

    private static CheckFinding TimeZones() =>
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Stockholm", out _)
            ? CheckFinding.IsOk("time zones", "Europe/Stockholm is known")
            : CheckFinding.IsFault("time zones", "Europe/Stockholm is unknown, so no day can be told: install tzdata");

    private static CheckFinding DataFolderOf(string path)
    {
        var full = Path.GetFullPath(path);
        if (!Directory.Exists(full))
        {
            return CheckFinding.IsWarning("data folder", $"{full} does not exist yet; the first start makes it");
        }

        try
        {
            using var probe = new FileStream(
                Path.Combine(full, $".check-{Environment.ProcessId}"),
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Options = FileOptions.DeleteOnClose,
                });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return CheckFinding.IsFault(
                "data folder", $"{full} cannot be written ({error.Message}): set Lofte__Data to a folder of this user's");
        }

        var free = new DriveInfo(full).AvailableFreeSpace;
        var space = string.Create(CultureInfo.InvariantCulture, $"{free / (double)LittleSpaceBytes:0.0} GiB free");
        return free < LittleSpaceBytes
            ? CheckFinding.IsWarning("data folder", $"{full} has little space left ({space}): make room before it is full")
            : CheckFinding.IsOk("data folder", $"{full} can be written, {space}");
    }

    private static async Task<IReadOnlyList<CheckFinding>> DatabaseAsync(
        Surroundings around, bool hasServer, CancellationToken cancellationToken)
    {
        try
        {
            await using var database = await around.OpenDatabaseAsync(cancellationToken);
            var postgres = await PostgresAsync(database, cancellationToken);
            var differences = await Schema.DifferencesAsync(database, cancellationToken);
            var schema = differences.Count == 0
                ? CheckFinding.IsOk("schema", "is this version's")
                : CheckFinding.IsFault(
                    "schema",
                    $"differs in {differences.Count} places: see 'lofte schema assert', run 'lofte schema apply' as its owner");
            return differences.Count > 0
                ? [postgres, schema]
                : [postgres, schema, .. await ProjectionsAsync(database, hasServer, cancellationToken)];
        }
        catch (EmbeddedPostgresException error)
        {
            return [CheckFinding.IsFault("PostgreSQL", error.Message)];
        }
        catch (NpgsqlException error)
        {
            return
            [
                CheckFinding.IsFault(
                    "PostgreSQL",
                    $"does not answer as it should ({error.Message}): see that it runs, and ConnectionStrings__Lofte"),
            ];
        }
    }

    private static async Task<CheckFinding> PostgresAsync(LofteDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.App.OpenConnectionAsync(cancellationToken);
        var version = connection.PostgreSqlVersion;
        var where = database.IsEmbedded ? "embedded" : $"{connection.Host}:{connection.Port}, database {connection.Database}";
        return version.Major < OldestPostgres
            ? CheckFinding.IsFault("PostgreSQL", $"is version {version} ({where}); version {OldestPostgres} or newer is needed")
            : CheckFinding.IsOk("PostgreSQL", $"version {version} answers ({where})");
    }

    private static async Task<IEnumerable<CheckFinding>> ProjectionsAsync(
        LofteDatabase database, bool hasServer, CancellationToken cancellationToken)
    {
        var states = await new ProjectionStates(database.App).ReadAsync(cancellationToken);
        return states.Select(state => state switch
        {
            { Stop: { } stop } => CheckFinding.IsFault(
                state.Name, $"stopped at position {stop.Position}, {stop.Type}: {stop.Reason}. Put it right, then rebuild it"),
            { LagEvents: 0 } => CheckFinding.IsOk(state.Name, $"is up to date at position {state.Position}"),
            _ when !hasServer => CheckFinding.IsWarning(
                state.Name, $"waits for {state.LagEvents} events; it catches up when the server runs"),
            { LagSeconds: > OldLagSeconds } => CheckFinding.IsFault(
                state.Name, $"has been behind by {state.LagEvents} events for {state.LagSeconds:0} s: look at the server's log"),
            _ => CheckFinding.IsWarning(state.Name, $"is behind by {state.LagEvents} events and moving"),
        });
    }

    private static async Task<CheckFinding> ServerAsync(
        ParseResult parsed, ServerOptions server, Surroundings around, CancellationToken cancellationToken)
    {
        try
        {
            using var client = await server.ConnectAsync(parsed, around, cancellationToken);
            var health = await client.ReadyAsync(cancellationToken);
            var failing = (health?.Checks ?? []).Where(check => check.Status != "healthy")
                .Select(check => $"{check.Name} is {check.Status}{(check.Detail is null ? "" : $" ({check.Detail})")}");
            return health?.Status switch
            {
                "healthy" => CheckFinding.IsOk("server", $"{client.Address} is ready"),
                "degraded" => CheckFinding.IsWarning("server", $"{client.Address} serves, but {string.Join(", ", failing)}"),
                null => CheckFinding.IsFault("server", $"{client.Address} is no LofteEvents server: name one with --url"),
                _ => CheckFinding.IsFault("server", $"{client.Address} is not ready: {string.Join(", ", failing)}"),
            };
        }
        catch (ServerUnreachableException error)
        {
            // That no server runs is a state like another, unless one was named.
            return server.IsNamed(parsed)
                ? CheckFinding.IsFault("server", error.Message)
                : CheckFinding.IsWarning("server", error.Message);
        }
    }

    private static IEnumerable<string> Lines(IReadOnlyList<CheckFinding> findings, Surroundings around)
    {
        var table = new TextTable("result", "what", "how it is");
        foreach (var finding in findings)
        {
            var tone = finding.Result switch
            {
                CheckFinding.Ok => Tone.Good,
                CheckFinding.Warning => Tone.Doubtful,
                _ => Tone.Bad,
            };
            table.Add(new Cell(finding.Result, tone), finding.What, finding.Sentence);
        }

        return table.Lines(around.Width, around.UsesColour);
    }
}

internal sealed record CheckAnswer(IReadOnlyList<CheckFinding> Checks);

/// <param name="Result"><c>ok</c>, <c>warning</c> or <c>fault</c>.</param>
internal sealed record CheckFinding(string Result, string What, string Sentence)
{
    public const string Ok = "ok";
    public const string Warning = "warning";
    public const string Fault = "fault";

    public static CheckFinding IsOk(string what, string sentence) => new(Ok, what, sentence);

    public static CheckFinding IsWarning(string what, string sentence) => new(Warning, what, sentence);

    public static CheckFinding IsFault(string what, string sentence) => new(Fault, what, sentence);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CheckAnswer))]
internal sealed partial class CheckJson : JsonSerializerContext;
