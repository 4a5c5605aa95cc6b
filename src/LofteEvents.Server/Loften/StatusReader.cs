using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;
using Microsoft.Extensions.Caching.Memory;

namespace LofteEvents.Server.Loften;

/// <summary>
/// Judges promises. A judged promise is kept for as long as neither its document nor the day changes, so a live read does not
/// grow with the log.
/// </summary>
internal sealed class StatusReader(LofteReads loften, EvidenceReads evidence, ProjectionPositions positions, TimeProvider clock)
    : IDisposable
{
    private const int MostKept = 2_000;

    /// <summary>So long at most does a live answer go by what this process has heard of the projection.</summary>
    private static readonly TimeSpan s_looksAgainAfter = TimeSpan.FromSeconds(10);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <returns>Null where there is no such promise, or was none then.</returns>
    public async Task<JudgedStatus?> ReadAsync(
        string id, PositionAsked position, DateOnly on, CancellationToken cancellationToken)
    {
        var key = (id, position.AsOf, on);
        var kept = _kept.Get<JudgedStatus>(key);
        if (kept is not null && IsFresh(kept, position))
        {
            return kept;
        }

        var snapshot = position.AsOf is { } asOf
            ? await loften.AsOfAsync(id, asOf, cancellationToken)
            : await loften.LiveAsync(id, cancellationToken);
        if (snapshot is null)
        {
            return null;
        }

        var answer = kept is not null && kept.Snapshot.Version == snapshot.Version
            ? kept.Answer with { Position = snapshot.Position, AsOf = snapshot.RecordedAt }
            : await JudgeAsync(snapshot, on, cancellationToken);
        return _kept.Set(
            key, new JudgedStatus(snapshot, answer, clock.GetUtcNow()), new MemoryCacheEntryOptions { Size = 1 });
    }

    public void Dispose() => _kept.Dispose();

    private bool IsFresh(JudgedStatus kept, PositionAsked position) =>
        position.AsOf is not null
        || (kept.Answer.Position >= positions.Current(ProjectionNames.LofteStatus)
            && clock.GetUtcNow() - kept.ReadAt < s_looksAgainAfter);

    private async Task<StatusAnswer> JudgeAsync(LofteSnapshot snapshot, DateOnly on, CancellationToken cancellationToken)
    {
        var judged = JudgeLofte.Judge(snapshot.Status, on);
        var facts = new List<IReadOnlyList<CountedFact>>();
        foreach (var commitment in judged.Commitments)
        {
            facts.Add(await NewestAsync(snapshot, commitment, on, cancellationToken));
        }

        var events = await evidence.EventsAsync(
            facts.SelectMany(list => list).Select(fact => fact.Position).ToHashSet(), cancellationToken);
        return new StatusAnswer(
            judged.Lofte,
            on,
            snapshot.RecordedAt,
            snapshot.Position,
            judged.Phase,
            [.. judged.Commitments.Zip(facts, (commitment, newest) => CommitmentAnswer.Of(
                judged.Lofte,
                commitment,
                [.. newest.Select(fact => EvidenceAnswer.Of(fact, events.GetValueOrDefault(fact.Position)))]))],
            judged.Feedback);
    }

    /// <summary>The newest facts that count for a commitment, at most <see cref="CommitmentAnswer.MostEvidence"/>.</summary>
    private async Task<IReadOnlyList<CountedFact>> NewestAsync(
        LofteSnapshot snapshot, JudgedCommitment judged, DateOnly on, CancellationToken cancellationToken)
    {
        var most = (int)Math.Min(judged.Counted, CommitmentAnswer.MostEvidence);
        var commitment = snapshot.Status.Commitments.First(one => one.Id == judged.Id);
        var newest = new Dictionary<(string, string), CountedFact>();
        foreach (var filter in most == 0 ? [] : LofteStatusProjection.Needs(snapshot.Status with { Commitments = [commitment] }))
        {
            var taken = 0;
            var asked = filter with { To = on < filter.To ? on : filter.To };
            await foreach (var fact in evidence.NewestFirstAsync(asked, snapshot.Position, cancellationToken))
            {
                if (ExplainFact.Explain(snapshot.Status, commitment, fact, on).Counted)
                {
                    newest[(fact.Stream, fact.Item)] = fact;
                    taken++;
                }

                if (taken == most)
                {
                    break;
                }
            }
        }

        return [.. newest.Values.OrderByDescending(fact => fact.Day).ThenByDescending(fact => fact.Position).Take(most)];
    }
}

/// <summary>A promise with what is said of it on a day.</summary>
/// <param name="ReadAt">When the database was last asked.</param>
internal sealed record JudgedStatus(LofteSnapshot Snapshot, StatusAnswer Answer, DateTimeOffset ReadAt)
{
    /// <summary>The answer as it is sent.</summary>
    public byte[] Json { get; } = LoftenJson.Write(Answer);
}
