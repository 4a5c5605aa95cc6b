using LofteEvents.Evaluations;
using LofteEvents.Postgres.Evaluations;
using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Errors;
using LofteEvents.Server.Loften;
using Microsoft.Extensions.Caching.Memory;

namespace LofteEvents.Server.Evaluations;

/// <summary>Reads evaluations, and keeps the last for as long as nobody asks for many others.</summary>
internal sealed class EvaluationReader(
    EvaluationReads evaluations, LofteReads loften, PositionResolver resolver, ProjectionPositions positions, TimeProvider clock)
    : IDisposable
{
    private const int MostKept = 64;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <returns>The evaluation; a fault where the times cannot be read or met; neither where there is no such promise.</returns>
    public async Task<(PublishedEvaluation? Evaluation, Problem? Fault)> ReadAsync(string id, HttpContext context)
    {
        if (WhenAsked.Read(context.Request.Query, clock, out var fault) is not { } asked)
        {
            return (null, fault);
        }

        var (position, behind) = await resolver.ResolveAsync(asked, [ProjectionNames.LofteStatus], context.RequestAborted);
        if (behind is not null)
        {
            return (null, behind);
        }

        var at = await PointAsync(asked, position!, context.RequestAborted);
        return (await ReadAsync(id, at, context.RequestAborted), null);
    }

    public async Task<PublishedEvaluation?> ReadAsync(string id, EvaluationPoint at, CancellationToken cancellationToken)
    {
        var key = (id, at.Position, at.On);
        if (_kept.Get<PublishedEvaluation>(key) is { } kept)
        {
            return kept;
        }

        var evaluation = await evaluations.ReadAsync(id, at, cancellationToken);
        if (evaluation?.Tree is not null)
        {
            // What is not sealed yet will be, and is told otherwise then.
            _kept.Set(key, evaluation, new MemoryCacheEntryOptions { Size = 1 });
        }

        return evaluation;
    }

    public void Dispose() => _kept.Dispose();

    /// <summary>What was known at a time is judged on that time's day, so that the same question has the same answer
    /// tomorrow.</summary>
    private async Task<EvaluationPoint> PointAsync(
        WhenAsked asked, PositionAsked position, CancellationToken cancellationToken)
    {
        var reached = position.AsOf ?? positions.Current(ProjectionNames.LofteStatus);
        var recordedAt = await loften.RecordedAtAsync(reached, cancellationToken);
        var on = asked.OnGiven || asked.IsLive ? asked.On
            : (asked.AsOfTime ?? recordedAt) is { } then ? Stockholm.DayOf(then)
            : asked.On;
        return new EvaluationPoint(reached, recordedAt, on);
    }
}
