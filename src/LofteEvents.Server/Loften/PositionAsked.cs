using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Errors;

namespace LofteEvents.Server.Loften;

/// <summary>Which position a read rests on.</summary>
/// <param name="AsOf">Null for a live read: the newest that the projection has.</param>
internal sealed record PositionAsked(long? AsOf);

/// <summary>Turns the times of a query into a position, and waits a little for a projection that is behind.</summary>
internal sealed class PositionResolver(IEventStore store, ProjectionPositions positions, TimeProvider clock)
{
    /// <summary>How long a read waits for the projection.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>By how much a caller's clock may run ahead of ours before what was known "then" is not yet known.</summary>
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromMinutes(1);

    /// <returns>The position, or the problem to answer.</returns>
    public async Task<(PositionAsked? Position, Problem? Fault)> ResolveAsync(
        WhenAsked asked, IReadOnlyList<string> projections, CancellationToken cancellationToken)
    {
        var asOf = asked.AsOfPosition;
        if (asked.AsOfTime is { } time)
        {
            if (time > clock.GetUtcNow() + s_clockTolerance)
            {
                const string Future = "The time lies in the future: what will be known then is not yet known.";
                return (null, Problems.BadQuery("asOf", Future));
            }

            asOf = await store.PositionAtAsync(time, cancellationToken);
        }
        else if (asOf is { } position && position > projections.Max(positions.Current)
            && await store.HeadAsync(cancellationToken) is var head && position > head)
        {
            return (null, Problems.BadQuery("asOf", $"Position {position} is not reached yet: the newest event is at {head}."));
        }

        var least = Math.Max(asOf ?? 0, asked.MinPosition ?? 0);
        foreach (var projection in projections)
        {
            if (!await positions.WaitForAsync(projection, least, s_patience, cancellationToken))
            {
                return (null, Behind(projection, least, positions.Current(projection)));
            }
        }

        return (new PositionAsked(asOf), null);
    }

    private static Problem Behind(string projection, long asked, long reached) => new(
        503,
        "projection.behind",
        "The projection is behind",
        $"{projection} has applied the log up to position {reached} and not yet up to {asked}. "
        + "Ask again after the time in Retry-After.")
    {
        RetryAfter = s_patience,
    };
}
