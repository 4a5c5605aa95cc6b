using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Notices.NoticeEvent>;

namespace LofteEvents.Notices;

/// <summary>The recipient has it, and the case ends; also where the channel's own receipt is still on its way.</summary>
internal static class AcknowledgeReceipt
{
    public static Decision<NoticeEvent> Decide(NoticeCase state, AcknowledgeNotice said) => state.Stage switch
    {
        NoticeStage.Sending or NoticeStage.Unreachable or NoticeStage.Delivered => Accept(
            new NoticeAcknowledged(said.By),
            new NoticeClosed(state.IsCorrection ? CloseReason.CorrectionTold : CloseReason.Acknowledged)),
        NoticeStage.ToDecide or NoticeStage.Postponed => NoticeRefusals.NotDecided,
        NoticeStage.Closed when state.Closed is CloseReason.Acknowledged or CloseReason.CorrectionTold => Nothing,
        NoticeStage.Closed => NoticeRefusals.Closed(state),
        NoticeStage.Unopened => NoticeRefusals.Unknown,
        _ => throw new UnreachableException(),
    };
}
