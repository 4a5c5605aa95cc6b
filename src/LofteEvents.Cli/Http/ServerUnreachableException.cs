namespace LofteEvents.Cli.Http;

/// <summary>No server is known, nothing that speaks HTTP is where it should be, or it went away and did not come back.</summary>
internal sealed class ServerUnreachableException : Exception
{
    public ServerUnreachableException(string message)
        : base(message)
    {
    }

    public ServerUnreachableException(Uri address, Exception cause)
        : base(
            $"No server answers at {address.GetLeftPart(UriPartial.Authority)} ({Innermost(cause).Message}): "
            + "start it with deploy/run, or name another with --url.",
            cause)
    {
    }

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
