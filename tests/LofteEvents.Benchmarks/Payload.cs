using System.Globalization;

namespace LofteEvents.Benchmarks;

/// <summary>What every measured event says: an ordinary insats, about 400 bytes.</summary>
internal static class Payload
{
    public const string Type = "insats.carried-out.v1";

    public const string Data =
        """
        {"kind":"youth-narcotics","title":"Riktad insats mot narkotika bland unga","organiser":"norrmalm",
        "place":{"area":"norrmalm","name":"Sergels torg"},"from":"2018-03-16T18:00:00+01:00","to":"2018-03-17T01:30:00+01:00",
        "parties":[{"name":"polis","role":"lead"}],"targetGroup":"youth","tags":["riktad"],"minorsEncountered":3,"hours":42,
        "results":{"checks":35,"reports":4},"caseNumber":"5000-K000000-18"}
        """;

    private const int StreamsADay = 1000;

    private static readonly DateTime FirstDay = new(2018, 1, 1);

    public const string Headers =
        """{"source":"urn:lofte:demo","id":"2018-03-16-sergels-torg","time":"2018-03-16T17:00:00+00:00","actor":"publisher"}""";

    /// <summary>A new stream's name, such as people choose them: the day, and what tells it from the day's others.</summary>
    /// <param name="number">How many were named before.</param>
    public static string Stream(long number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"insats/{FirstDay.AddDays(number / StreamsADay):yyyy-MM-dd}-{Random.Shared.Next():x8}");
}
