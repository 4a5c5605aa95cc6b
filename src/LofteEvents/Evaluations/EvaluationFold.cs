using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>
/// Folds the history of a promise to its <see cref="EvaluationReport"/>. Facts are added one by one, in any order, and are not
/// kept: what it holds is bounded by the days of the term and by what a report shows, not by the number of events (of
/// corrections it keeps a few words each).
/// </summary>
public sealed class EvaluationFold
{
    private readonly EvaluationPoint _at;
    private readonly LofteDefinition _definition;
    private readonly IReadOnlyList<CommitmentFold> _commitments;
    private LofteStatus _status;

    private EvaluationFold(EvaluationPoint at, LofteDefinition definition, LofteStatus status)
    {
        (_at, _definition, _status) = (at, definition, status);
        _commitments = [.. status.Commitments.Select(commitment => new CommitmentFold(commitment.Id, at.On))];
        Needs = LofteStatusProjection.Needs(status);
        Forums = [.. ForumsOf(status).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Every version of every fact that answers one of these is to be added, each once.</summary>
    public IReadOnlyList<FactFilter> Needs { get; }

    /// <summary>The forums that the promise names, whose events the report tells.</summary>
    public IReadOnlyList<string> Forums { get; }

    /// <summary>Positions of the events that the report shows, once all facts are added.</summary>
    public IReadOnlySet<long> Shown => _commitments.SelectMany(commitment => commitment.Shown).ToHashSet();

    /// <summary>Who published what counted: actors, as far as they are known.</summary>
    public IReadOnlySet<string> Reporters => _commitments.SelectMany(commitment => commitment.Reporters).ToHashSet();

    /// <summary>Null where the promise was not given up to that position.</summary>
    /// <param name="ofLofte">The events of stream <c>lofte/{id}</c> up to the position, in order.</param>
    public static EvaluationFold? Begin(IReadOnlyList<Recorded<DomainEvent>> ofLofte, EvaluationPoint at)
    {
        ArgumentNullException.ThrowIfNull(at);
        return LofteStatusProjection.Fold(ofLofte, []) is { } status
            ? new(at, InForce(ofLofte, at.On), status)
            : null;
    }

    /// <summary>The definition as it read on the judged day.</summary>
    public LofteDefinition Definition => _definition;

    internal Term Term => _status.Term;

    internal DateOnly On => _at.On;

    public void Add(ReportedFact version)
    {
        ArgumentNullException.ThrowIfNull(version);
        foreach (var (fold, commitment) in _commitments.Zip(_status.Commitments))
            fold.Add(_status, commitment, version);

        if (version.Ended is null)
            _status = LofteStatusProjection.Apply(_status, new FactChange(null, version.Fact));
    }

    /// <param name="forums">The events of each of <see cref="Forums"/> up to the position, in order of version.</param>
    /// <param name="shown">What the events at the positions of <see cref="Shown"/> say.</param>
    /// <param name="notices">Null where notices are not kept: no data.</param>
    public EvaluationReport Report(
        IReadOnlyDictionary<string, IReadOnlyList<Recorded<DomainEvent>>> forums,
        IReadOnlyDictionary<long, ShownSaying> shown,
        Areas areas,
        EvaluatedNotices? notices)
    {
        ArgumentNullException.ThrowIfNull(forums);
        ArgumentNullException.ThrowIfNull(areas);
        var judged = JudgeLofte.Judge(_status, _at.On);
        var commitments = _commitments
            .Zip(_status.Commitments, (fold, commitment) => fold.Evaluate(_status, commitment, shown, areas))
            .ToList();
        var told = Forums
            .Select(stream => EvaluateForum.Of(stream, forums.GetValueOrDefault(stream) ?? [], _status.Term, _at.On))
            .ToList();
        var report = new EvaluationReport(
            EvaluationReport.ThisFormat,
            Lofte(areas),
            _at,
            judged.Phase,
            commitments,
            told,
            notices,
            judged.Feedback,
            [.. _status.FeedbackGiven.Where(given => given.On <= _at.On)],
            _status.Changes,
            []);
        return report with { Missing = FindMissing.In(report) };
    }

    private EvaluatedLofte Lofte(Areas areas) => new(
        _status.Id,
        _definition.Title,
        _definition.Area,
        areas.TryFind(_definition.Area, out var area) ? area.Name : _definition.Area,
        _status.Term,
        _status.SignedTerm,
        _definition.Owners,
        _definition.Source,
        _definition.Problems,
        _definition.Aims,
        _definition.Evaluation,
        _definition.Text);

    /// <summary>The definition as it reads on a day: an amendment is not in force before its day.</summary>
    private static LofteDefinition InForce(IReadOnlyList<Recorded<DomainEvent>> events, DateOnly on) =>
        events.Aggregate((LofteDefinition?)null, (definition, happened) => happened.Event switch
        {
            LofteGiven given => given.Definition,
            LofteAmended amended when amended.EffectiveFrom <= on => amended.Definition,
            _ => definition,
        })!;

    private static IEnumerable<string> ForumsOf(LofteStatus status) =>
        from commitment in status.Commitments
        from version in commitment.Versions
        from rule in version.Rule.Simple
        from forum in NamedBy(rule)
        select forum;

    private static IEnumerable<string> NamedBy(Rule rule)
    {
        var counting = (rule as AssessmentRule)?.CountedEvidence ?? rule as CountingRule;
        return rule.Selectors.SelectMany(selector => selector.Forums ?? [])
            .Concat((counting?.Divide as ForumDivision)?.Of ?? []);
    }
}
