namespace LofteEvents.Postgres.Subjects;

/// <summary>The master keys are not as they must be; the message says what, where and what to do.</summary>
public sealed class MasterKeyException : Exception
{
    public MasterKeyException()
        : this("The master keys cannot be used.")
    {
    }

    public MasterKeyException(string message)
        : base(message)
    {
    }

    public MasterKeyException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
