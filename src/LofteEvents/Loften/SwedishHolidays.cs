namespace LofteEvents.Loften;

/// <summary>
/// The public holidays of Sweden other than plain Sundays, by lagen (1989:253) om allmänna helgdagar: the sixth of June since
/// 2005, before that Whit Monday.
/// </summary>
internal static class SwedishHolidays
{
    private const int FirstNationalDay = 2005;

    public static bool IsHoliday(DateOnly day) =>
        day is { Month: 1, Day: 1 or 6 } or { Month: 5, Day: 1 } or { Month: 12, Day: 25 or 26 }
        || (day is { Month: 6, Day: 6 } && day.Year >= FirstNationalDay)
        || (day.DayNumber - Easter(day.Year).DayNumber) is -2 or 0 or 1 or 39 or 49
        || (day.DayNumber - Easter(day.Year).DayNumber == 50 && day.Year < FirstNationalDay)
        || IsMidsummer(day)
        || IsAllSaints(day);

    /// <summary>Midsummer, Christmas and New Year's Eve: days off for most, but no public holidays by that law.</summary>
    public static bool IsEve(DateOnly day) => day is { Month: 12, Day: 24 or 31 } || IsMidsummer(day.AddDays(1));

    /// <summary>The Saturday from 20 to 26 June.</summary>
    private static bool IsMidsummer(DateOnly day) => day is { Month: 6, Day: >= 20 and <= 26, DayOfWeek: DayOfWeek.Saturday };

    /// <summary>The Saturday from 31 October to 6 November.</summary>
    private static bool IsAllSaints(DateOnly day) =>
        day.DayOfWeek is DayOfWeek.Saturday && day is { Month: 10, Day: 31 } or { Month: 11, Day: <= 6 };

    /// <summary>Easter Sunday of the Gregorian calendar, by the anonymous algorithm that Nature published in 1876.</summary>
    internal static DateOnly Easter(int year)
    {
        var golden = year % 19;
        var (century, ofCentury) = Math.DivRem(year, 100);
        var (leaps, afterLeap) = Math.DivRem(century, 4);
        var correction = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + century - leaps - correction + 15) % 30;
        var weekday = (32 + (2 * afterLeap) + (2 * (ofCentury / 4)) - epact - (ofCentury % 4)) % 7;
        var late = (golden + (11 * epact) + (22 * weekday)) / 451;
        var (month, day) = Math.DivRem(epact + weekday - (7 * late) + 114, 31);
        return new DateOnly(year, month, day + 1);
    }
}
