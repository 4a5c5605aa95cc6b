using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>What a report tells of one commitment beside its tallies, added up fact by fact.</summary>
internal sealed class CommitmentFold(string id, DateOnly on)
{
    /// <summary>A report lists so many events of a commitment at most, and names where all of them are.</summary>
    private const int MostEvidence = 200;

    private const int MostCancelled = 50;

    private static readonly Comparer<CountedFact> s_byDay = Comparer<CountedFact>.Create((one, other) =>
        one.Day != other.Day ? one.Day.CompareTo(other.Day)
        : one.Position != other.Position ? one.Position.CompareTo(other.Position)
        : string.CompareOrdinal(one.Item, other.Item));

    private static readonly Comparer<CancelledPlan> s_byPosition = Comparer<CancelledPlan>.Create((one, other) =>
        one.Position.CompareTo(other.Position));

    private readonly SortedSet<CountedFact> _newest = new(s_byDay);
    private readonly SortedSet<CancelledPlan> _cancelled = new(s_byPosition);
    private readonly SortedDictionary<DateOnly, long> _perDay = [];
    private readonly CorrectionFold _corrections = new();
    private readonly HashSet<string> _reporters = new(StringComparer.Ordinal);
    private long _events;
    private decimal _hours;
    private long _withHours;
    private long _planned;
    private long _delivered;
    private long _cancelledTotal;
    private long _open;

    public string Id => id;

    public IEnumerable<long> Shown => _newest.Select(fact => fact.Position);

    public IEnumerable<string> Reporters => _reporters;

    public void Add(LofteStatus status, CommitmentStatus commitment, ReportedFact version)
    {
        if (version.Fact.PlanOf is { } delivered)
        {
            if (ExplainFact.Explain(status, commitment, version.Fact with { Type = delivered }, DateOnly.MaxValue).Counted)
                Plan(version);

            return;
        }

        if (!ExplainFact.Explain(status, commitment, version.Fact, on).Counted)
            return;

        _corrections.Add(version);
        if (version.Ended is null)
            Count(version);
    }

    public EvaluatedCommitment Evaluate(
        LofteStatus status, CommitmentStatus commitment, IReadOnlyDictionary<long, ShownSaying> shown, Areas areas)
    {
        var judged = JudgeLofte.Judge(status, commitment, on);
        var rule = commitment.InForce(on < status.Term.To ? on : status.Term.To)?.Rule ?? commitment.Versions[0].Rule;
        var counting = (rule as AssessmentRule)?.CountedEvidence ?? rule as CountingRule;
        var through = new EvaluatePace(status, commitment, on, _perDay);
        return new EvaluatedCommitment(
            commitment.Id,
            commitment.Text,
            judged.Verdict,
            judged.Preliminary,
            judged,
            new CountedWhat(rule.Selectors.FirstOrDefault()?.Type, counting is CountRule { Exactly: not null }),
            judged.Verdict is Verdict.Fulfilled ? through.MetOn() : null,
            (rule as AssessmentRule)?.Question,
            [.. commitment.Assessments.Where(assessment => assessment.On <= on)],
            [.. commitment.Hindrances.Where(hindrance => hindrance.On <= on)],
            commitment.Postponements,
            new PlannedAndDelivered(_planned, _delivered, _cancelledTotal, _open, [.. _cancelled]),
            new ReportedHours(_withHours == 0 ? null : _hours, _withHours, _events - _withHours),
            judged.Target > 0 ? through.Months(judged.Unit) : [],
            _events,
            [.. _newest.Select(fact => Event(fact, shown.GetValueOrDefault(fact.Position), areas))],
            _corrections.Total,
            _corrections.Newest);
    }

    private void Count(ReportedFact version)
    {
        var fact = version.Fact;
        _events++;
        _perDay[fact.Day] = _perDay.GetValueOrDefault(fact.Day) + 1;
        if (fact.Hours is { } hours)
        {
            _hours += hours;
            _withHours++;
        }

        if (version.Said.Actor is { } actor)
            _reporters.Add(actor);

        _newest.Add(fact);
        if (_newest.Count > MostEvidence)
            _newest.Remove(_newest.Min!);
    }

    /// <summary>A plan that was replaced by another plan of the same is no plan of its own.</summary>
    private void Plan(ReportedFact version)
    {
        switch (version.Ended?.Type)
        {
            case null:
                _open++;
                break;
            case "insats.planned.v1" or "forum.activity-agreed.v1":
                return;
            case "insats.cancelled.v1" or "insats.voided.v1":
                _cancelledTotal++;
                _cancelled.Add(new(version.Fact.Day, version.Ended.Position, version.Ended.Reason));
                if (_cancelled.Count > MostCancelled)
                    _cancelled.Remove(_cancelled.Min!);
                break;
            default:
                _delivered++;
                break;
        }

        _planned++;
    }

    private static EvaluatedEvent Event(CountedFact fact, ShownSaying? said, Areas areas) => new(
        fact.Position,
        fact.Stream,
        fact.Type,
        fact.Kind,
        said?.Title,
        fact.Day,
        fact.Place,
        fact.Areas.Count > 0 ? fact.Areas[0] : null,
        fact.Areas.Count > 0 && areas.TryFind(fact.Areas[0], out var area) ? area.Name : null,
        fact.Parties,
        fact.Hours,
        said?.Minors,
        said?.Results ?? [],
        said?.IsCorrection ?? false,
        fact.RecordedAt.ToUniversalTime());
}
