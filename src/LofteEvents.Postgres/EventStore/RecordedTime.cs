namespace LofteEvents.Postgres.EventStore;

/// <summary>PostgreSQL counts microseconds from the year 2000; .NET counts tenths of them from the year 1.</summary>
internal static class RecordedTime
{
    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>The time as the database keeps it: what is finer than a microsecond is cut off.</summary>
    public static DateTimeOffset InMicroseconds(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>From the binary form of <c>timestamptz</c>.</summary>
    public static DateTimeOffset FromDatabase(long microseconds) =>
        new(Epoch + (microseconds * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
