namespace LofteEvents.Server.Hosting;

/// <summary>Says why the server does not start, before there is a host that could log it.</summary>
internal static partial class StartRefusal
{
    /// <summary>The process's exit code for settings that cannot be used.</summary>
    public const int WrongUse = 2;

    /// <summary>The process's exit code where the settings are right but what they name cannot be had.</summary>
    public const int Failed = 1;

    public static int Say(IReadOnlyList<string> faults, int exitCode)
    {
        using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
        var log = logging.CreateLogger("LofteEvents.Server");
        foreach (var fault in faults)
        {
            LogFault(log, fault);
        }

        return exitCode;
    }

    [LoggerMessage(LogEvents.NotStarted, LogLevel.Critical, "{Fault}")]
    private static partial void LogFault(ILogger log, string fault);
}
