namespace LofteEvents.Cli;

/// <summary>What a command answers the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;

    /// <summary>The command line, or a file that it names, cannot be used as it is.</summary>
    public const int WrongUse = 2;

    /// <summary>A check found a difference.</summary>
    public const int Difference = 3;
    public const int NotFound = 4;

    /// <summary>A rule of the domain said no.</summary>
    public const int Refused = 5;

    /// <summary>Ctrl-C: 128 + SIGINT.</summary>
    public const int Cancelled = 130;
}
