using System.Globalization;

namespace LofteEvents.Loften;

/// <summary>How days are written wherever they are data: <c>2018-03-16</c>.</summary>
internal static class Days
{
    public static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    public static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
