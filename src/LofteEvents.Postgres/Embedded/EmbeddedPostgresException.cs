namespace LofteEvents.Postgres.Embedded;

/// <summary>
/// The embedded PostgreSQL cannot be had on this machine as it is; the message says what, where and what to do.
/// </summary>
public sealed class EmbeddedPostgresException : Exception
{
    public EmbeddedPostgresException()
        : this("The embedded PostgreSQL cannot be started.")
    {
    }

    public EmbeddedPostgresException(string message)
        : base(message)
    {
    }

    public EmbeddedPostgresException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
