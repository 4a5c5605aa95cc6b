using System.Globalization;
using LofteEvents.Server.Errors;

namespace LofteEvents.Server.Loften;

/// <summary>The two times of a read, as the query says them.</summary>
/// <param name="On">The day that is judged, inclusive.</param>
/// <param name="OnGiven">False where <paramref name="On"/> is today, because the query does not name a day.</param>
/// <param name="AsOfTime">What was known at a recorded time; null where the query names none.</param>
/// <param name="AsOfPosition">What was known at a position; null where the query names none.</param>
/// <param name="MinPosition">The answer must rest on at least this position.</param>
internal sealed record WhenAsked(DateOnly On, bool OnGiven, DateTimeOffset? AsOfTime, long? AsOfPosition, long? MinPosition)
{
    public bool IsLive => AsOfTime is null && AsOfPosition is null;

    /// <summary>Reads <c>on</c>, <c>asOf</c> and <c>minPosition</c>, or says which of them cannot be read.</summary>
    public static WhenAsked? Read(IQueryCollection query, TimeProvider clock, out Problem? fault)
    {
        fault = null;
        var on = Stockholm.DayOf(clock.GetUtcNow());
        DateTimeOffset? time = null;
        long? position = null;
        long? minPosition = null;
        if (Given(query, "on") is { } day
            && !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out on))
        {
            fault = Problems.BadQuery("on", $"'{Shown(day)}' is no day. Write it as yyyy-MM-dd, such as 2018-10-01.");
        }
        else if (Given(query, "asOf") is { } asOf && !TryReadAsOf(asOf, out time, out position))
        {
            fault = Problems.BadQuery(
                "asOf",
                $"'{Shown(asOf)}' is neither a time with offset, such as 2018-10-01T12:00:00Z (in a query a plus sign is written "
                + "%2B), nor a position, such as @1234.");
        }
        else if (Given(query, "minPosition") is { } least)
        {
            minPosition = Position(least);
            fault = minPosition is null
                ? Problems.BadQuery(
                    "minPosition", $"'{Shown(least)}' is no position. Give a whole number from 0, as an append answered it.")
                : null;
        }

        return fault is null ? new WhenAsked(on, Given(query, "on") is not null, time, position, minPosition) : null;
    }

    /// <summary>A recorded time with offset, or <c>@</c> and a position.</summary>
    public static bool TryReadAsOf(string text, out DateTimeOffset? time, out long? position)
    {
        (time, position) = (null, null);
        if (text[0] == '@')
        {
            position = Position(text.AsSpan(1));
            return position is not null;
        }

        // Without an offset a time would mean the server's, wherever it stands.
        if (!text.EndsWith('Z') && !(text.Length > 6 && text[^3] == ':' && text[^6] is '+' or '-'))
        {
            return false;
        }

        time = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)
            ? read.ToUniversalTime()
            : null;
        return time is not null;
    }

    private static long? Position(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;

    private static string? Given(IQueryCollection query, string name) =>
        query[name].ToString() is { Length: > 0 } text ? text : null;

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
