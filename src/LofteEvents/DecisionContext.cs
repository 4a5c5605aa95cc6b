namespace LofteEvents;

/// <summary>What a decision may know beside the stream's own history, looked up before it is called.</summary>
/// <param name="Now">When the event is being recorded; for imported history its recorded time.</param>
/// <param name="Areas">The areas of the deployment.</param>
public sealed record DecisionContext(DateTimeOffset Now, Areas Areas)
{
    /// <summary>
    /// The event brings personal data, which is stored apart from it, and other data than the stream has of the same person.
    /// </summary>
    public bool SealedIsNew { get; init; }

    /// <summary>By how much a publisher's clock may run ahead of ours before "happened" means "will happen".</summary>
    public static TimeSpan ClockTolerance { get; } = TimeSpan.FromMinutes(5);

    /// <summary>True for what cannot have happened yet.</summary>
    internal bool IsAhead(DateTimeOffset time) => time > Now + ClockTolerance;

    /// <summary>True for a day that has not begun in Stockholm.</summary>
    internal bool IsAhead(DateOnly day) => day > Stockholm.DayOf(Now + ClockTolerance);
}
