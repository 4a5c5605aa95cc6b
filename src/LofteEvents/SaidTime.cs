using System.Globalization;

namespace LofteEvents;

/// <summary>A time as a sentence tells it: with its offset, such as 2018-12-20T18:00:00+01:00, without idle digits.</summary>
internal static class SaidTime
{
    public static string Told(this DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH':'mm':'ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
