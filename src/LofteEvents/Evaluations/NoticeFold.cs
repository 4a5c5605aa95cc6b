using LofteEvents.Loften;
using LofteEvents.Notices;

namespace LofteEvents.Evaluations;

/// <summary>
/// Adds up the notices about what happened in the promise's area and term: how many were called for, and how fast whoever had to
/// be told was told.
/// </summary>
public sealed class NoticeFold(EvaluationFold evaluation, Areas areas)
{
    private readonly List<long> _minutes = [];
    private long _opened;
    private long _waived;
    private long _overdue;
    private long _open;

    /// <param name="ofCase">The events of one case up to the evaluation's position, in order of version.</param>
    public void Add(IReadOnlyList<Recorded<DomainEvent>> ofCase)
    {
        ArgumentNullException.ThrowIfNull(ofCase);
        var overview = ofCase.Aggregate((NoticeOverview?)null, NoticeOverviewProjection.Project);
        if (overview is null || !Concerns(overview.Terms))
            return;

        _opened++;
        if (ofCase.FirstOrDefault(happened => happened.Event is NoticeDelivered) is { } delivered)
            _minutes.Add(Math.Max(0, (long)(delivered.HappenedAt - overview.Terms.ClockFrom).TotalMinutes));
        if (overview.Closed is CloseReason.Waived)
            _waived++;
        if (overview.IsOverdue(Stockholm.FirstInstant(evaluation.On.AddDays(1), default)))
            _overdue++;
        if (overview.State is NoticeStage.ToDecide or NoticeStage.Postponed or NoticeStage.Sending or NoticeStage.Unreachable)
            _open++;
    }

    /// <summary>Null where no case is recorded: whether nobody had to be told or nobody kept the cases cannot be said.</summary>
    public EvaluatedNotices? Told()
    {
        if (_opened == 0)
            return null;

        _minutes.Sort();
        return new EvaluatedNotices(
            new(_opened),
            new(_minutes.Count),
            new(_waived),
            new(_overdue),
            new(_open),
            _minutes.Count < ShownNumber.Least ? null : _minutes[(_minutes.Count - 1) / 2]);
    }

    private bool Concerns(NoticeTerms terms)
    {
        var day = Stockholm.DayOf(terms.ClockFrom);
        return areas.Contains(evaluation.Definition.Area, terms.Area)
            && evaluation.Term.From <= day && day <= evaluation.Term.To && day <= evaluation.On;
    }
}
