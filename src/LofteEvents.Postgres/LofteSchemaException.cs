namespace LofteEvents.Postgres;

/// <summary>The database's schema is not, and could not be made, the one that this version needs.</summary>
public sealed class LofteSchemaException : Exception
{
    public LofteSchemaException()
        : this("The database's schema is not the one that this version needs.", [])
    {
    }

    public LofteSchemaException(string message)
        : this(message, [])
    {
    }

    public LofteSchemaException(string message, Exception? innerException)
        : this(message, [], innerException)
    {
    }

    public LofteSchemaException(string sentence, IReadOnlyList<string> differences, Exception? innerException = null)
        : base(differences.Count == 0 ? sentence : $"{sentence}\n{string.Join('\n', differences)}", innerException)
    {
        Differences = differences;
    }

    /// <summary>One line each: the object, then what is missing in the database or should not be there.</summary>
    public IReadOnlyList<string> Differences { get; }
}
