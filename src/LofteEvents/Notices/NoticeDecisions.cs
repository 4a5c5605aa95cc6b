using System.Diagnostics;

namespace LofteEvents.Notices;

/// <summary>What a decision of a case may know beside the case's own history.</summary>
public sealed record NoticeContext(DateTimeOffset Now, Recipients Recipients, Areas Areas);

/// <summary>The one door to every decision of a case: folds its stream, and decides what is said to it.</summary>
public static class NoticeDecisions
{
    /// <summary>
    /// The events of an <see cref="OpenCase"/>, <see cref="WithdrawCase"/> or <see cref="AskAgain"/>; nothing where the case is
    /// so already. Work is never refused.
    /// </summary>
    /// <param name="history">Of stream <c>notice/{work.Notice}</c>.</param>
    /// <exception cref="ArgumentException">The work is a message to somebody, which no decision carries out.</exception>
    public static Decision<NoticeEvent> Decide(
        IReadOnlyList<Recorded<DomainEvent>> history, NoticeWork work, NoticeContext context) =>
        work switch
        {
            OpenCase open => OpenNotice.Decide(Fold(work.Notice, history), open, context),
            WithdrawCase withdraw => WithdrawNotice.Decide(Fold(work.Notice, history), withdraw),
            AskAgain ask => AskNotice.Decide(Fold(work.Notice, history), ask),
            _ => throw new ArgumentException($"{work.GetType().Name} is sent, not decided.", nameof(work)),
        };

    /// <param name="notice">The case's id.</param>
    /// <param name="history">Of stream <c>notice/{notice}</c>; empty where there is no such case, which is refused.</param>
    public static Decision<NoticeEvent> Decide(
        string notice, IReadOnlyList<Recorded<DomainEvent>> history, NoticeCommand command, NoticeContext context)
    {
        var state = Fold(notice, history);
        return (state.Terms, command) switch
        {
            (null, _) => NoticeRefusals.Unknown,
            (_, DecideNotice said) => DecideOnNotice.Decide(state, said, context.Now),
            (_, RecordPersonsAttempt said) => TellByPerson.Decide(state, said, context.Now),
            (_, RecordAttempted said) => DeliverNotice.Decide(state, said),
            (_, RecordDelivered said) => DeliverNotice.Decide(state, said),
            (_, RecordFailed said) => DeliverNotice.Decide(state, said),
            (_, AcknowledgeNotice said) => AcknowledgeReceipt.Decide(state, said),
            _ => throw new UnreachableException($"No decision for {command.GetType().Name}."),
        };
    }

    private static NoticeCase Fold(string notice, IReadOnlyList<Recorded<DomainEvent>> history)
    {
        var state = NoticeCase.Initial(notice);
        foreach (var recorded in history)
            state = state.After(recorded);

        return state;
    }
}
