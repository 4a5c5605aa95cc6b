using static LofteEvents.Decision<LofteEvents.Notices.NoticeEvent>;

namespace LofteEvents.Notices;

/// <summary>
/// What is not called for any more is closed where nobody was told; whoever was told is told that it does not hold.
/// </summary>
internal static class WithdrawNotice
{
    public static Decision<NoticeEvent> Decide(NoticeCase state, WithdrawCase work) =>
        work.Cause <= state.Cause || state.IsCorrection ? Nothing
        : state.WasTold ? Accept(new NoticeReopened(ReopenReason.Withdrawn, Cause: work.Cause))
        : state.Closed == CloseReason.Withdrawn ? Nothing
        : Accept(new NoticeClosed(CloseReason.Withdrawn, work.Cause));
}
