using static LofteEvents.Decision<LofteEvents.Notices.NoticeEvent>;

namespace LofteEvents.Notices;

/// <summary>What a channel says of an attempt. It is taken down however late it comes: somebody was told, or was not.</summary>
internal static class DeliverNotice
{
    public static Decision<NoticeEvent> Decide(NoticeCase state, RecordAttempted said) =>
        state.WasTried(said.Attempt) ? Nothing : Accept(new NoticeAttempted(said.Attempt, said.Channel));

    public static Decision<NoticeEvent> Decide(NoticeCase state, RecordDelivered said)
    {
        if (state.Tried.TryGetValue(said.Attempt, out var tried) && tried.WasDelivered)
            return Nothing;

        var events = new List<NoticeEvent>();
        if (tried is null)
            events.Add(new NoticeAttempted(said.Attempt, said.Channel));
        events.Add(new NoticeDelivered(said.Attempt, said.Channel, said.Receipt));
        if (state.Stage is NoticeStage.Sending or NoticeStage.Unreachable && state.Attempts(said.Attempt))
            events.AddRange(End(state));

        // It was on its way when it was withdrawn: now somebody was told what does not hold.
        else if (state.Closed == CloseReason.Withdrawn)
            events.Add(new NoticeReopened(ReopenReason.Withdrawn, Cause: state.Cause));
        return Accept(events);
    }

    public static Decision<NoticeEvent> Decide(NoticeCase state, RecordFailed said) =>
        state.Stage == NoticeStage.Sending && said.Attempt == state.CurrentAttempt
            ? Accept(
                state.WasTried(said.Attempt)
                    ? [new NoticeFailed(said.Attempt, said.Channel, said.Reason)]
                    : [
                        new NoticeAttempted(said.Attempt, said.Channel),
                        new NoticeFailed(said.Attempt, said.Channel, said.Reason),
                    ])
            : Nothing;

    /// <summary>
    /// A guardian has no way to acknowledge, and a correction asks for none: with those the case ends. Social services
    /// acknowledge.
    /// </summary>
    public static IEnumerable<NoticeEvent> End(NoticeCase state) =>
        state.IsCorrection ? [new NoticeClosed(CloseReason.CorrectionTold)]
        : state.Terms?.To == NoticeTo.Guardian ? [new NoticeClosed(CloseReason.Told)]
        : [];
}
