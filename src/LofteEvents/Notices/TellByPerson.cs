using static LofteEvents.Decision<LofteEvents.Notices.NoticeEvent>;

namespace LofteEvents.Notices;

/// <summary>An officer records an attempt by phone, in person or by letter.</summary>
internal static class TellByPerson
{
    /// <summary>The same said again within this time is the same attempt, told twice.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    public static Decision<NoticeEvent> Decide(NoticeCase state, RecordPersonsAttempt said, DateTimeOffset now)
    {
        if (state.WasTried(said.Attempt) || IsAgain(state, said, now))
            return Nothing;
        if (!NoticeChannels.IsByPerson(said.Channel) && said.Channel != NoticeChannels.Letter)
        {
            return Refuse(
                "notice.channel-by-machine",
                $"An attempt by '{said.Channel}' is the system's own; record attempts by phone, in-person or letter.",
                "/channel");
        }

        return state.Stage switch
        {
            NoticeStage.Sending or NoticeStage.Unreachable => Accept(Events(state, said)),
            NoticeStage.ToDecide or NoticeStage.Postponed => NoticeRefusals.NotDecided,
            NoticeStage.Delivered => Refuse(
                "notice.already-told", "The notice is delivered already; there is nothing more to attempt."),
            _ => NoticeRefusals.Closed(state),
        };
    }

    private static NoticeEvent[] Events(NoticeCase state, RecordPersonsAttempt said)
    {
        var attempted = new NoticeAttempted(said.Attempt, said.Channel, said.By, said.Outcome, said.Note);
        return said.Outcome switch
        {
            AttemptOutcome.Reached =>
                [attempted, new NoticeDelivered(said.Attempt, said.Channel), .. DeliverNotice.End(state)],
            AttemptOutcome.Failed when state.Stage == NoticeStage.Sending && said.Channel == state.Channel =>
                [attempted, new NoticeFailed(state.CurrentAttempt, said.Channel, "officer")],
            _ => [attempted],
        };
    }

    private static bool IsAgain(NoticeCase state, RecordPersonsAttempt said, DateTimeOffset now) =>
        state.LastByPerson is var (at, last)
        && now - at < Again
        && (last.Channel, last.Outcome, last.By, last.Note) == (said.Channel, said.Outcome, said.By, said.Note);
}
