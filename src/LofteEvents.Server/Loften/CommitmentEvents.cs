using System.Globalization;
using LofteEvents.Loften;
using LofteEvents.Postgres.Projections;
using LofteEvents.Server.Errors;

namespace LofteEvents.Server.Loften;

/// <summary>
/// One commitment with every event that counted and every event that did not, with the reasons: the answer of
/// <c>/loften/{id}/commitments/{c}</c>.
/// </summary>
/// <param name="Rules">The rules in force one after another; the first from the beginning.</param>
/// <param name="NotCounted">What somebody might have expected to count: of the same sort, in the promise's area or of the same
/// kind, from a month before the term to a month after it. What fails least comes first.</param>
/// <param name="Truncated">There is more than one read looks through; the oldest are left out, and the totals are of the
/// rest.</param>
/// <param name="LookedBackTo">The day that a truncated read ends with: <c>until</c> that day goes on from there, and that day's
/// events come again.</param>
internal sealed record CommitmentEventsAnswer(
    string Lofte,
    DateOnly On,
    DateTimeOffset? AsOf,
    long Position,
    CommitmentAnswer Commitment,
    IReadOnlyList<RuleInForce> Rules,
    Listing<EvidenceAnswer> Counted,
    Listing<NotCountedAnswer> NotCounted,
    bool Truncated,
    DateOnly? LookedBackTo);

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
        string id,
        string commitmentId,
        PositionAsked position,
        DateOnly on,
        CommitmentPage page,
        CancellationToken cancellationToken)
    {
        var paging = page.Paging;
        var judged = await statuses.ReadAsync(id, position, on, cancellationToken);
        var status = judged?.Snapshot.Status;
        if (status?.Commitments.FirstOrDefault(one => one.Id == commitmentId) is not { } commitment)
        {
            return null;
        }

        var candidates = await CandidatesAsync(status, commitment, page.Until, judged!.Snapshot.Position, cancellationToken);
        var isTruncated = candidates.Count == EvidenceReads.MostCandidates;
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
            isTruncated,
            isTruncated ? candidates[^1].Fact.Day : null);
    }

    private static IEnumerable<T> Of<T>(List<T> list, Paging paging) =>
        list.Skip((int)Math.Min(paging.Offset, int.MaxValue)).Take(paging.Limit);

    private static IReadOnlyList<UnmetCondition> Reasons(
        LofteStatus status, CommitmentStatus commitment, CandidateFact candidate, DateOnly on) =>
        candidate.RemovedBy is null
            ? ExplainFact.Explain(status, commitment, candidate.Fact, on).Unmet
            : [new UnmetCondition("voided", [], [])];

    private Task<IReadOnlyList<CandidateFact>> CandidatesAsync(
        LofteStatus status, CommitmentStatus commitment, DateOnly? until, long position, CancellationToken cancellationToken)
    {
        var last = status.Term.To.AddDays(DaysAround);
        var needs = LofteStatusProjection.Needs(status with { Commitments = [commitment] });
        if (needs.Count == 0)
        {
            return Task.FromResult<IReadOnlyList<CandidateFact>>([]);
        }

        var broad = new FactFilter(
            [.. needs.SelectMany(need => need.Types).Distinct()],
            status.Term.From.AddDays(-DaysAround),
            until < last ? until.Value : last,
            [.. needs.SelectMany(need => need.Kinds ?? []).Distinct()],
            [.. needs.SelectMany(need => need.Areas ?? []).Append(status.Area).Distinct()],
            [.. needs.SelectMany(need => need.Streams ?? []).Distinct()]);
        return evidence.CandidatesAsync(broad, position, cancellationToken);
    }
}

/// <param name="Until">Only what happened on this day or before; null for all.</param>
internal readonly record struct CommitmentPage(Paging Paging, DateOnly? Until)
{
    /// <summary>Reads <c>page</c>, <c>limit</c> and <c>until</c>, or says which of them cannot be read.</summary>
    public static CommitmentPage? Read(IQueryCollection query, out Problem? fault)
    {
        if (Paging.Read(query, out fault) is not { } paging)
        {
            return null;
        }

        if (query["until"].ToString() is not { Length: > 0 } text)
        {
            return new CommitmentPage(paging, null);
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until))
        {
            return new CommitmentPage(paging, until);
        }

        fault = Problems.BadQuery("until", "This is no day. Write it as yyyy-MM-dd, such as 2018-10-01.");
        return null;
    }
}
