using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LofteEvents.Server.Hosting;

/// <summary>What the server tells OpenTelemetry. Ids and numbers only, never payloads.</summary>
internal static class ServerTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "LofteEvents.Server";

    internal static readonly ActivitySource Activities = new(Name);

    private const int MostCorrelations = 32;

    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> EventsTaken =
        Meter.CreateCounter<long>("lofte.intake.events", "{event}", "Events that intake took and stored.");

    internal static readonly Counter<long> EventsRepeated =
        Meter.CreateCounter<long>("lofte.intake.repeats", "{event}", "Events that intake had already recorded.");

    internal static readonly Counter<long> RequestsRefused =
        Meter.CreateCounter<long>("lofte.intake.refusals", "{request}", "Requests that intake refused, by their code.");

    internal static readonly Counter<long> DecidedAgain =
        Meter.CreateCounter<long>("lofte.intake.decided_again", "{attempt}", "Decisions made anew since the stream had changed.");

    internal static readonly UpDownCounter<int> FeedConnections =
        Meter.CreateUpDownCounter<int>("lofte.feed.connections", "{connection}", "Followers of promises.");

    /// <summary>Says which correlations a request's events carry, by the name that append and projection use too.</summary>
    public static void SetCorrelations(Activity? activity, IEnumerable<string?> correlations)
    {
        if (activity is { IsAllDataRequested: true }
            && correlations.OfType<string>().Distinct().Take(MostCorrelations).ToArray() is { Length: > 0 } some)
        {
            activity.SetTag("lofte.correlations", some);
        }
    }
}
