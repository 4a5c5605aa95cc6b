namespace LofteEvents.Postgres.Queue;

/// <summary>How a process works the queue off.</summary>
public sealed record WorkerOptions
{
    /// <summary>So much is worked on at once, by one process.</summary>
    public int Concurrency { get; init; } = 32;

    /// <summary>How long a worker that has died holds its work up. An attempt is stopped when three quarters of it are over, so
    /// that its outcome can still be written.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts until work is given up: with the waits between them, six hours or so.</summary>
    public int Attempts { get; init; } = 16;

    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often the queue is looked at though nobody has called.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a worker that is told to stop lets what it has begun come to its end.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromSeconds(10);

    internal TimeSpan AttemptTime => Lease * 0.75;

    /// <summary>
    /// The wait behind an attempt: doubled each time, and half of it left to chance, so that what failed together does not come
    /// again together.
    /// </summary>
    /// <param name="chance">From 0 to 1.</param>
    internal TimeSpan WaitAfter(int attempt, double chance)
    {
        var doubled = FirstWait * Math.Pow(2, Math.Min(attempt - 1, 30));
        return (doubled < LongestWait ? doubled : LongestWait) * (0.5 + (chance / 2));
    }
}
