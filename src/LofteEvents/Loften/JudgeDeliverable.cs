namespace LofteEvents.Loften;

/// <summary>
/// Kept when it is there by the original deadline. What came later, or by a later deadline, is partly kept and says so.
/// </summary>
internal static class JudgeDeliverable
{
    public static Outcome Judge(Judging judging, DeliverableRule rule)
    {
        var delivery = judging.Commitment.Delivery is { } there && there.On <= judging.On ? there : null;
        var postponed = judging.Commitment.Postponements
            .LastOrDefault(postponement => Stockholm.DayOf(postponement.RecordedAt) <= judging.On)?.To;
        var by = rule.By ?? judging.SignedTo;
        var done = delivery is null ? 0 : 1;
        var pace = EvenPace.Of(1, done, judging.Term with { To = by }, judging.On);
        return new()
        {
            Verdict = judging.Phase is Phase.After ? After(delivery, by) : During(delivery, by, postponed, judging.On, pace),
            Unit = Unit.Deliverables,
            Target = 1,
            Done = done,
            Counted = done,
            Pace = pace,
            Deliverable = new(rule.Deliverable, by, postponed, delivery?.On, delivery?.Outcome),
        };
    }

    private static Verdict After(Delivery? delivery, DateOnly by) =>
        delivery is null ? Verdict.NotFulfilled
        : delivery.On <= by ? Verdict.Fulfilled
        : Verdict.Partly;

    private static Verdict During(Delivery? delivery, DateOnly by, DateOnly? postponed, DateOnly on, Pace pace) =>
        delivery is not null && delivery.On <= by ? Verdict.Fulfilled
        : on > by ? Verdict.CanNoLongerBeMet
        : postponed > by || pace.Credited < pace.Expected ? Verdict.AtRisk
        : Verdict.OnTrack;
}
