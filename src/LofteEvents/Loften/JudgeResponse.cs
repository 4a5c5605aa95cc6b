namespace LofteEvents.Loften;

/// <summary>
/// Of what was asked for up to the judged day: what was handled in time or set aside, as a share of what is handled or overdue. A
/// clock that still runs is for nobody's worse during the term; after it, only what is handled counts.
/// </summary>
internal static class JudgeResponse
{
    public static Outcome Judge(Judging judging, ResponseRule rule)
    {
        var occasions = rule.Answer is null
            ? null
            : AnsweredEvents.Read(judging.Current.Tally, judging.LastDay, judging.On);
        var responses = occasions is null ? Responses(judging, rule) : Responses(judging, rule, occasions);
        var percent = rule.AtLeastPercent ?? 100;
        var good = responses.InTime + responses.Waived;
        return new()
        {
            Verdict = VerdictOf(judging.Phase, responses, good, percent),
            Unit = Unit.Requests,
            Target = ((responses.Received * percent) + 99) / 100,
            Done = good,
            Counted = responses.Received,
            Responses = responses,
            PartName = "event",
            Parts = occasions is null ? null : [.. occasions.Select(occasion => Part(judging, rule, occasion))],
        };
    }

    private static JudgedResponses Responses(Judging judging, ResponseRule rule, IReadOnlyList<Occasion> occasions)
    {
        var waived = occasions.Count(occasion => occasion.SetAside);
        var answered = occasions.Where(occasion => occasion is { AnsweredAt: not null, SetAside: false }).ToList();
        var inTime = answered.Count(occasion => occasion.InTime(rule.WithinHours));
        return new(
            occasions.Count,
            inTime,
            answered.Count - inTime,
            waived,
            occasions.Count - answered.Count - waived,
            occasions.Count(occasion => occasion.AnsweredAt is null && IsOver(judging, rule, occasion)));
    }

    /// <summary>Each occasion is a part of its own, so that those that were missed can be named.</summary>
    private static JudgedPart Part(Judging judging, ResponseRule rule, Occasion occasion)
    {
        var kept = occasion.SetAside || occasion.InTime(rule.WithinHours);
        var state =
            kept ? PartState.Met
            : occasion.AnsweredAt is not null || IsOver(judging, rule, occasion) ? PartState.Missed
            : PartState.Open;
        return new(
            occasion.Event, occasion.Day, occasion.Due(rule.WithinHours) ?? judging.Term.To, 1, kept ? 1 : 0, state);
    }

    private static bool IsOver(Judging judging, ResponseRule rule, Occasion occasion) =>
        occasion.Due(rule.WithinHours) is { } due ? due < judging.On : judging.Phase is Phase.After;

    private static Verdict VerdictOf(Phase phase, JudgedResponses responses, long good, int percent)
    {
        if (responses.Received == 0)
            return Verdict.NotTriggered;

        if (phase is Phase.After)
        {
            return good * 100 >= percent * responses.Received ? Verdict.Fulfilled
                : good > 0 ? Verdict.Partly
                : Verdict.NotFulfilled;
        }

        var settled = responses.Received - responses.Open + responses.Overdue;
        return good * 100 >= percent * settled ? Verdict.OnTrack
            : percent == 100 ? Verdict.CanNoLongerBeMet
            : Verdict.AtRisk;
    }

    private static JudgedResponses Responses(Judging judging, ResponseRule rule)
    {
        var received = UpTo(judging.LastDay, ResponseRule.Received);
        var inTime = UpTo(judging.On, ResponseRule.InTime);
        var late = UpTo(judging.On, ResponseRule.Late);
        var waived = UpTo(judging.On, ResponseRule.Waived);
        var open = received - inTime - late - waived;
        var dayBefore = judging.On.AddDays(-1);
        var overdue =
            rule.WithinHours is null ? judging.Phase is Phase.After ? open : 0
            : UpTo(dayBefore, ResponseRule.Due)
                - UpTo(dayBefore, ResponseRule.HandledByDue)
                - UpTo(judging.On, ResponseRule.HandledAfterDue);
        return new(received, inTime, late, waived, open, overdue);

        long UpTo(DateOnly day, string cell) => judging.Current.Tally.Days(cell).Between(DateOnly.MinValue, day);
    }
}
