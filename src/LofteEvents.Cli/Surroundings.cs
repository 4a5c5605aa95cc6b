using System.Text;

namespace LofteEvents.Cli;

/// <summary>What a command sees of the world: that of its process, or that of a test.</summary>
internal sealed class Surroundings
{
    private const int WidthWithoutTerminal = 80;
    private const int WidestTable = 110;

    public required Stream Input { get; init; }

    /// <summary>Data and nothing else.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Narration, progress and faults.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>An environment variable; null where it is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of a table.</summary>
    public int Width { get; init; } = WidthWithoutTerminal;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What carries requests to the server.</summary>
    public Func<HttpMessageHandler> Transport { get; init; } = Sockets;

    /// <summary>No colour where it is not wanted (https://no-color.org) or would end up in a file.</summary>
    public bool UsesColour => OutputIsTerminal && string.IsNullOrEmpty(Environment("NO_COLOR")) && Environment("TERM") != "dumb";

    /// <summary>Who acts, as an event's headers have it: the account that runs the command, not a token's holder.</summary>
    public string Actor => $"cli:{Environment("USER") ?? "unknown"}";

    public static Surroundings OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Surroundings
        {
            Input = Console.OpenStandardInput(),
            Output = new StreamWriter(Console.OpenStandardOutput(), utf8, bufferSize: 64 * 1024),
            Error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true },
            Environment = System.Environment.GetEnvironmentVariable,
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Width = Console.IsOutputRedirected ? WidthWithoutTerminal : Math.Min(Console.WindowWidth, WidestTable),
        };
    }

    public static HttpMessageHandler Sockets() =>
        new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), AllowAutoRedirect = false };

    /// <summary>A setting by its configuration key (<c>Lofte:Data</c>), from the environment (<c>Lofte__Data</c>).</summary>
    public string? Setting(string key) =>
        Environment(key.Replace(":", "__", StringComparison.Ordinal)) is { } value && !string.IsNullOrWhiteSpace(value)
            ? value.Trim()
            : null;
}
