using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;

namespace LofteEvents.Server.Loften;

/// <summary>
/// One commitment with every event that counted and every event that did not, with the reasons: the answer of
/// <c>/loften/{id}/commitments/{c}</c>.
/// </summary>
/// <param name="Rules">The rules in force one after another; the first from the beginning.</param>
/// <param name="NotCounted">What somebody might have expected to count: of the same sort, in the promise's area or of the same
/// kind, from a month before the term to a month after it. What fails least comes first.</param>
/// <param name="Truncated">There is more than one read looks through; the oldest are left out.</param>
internal sealed record CommitmentEventsAnswer(
    string Lofte,
    DateOnly On,
    DateTimeOffset? AsOf,
    long Position,
    CommitmentAnswer Commitment,
    IReadOnlyList<RuleInForce> Rules,
    Listing<EvidenceAnswer> Counted,
    Listing<NotCountedAnswer> NotCounted,
    bool Truncated);

/// <param name="From">The first day that it is in force; absent for the rule that was signed.</param>
internal sealed record RuleInForce(DateOnly? From, Rule Rule);

/// <param name="Reasons">Everything that the event fails; codes are those of the interface, and <c>voided</c>.</param>
internal sealed record NotCountedAnswer(EvidenceAnswer Event, IReadOnlyList<UnmetCondition> Reasons);

/// <summary>Explains a commitment event by event.</summary>
internal sealed class CommitmentReader(StatusReader statuses, EvidenceReads evidence)
{
    /// <summary>What lies this far outside the term is no longer expected to count.</summary>
    private const int DaysAround = 31;

    /// <returns>Null where there is no such promise or no such commitment in it.</returns>
    public async Task<CommitmentEventsAnswer?> ReadAsync(
        string id, string commitmentId, PositionAsked position, DateOnly on, Paging paging, CancellationToken cancellationToken)
    {
        var judged = await statuses.ReadAsync(id, position, on, cancellationToken);
        var status = judged?.Snapshot.Status;
        if (status?.Commitments.FirstOrDefault(one => one.Id == commitmentId) is not { } commitment)
        {
            return null;
        }

        var candidates = await CandidatesAsync(status, commitment, judged!.Snapshot.Position, cancellationToken);
        var explained = candidates
            .Select(candidate => (candidate.Fact, Reasons: Reasons(status, commitment, candidate, on)))
            .ToList();
        var counted = explained.Where(one => one.Reasons.Count == 0).ToList();
        var notCounted = explained.Where(one => one.Reasons.Count > 0).OrderBy(one => one.Reasons.Count).ToList();
        var (some, others) = (Of(counted, paging), Of(notCounted, paging));
        var shown = some.Concat(others).Select(one => one.Fact.Position).ToHashSet();
        var events = await evidence.EventsAsync(shown, cancellationToken);
        EvidenceAnswer Shown(CountedFact fact) => EvidenceAnswer.Of(fact, events.GetValueOrDefault(fact.Position));
        return new CommitmentEventsAnswer(
            id,
            on,
            judged.Answer.AsOf,
            judged.Answer.Position,
            judged.Answer.Commitments.First(one => one.Id == commitmentId),
            [.. commitment.Versions.Select(version => new RuleInForce(version.From, version.Rule))],
            paging.Listing([.. some.Select(one => Shown(one.Fact))], counted.Count),
            paging.Listing([.. others.Select(one => new NotCountedAnswer(Shown(one.Fact), one.Reasons))], notCounted.Count),
            candidates.Count == EvidenceReads.MostCandidates);
    }

    private static IEnumerable<T> Of<T>(List<T> list, Paging paging) =>
        list.Skip((int)Math.Min(paging.Offset, int.MaxValue)).Take(paging.Limit);

    private static IReadOnlyList<UnmetCondition> Reasons(
        LofteStatus status, CommitmentStatus commitment, CandidateFact candidate, DateOnly on) =>
        candidate.RemovedBy is null
            ? ExplainFact.Explain(status, commitment, candidate.Fact, on).Unmet
            : [new UnmetCondition("voided", [], [])];

    private Task<IReadOnlyList<CandidateFact>> CandidatesAsync(
        LofteStatus status, CommitmentStatus commitment, long position, CancellationToken cancellationToken)
    {
        var needs = LofteStatusProjection.Needs(status with { Commitments = [commitment] });
        if (needs.Count == 0)
        {
            return Task.FromResult<IReadOnlyList<CandidateFact>>([]);
        }

        var broad = new FactFilter(
            [.. needs.SelectMany(need => need.Types).Distinct()],
            status.Term.From.AddDays(-DaysAround),
            status.Term.To.AddDays(DaysAround),
            [.. needs.SelectMany(need => need.Kinds ?? []).Distinct()],
            [.. needs.SelectMany(need => need.Areas ?? []).Append(status.Area).Distinct()],
            [.. needs.SelectMany(need => need.Streams ?? []).Distinct()]);
        return evidence.CandidatesAsync(broad, position, cancellationToken);
    }
}
