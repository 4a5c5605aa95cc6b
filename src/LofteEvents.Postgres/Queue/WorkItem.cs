namespace LofteEvents.Postgres.Queue;

/// <summary>A piece of work as it is put in line.</summary>
/// <param name="Key">Names it for good: work with a key that is known is not put in line again. At most 500 characters.</param>
/// <param name="Kind">Says who does it; in kebab-case.</param>
/// <param name="Lane">Work of one lane is done one after the other, in the order in which it was put in line: the recipient of
/// a delivery, the case of an inner step. Not empty.</param>
/// <param name="Data">JSON in UTF-8: ids and words, no personal data.</param>
/// <param name="Position">The event that it follows from; 0 where it follows from none.</param>
/// <param name="NotBefore">Null to begin at once. Until then it holds nobody of its lane up.</param>
internal sealed record WorkItem(
    string Key, string Kind, string Lane, ReadOnlyMemory<byte> Data, long Position, DateTimeOffset? NotBefore = null);

/// <summary>Work that this process has the lease of.</summary>
/// <param name="Attempt">From 1, also counting those that nobody lived to tell of.</param>
/// <param name="IsLastAttempt">Where this one fails too, the work is given up.</param>
internal sealed record LeasedWork(
    long Id,
    string Key,
    string Kind,
    string Lane,
    ReadOnlyMemory<byte> Data,
    long Position,
    int Attempt,
    bool IsLastAttempt,
    DateTimeOffset QueuedAt);

/// <summary>What became of an attempt.</summary>
internal abstract record WorkOutcome
{
    private WorkOutcome()
    {
    }

    public static WorkOutcome Finished { get; } = new Done();

    /// <summary>It is done, for good.</summary>
    public sealed record Done : WorkOutcome;

    /// <summary>It did not succeed and may later: tried again after a while, or given up when it was the last
    /// attempt.</summary>
    /// <param name="Reason">For an operator: what happened, without personal data.</param>
    /// <param name="RetryAfter">What the other side asked for; null for the usual wait.</param>
    public sealed record Failed(string Reason, TimeSpan? RetryAfter = null) : WorkOutcome;

    /// <summary>Trying again cannot help: given up at once.</summary>
    public sealed record Hopeless(string Reason) : WorkOutcome;

    /// <summary>Nothing was tried, through no fault of the work (the database is away): the attempt does not count.</summary>
    public sealed record GivenBack(string Reason) : WorkOutcome;
}
