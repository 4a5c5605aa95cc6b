using System.Globalization;

namespace LofteEvents.Server.Intake;

/// <summary>
/// CloudEvents timestamps, RFC 3339 §5.6: always with an offset. Kept in UTC to a tenth of a microsecond; finer digits, which
/// some platforms write, are cut off. A leap second is refused, since neither .NET nor PostgreSQL can hold one.
/// </summary>
internal static class Timestamp
{
    private const int FinestDigits = 7;

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 20 || text[10] is not ('T' or 't') || !TryParseLocal(text, out var local))
        {
            return false;
        }

        var rest = text[19..];
        if (rest[0] == '.' && !TryTakeFraction(ref rest, ref local))
        {
            return false;
        }

        if (!TryParseOffset(rest, out var offset) || !IsInRange(local, offset))
        {
            return false;
        }

        time = new DateTimeOffset(local, offset).ToUniversalTime();
        return true;
    }

    /// <summary>The same instant always in the same text.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static bool TryParseLocal(ReadOnlySpan<char> text, out DateTime local)
    {
        var culture = CultureInfo.InvariantCulture;
        if (!DateTime.TryParseExact(text[..10], "yyyy-MM-dd", culture, DateTimeStyles.None, out local)
            || !TimeOnly.TryParseExact(text[11..19], "HH:mm:ss", culture, DateTimeStyles.None, out var clock))
        {
            return false;
        }

        local += clock.ToTimeSpan();
        return true;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<char> rest, ref DateTime local)
    {
        var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
        if (digits < 1)
        {
            return false;
        }

        var ticks = 0L;
        for (var i = 0; i < FinestDigits; i++)
        {
            ticks = (ticks * 10) + (i < digits ? rest[1 + i] - '0' : 0);
        }

        local = local.AddTicks(ticks);
        rest = rest[(digits + 1)..];
        return true;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-')
            || !TimeOnly.TryParseExact(text[1..], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var size))
        {
            return false;
        }

        offset = text[0] == '-' ? -size.ToTimeSpan() : size.ToTimeSpan();
        return true;
    }

    /// <summary>.NET takes offsets up to 14 hours, and the years 1 to 9999 in UTC.</summary>
    private static bool IsInRange(DateTime local, TimeSpan offset) =>
        offset.Duration() <= TimeSpan.FromHours(14)
        && local.Ticks - offset.Ticks >= DateTime.MinValue.Ticks && local.Ticks - offset.Ticks <= DateTime.MaxValue.Ticks;
}
