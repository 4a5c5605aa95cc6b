using System.Text;
using LofteEvents.Cli;
using LofteEvents.Tests.Server;

namespace LofteEvents.Tests.Cli;

/// <summary>The command line run inside the test, with what it says kept apart.</summary>
internal sealed class Lofte
{
    // Not the checkout's own folder, on which somebody's server may be running.
    private readonly Dictionary<string, string> environment = new()
    {
        ["Lofte__Data"] = Path.Combine(Path.GetTempPath(), $"lofte-tests-nothing-here-{Environment.ProcessId}"),
    };

    public bool IsTerminal { get; init; }

    public string Input { get; init; } = "";

    public Func<HttpMessageHandler>? Transport { get; init; }

    /// <summary>A command line that knows of no server and no database.</summary>
    public static Lofte Alone => new();

    /// <summary>A command line beside a running server, as it is configured where the database is not embedded.</summary>
    public static Lofte Beside(LofteServer server) => Alone
        .With("ConnectionStrings__Lofte", server.Database.ConnectionString)
        .With("ConnectionStrings__LofteOwner", server.Database.OwnerConnectionString)
        .With("ASPNETCORE_URLS", server.Anonymous().BaseAddress!.ToString());

    public Lofte With(string variable, string value)
    {
        environment[variable] = value;
        return this;
    }

    public async Task<Ran> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var around = new Surroundings
        {
            Input = new MemoryStream(Encoding.UTF8.GetBytes(Input)),
            Output = output,
            Error = error,
            Environment = environment.GetValueOrDefault,
            OutputIsTerminal = IsTerminal,
            ErrorIsTerminal = IsTerminal,
            Transport = Transport ?? Surroundings.Sockets,
        };
        var exitCode = await LofteCli.RunAsync(args, around, cancellationToken);
        return new Ran(exitCode, output.ToString(), error.ToString());
    }

    public Task<Ran> RunAsync(string words) => RunAsync(words.Split(' '), TestContext.Current.CancellationToken);
}

internal sealed record Ran(int ExitCode, string Output, string Error)
{
    /// <summary>With everything that was said, where the exit code is another.</summary>
    public Ran ShouldExitWith(int expected)
    {
        ExitCode.ShouldBe(expected, $"stdout:\n{Output}\nstderr:\n{Error}");
        return this;
    }
}

/// <summary>A file for one test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lofte-cli-");

    public TemporaryFile(string name, string text)
        : this(name, Encoding.UTF8.GetBytes(text))
    {
    }

    public TemporaryFile(string name, byte[] bytes)
    {
        Path = System.IO.Path.Combine(folder.FullName, name);
        File.WriteAllBytes(Path, bytes);
    }

    public string Path { get; }

    public void Dispose() => folder.Delete(recursive: true);
}
