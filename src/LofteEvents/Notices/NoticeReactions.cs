namespace LofteEvents.Notices;

/// <summary>What an event of a case makes to be done.</summary>
internal static class NoticeReactions
{
    public static IReadOnlyList<NoticeWork> To(NoticeCase before, NoticeCase after, DomainEvent happened) => happened switch
    {
        NoticeOpened or NoticeReopened =>
            [Next(after), new AskAgain(after.Id, Clock.Fallback, after.FallbackAt), Overdue(after)],
        NoticeDecided { Action: NoticeAction.Send } =>
            [Next(after), new AskAgain(after.Id, Clock.Fallback, after.FallbackAt)],
        NoticeDecided { Action: NoticeAction.Postpone, Until: { } until } =>
            [new AskAgain(after.Id, Clock.Postponement, until)],
        NoticeFailed when after.ChannelIndex != before.ChannelIndex => [Next(after)],
        NoticeAttempted { Channel: NoticeChannels.Officer } said when News(after, said.Attempt) is { } news =>
            [Tell(after, news)],
        _ => [],
    };

    public static IReadOnlyList<NoticeWork> Owed(NoticeCase notice) => notice.Stage switch
    {
        NoticeStage.ToDecide or NoticeStage.Sending =>
            [Next(notice), new AskAgain(notice.Id, Clock.Fallback, notice.FallbackAt), Overdue(notice)],
        NoticeStage.Postponed when notice.Decision?.Until is { } until => [new AskAgain(notice.Id, Clock.Postponement, until)],
        NoticeStage.Unreachable => [Next(notice), Overdue(notice)],
        _ => [],
    };

    /// <summary>What moves the case on: a machine's delivery, or an officer.</summary>
    private static NoticeWork Next(NoticeCase notice) => (notice.Stage, notice.Channel) switch
    {
        (NoticeStage.ToDecide, _) => Tell(notice, OfficerNews.ToDecide),
        (_, null) => Tell(notice, OfficerNews.NoChannelLeft),
        (_, { } channel) when NoticeChannels.IsByPerson(channel) => Tell(notice, OfficerNews.ToTell),
        (_, { } channel) =>
            new Deliver(notice.Id, notice.CurrentAttempt, channel, notice.Terms!.Recipient, notice.IsCorrection),
    };

    private static AskAgain Overdue(NoticeCase notice) => new(notice.Id, Clock.Deadline, notice.Deadline);

    private static TellOfficer Tell(NoticeCase notice, OfficerNews news) =>
        new(notice.Id, notice.AttemptFor(news), notice.Terms!.Area, news);

    /// <summary>Which news an attempt to tell the officer was of; null for that of an earlier round.</summary>
    private static OfficerNews? News(NoticeCase notice, Guid attempt) =>
        Enum.GetValues<OfficerNews>().Where(news => notice.AttemptFor(news) == attempt).Select(news => (OfficerNews?)news)
            .FirstOrDefault();
}
