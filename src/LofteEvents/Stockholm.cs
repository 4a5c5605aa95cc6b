namespace LofteEvents;

/// <summary>Days and clock times as they are in Sweden: what happened counts on its day in Europe/Stockholm.</summary>
public static class Stockholm
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Zone).DateTime);

    /// <summary>The same instant as the clocks there show it.</summary>
    public static DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone);

    /// <summary>
    /// The first instant at which the clocks show a time on a day. A time that the change to summer time skips is taken as much
    /// later as the clocks are moved.
    /// </summary>
    public static DateTimeOffset FirstInstant(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : OffsetOf(local);
        return new DateTimeOffset(local, offset);
    }

    /// <summary>
    /// The last instant at which they do: it differs from the first in the hour that the end of summer time repeats.
    /// </summary>
    public static DateTimeOffset LastInstant(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Min() : OffsetOf(local);
        return new DateTimeOffset(local, offset);
    }

    private static TimeSpan OffsetOf(DateTime local) =>
        Zone.IsInvalidTime(local) ? Zone.GetUtcOffset(local.AddHours(-1)) : Zone.GetUtcOffset(local);
}
