using static LofteEvents.Decision<LofteEvents.Notices.NoticeEvent>;

namespace LofteEvents.Notices;

/// <summary>
/// A named officer sends, postpones or waives. Only exceptions that the law gives can be chosen; what the law sends by itself is
/// not decided.
/// </summary>
internal static class DecideOnNotice
{
    public static Decision<NoticeEvent> Decide(NoticeCase state, DecideNotice said, DateTimeOffset now)
    {
        if (IsTheSame(state.Decision, said) && state.Stage != NoticeStage.ToDecide)
            return Nothing;
        if (state.IsAutomatic)
            return NoticeRefusals.Automatic;
        if (state.Stage == NoticeStage.Closed)
            return NoticeRefusals.Closed(state);
        if (state.Stage is not (NoticeStage.ToDecide or NoticeStage.Postponed))
            return NoticeRefusals.AlreadyDecided;

        return said.Action switch
        {
            NoticeAction.Send => Send(said),
            NoticeAction.Postpone => Postpone(state.Terms!, said, now),
            _ => Waive(state.Terms!, said),
        };
    }

    private static Decision<NoticeEvent> Send(DecideNotice said) =>
        said.Ground is not null ? Refuse(
            "notice.ground-not-wanted", "Sending needs no ground: leave ground out, or postpone or waive.", "/ground")
        : said.Until is not null ? Refuse(
            "notice.until-not-wanted", "What is sent is sent now: leave until out, or postpone.", "/until")
        : Accept(Decided(said));

    private static Decision<NoticeEvent> Postpone(NoticeTerms terms, DecideNotice said, DateTimeOffset now) =>
        NoticeRefusals.OfGround(said.Ground, terms.PostponeGrounds, terms, "postponed") is { } refusal ? Refuse(refusal)
        : said.Until is not { } until ? Refuse(
            "notice.until-missing", "A postponement says when it lapses: give until, a time with offset.", "/until")
        : until <= now ? Refuse(
            "notice.until-passed",
            $"The postponement would have lapsed at {until.Told()}; give a time to come, or send it.",
            "/until")
        : Accept(Decided(said));

    private static Decision<NoticeEvent> Waive(NoticeTerms terms, DecideNotice said) =>
        NoticeRefusals.OfGround(said.Ground, terms.WaiveGrounds, terms, "waived") is { } refusal ? Refuse(refusal)
        : said.Until is not null ? Refuse(
            "notice.until-not-wanted", "What is waived does not come back: leave until out, or postpone.", "/until")
        : Accept(Decided(said), new NoticeClosed(CloseReason.Waived));

    private static NoticeDecided Decided(DecideNotice said) =>
        new(said.Action, said.By, said.Ground, said.Until?.ToUniversalTime(), said.Reason);

    private static bool IsTheSame(NoticeDecided? decided, DecideNotice said) =>
        decided is not null
        && (decided.Action, decided.Ground, decided.Until, decided.Reason) == (said.Action, said.Ground, said.Until, said.Reason);
}
