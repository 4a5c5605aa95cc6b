namespace LofteEvents.Loften;

/// <summary>
/// What is promised on every occasion: every request that is selected is answered, or every event of another type is followed by
/// what answers it, within a time or at all, or lawfully set aside. Without an occasion nothing is called for. Open clocks are
/// shown.
/// </summary>
public sealed record ResponseRule : Rule
{
    /// <summary>Which events call for an answer: requests, or with <see cref="Answer"/> events of any type.</summary>
    public required Selector Select { get; init; }

    /// <summary>
    /// What answers an event: a request that is about it and was met or set aside, or an insats that is a part of it. Nothing: a
    /// request is answered by its own answer.
    /// </summary>
    public Selector? Answer { get; init; }

    /// <summary>From the occasion to its answer, by the clock; nothing: by the end of the term.</summary>
    public int? WithinHours { get; init; }

    /// <summary>How many of a hundred must be in time; nothing: all.</summary>
    public int? AtLeastPercent { get; init; }

    /// <summary>Every request, on the day it came.</summary>
    internal const string Received = "received";

    /// <summary>Answered in time, on the day of the answer.</summary>
    internal const string InTime = "in-time";

    /// <summary>Answered too late, on the day of the answer.</summary>
    internal const string Late = "late";

    /// <summary>Lawfully set aside, on the day of that. It is handled, whenever that was.</summary>
    internal const string Waived = "waived";

    /// <summary>Every request that has a clock, on the day the clock runs out.</summary>
    internal const string Due = "due";

    /// <summary>Those that were handled before it ran out or on that day, on the day it runs out.</summary>
    internal const string HandledByDue = "handled-by-due";

    /// <summary>Those that were handled on a later day, on the day they were handled.</summary>
    internal const string HandledAfterDue = "handled-after-due";

    internal override IEnumerable<Selector> Selectors => Answer is null ? [Select] : [Select, Answer];

    /// <summary>What calls for an answer fulfils nothing, so another commitment may count it.</summary>
    internal override IEnumerable<Reach> Deciding => [new Reach(Answer ?? Select)];

    internal override IEnumerable<Contribution> Contributions(CountedFact fact, Rule inForce)
    {
        if (inForce is not ResponseRule selecting)
            return [];

        return Answer is null ? OfRequest(fact, selecting) : AnsweredEvents.Contributions(fact, selecting);
    }

    private IEnumerable<Contribution> OfRequest(CountedFact fact, ResponseRule selecting)
    {
        if (!selecting.Select.Matches(fact))
            yield break;

        yield return new(Received, 1);
        DateTimeOffset? deadline = WithinHours is { } hours ? fact.From.AddHours(hours) : null;
        DateOnly? due = deadline is null ? null : Stockholm.DayOf(deadline.Value);
        if (due is not null)
            yield return new(Due, 1, due);
        if (fact.AnsweredAt is not { } answeredAt)
            yield break;

        var handled = Stockholm.DayOf(answeredAt);
        yield return new(fact.Outcome == "waived" ? Waived : answeredAt > deadline ? Late : InTime, 1, handled);
        if (due is not null)
            yield return handled <= due ? new(HandledByDue, 1, due) : new(HandledAfterDue, 1, handled);
    }

    internal override IEnumerable<UnmetCondition> Unmet(CountedFact fact)
    {
        if (Answer is null)
            return Select.Unmet(fact);

        var asAnswer = Answer.Unmet(fact).ToList();
        if (AnsweredEvents.AnsweredBy(fact) is null)
            asAnswer.Add(new("answers-nothing", [], []));

        var asOccasion = Select.Unmet(fact).ToList();
        return asAnswer.Count < asOccasion.Count ? asAnswer : asOccasion;
    }
}
