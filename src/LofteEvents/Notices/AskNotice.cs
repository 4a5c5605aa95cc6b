using static LofteEvents.Decision<LofteEvents.Notices.NoticeEvent>;

namespace LofteEvents.Notices;

/// <summary>
/// What a time means for a case when it comes. A clock that was set for an earlier round, or for something done since, means
/// nothing.
/// </summary>
internal static class AskNotice
{
    /// <summary>Why a channel is given up before it failed.</summary>
    public const string HalfTheClock = "half-the-clock";

    public static Decision<NoticeEvent> Decide(NoticeCase state, AskAgain work) => (work.Clock, state.Stage) switch
    {
        (Clock.Postponement, NoticeStage.Postponed) when state.Decision?.Until == work.At =>
            Accept(new NoticeReopened(ReopenReason.PostponementLapsed)),
        (Clock.Fallback, NoticeStage.ToDecide) when state.FallbackAt == work.At => Tell(state, OfficerNews.StillToDecide),
        (Clock.Fallback, NoticeStage.Sending) when state.FallbackAt == work.At => NextChannel(state),
        (Clock.Deadline, NoticeStage.ToDecide or NoticeStage.Sending or NoticeStage.Unreachable) when state.Deadline == work.At =>
            Tell(state, OfficerNews.Overdue),
        _ => Nothing,
    };

    /// <summary>The last channel is not given up by a clock.</summary>
    private static Decision<NoticeEvent> NextChannel(NoticeCase state) =>
        state.ChannelIndex == 0 && state.Terms?.Channels.Count > 1
            ? Accept(new NoticeFailed(state.CurrentAttempt, state.Channel!, HalfTheClock))
            : Nothing;

    private static Decision<NoticeEvent> Tell(NoticeCase state, OfficerNews news)
    {
        var attempt = state.AttemptFor(news);
        return state.WasTried(attempt)
            ? Nothing
            : Accept(new NoticeAttempted(
                attempt, NoticeChannels.Officer, Note: news == OfficerNews.Overdue ? "overdue" : "still-to-decide"));
    }
}
