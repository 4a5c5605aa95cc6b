namespace LofteEvents.Loften;

/// <summary>
/// What is promised to whoever asks: every request that is selected is answered, within a time or at all, or lawfully set aside.
/// Without a request nothing is called for. Open clocks are shown.
/// </summary>
public sealed record ResponseRule : Rule
{
    /// <summary>Which requests; the type is <see cref="FactType.Request"/>.</summary>
    public required Selector Select { get; init; }

    /// <summary>From the request to its answer, by the clock; nothing: by the end of the term.</summary>
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

    internal override IEnumerable<Selector> Selectors => [Select];

    internal override IEnumerable<Reach> Deciding => [new Reach(Select)];

    internal override IEnumerable<Contribution> Contributions(CountedFact fact, Rule inForce)
    {
        if (inForce is not ResponseRule selecting || !selecting.Select.Matches(fact))
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

    internal override IEnumerable<UnmetCondition> Unmet(CountedFact fact) => Select.Unmet(fact);
}
