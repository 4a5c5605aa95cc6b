using LofteEvents.Notices;
using LofteEvents.Postgres.Queue;
using Microsoft.Extensions.Logging;

namespace LofteEvents.Postgres.Notices;

/// <summary>
/// Does what the policy asked for. Every piece asks its case first, so doing it twice, late or out of order changes nothing;
/// only a message that was on its way when a process died goes out again, under the same id.
/// </summary>
internal sealed partial class NoticeWorkHandler(
    NoticeRecords records,
    Recipients recipients,
    Areas areas,
    IReadOnlyList<INoticeChannel> channels,
    SendNudge? nudge,
    ILogger logger)
{
    /// <summary>The kind of work that this handles.</summary>
    public const string Kind = "notice";

    public async Task<WorkOutcome> HandleAsync(LeasedWork leased, CancellationToken cancellationToken)
    {
        switch (NoticeWork.FromJson(leased.Data.Span))
        {
            case Deliver deliver:
                return await DeliverAsync(deliver, leased, cancellationToken);
            case TellOfficer tell:
                return await TellAsync(tell, cancellationToken);
            case var inner:
                await records.DoAsync(inner, cancellationToken);
                return WorkOutcome.Finished;
        }
    }

    private async Task<WorkOutcome> DeliverAsync(Deliver work, LeasedWork leased, CancellationToken cancellationToken)
    {
        var history = await records.ReadAsync(work.Notice, cancellationToken);
        var state = history.Aggregate(NoticePolicy.Initial(work.Stream), NoticePolicy.Evolve);
        if (!NoticePolicy.IsOwed(state, work))
        {
            return WorkOutcome.Finished;
        }

        var terms = TermsOf(history);
        var message = new NoticeMessage(
            work.Notice,
            work.Attempt,
            terms,
            recipients.Find(work.Recipient),
            recipients.InCharge(terms.Area, areas),
            work.IsCorrection);
        var channel = channels.FirstOrDefault(each => each.Name == work.Channel);
        var answer = channel is null
            ? new ChannelAnswer.Nowhere($"This server has no channel '{work.Channel}'.")
            : await channel.SendAsync(message, cancellationToken);
        return await RecordAsync(work, leased, history, answer, cancellationToken);
    }

    private async Task<WorkOutcome> RecordAsync(
        Deliver work,
        LeasedWork leased,
        IReadOnlyList<Recorded<DomainEvent>> history,
        ChannelAnswer answer,
        CancellationToken cancellationToken)
    {
        // What was sent is written down also when the worker is being stopped: it cannot be taken back.
        var (command, outcome) = answer switch
        {
            ChannelAnswer.Delivered delivered =>
                ((NoticeCommand?)new RecordDelivered(work.Attempt, work.Channel, delivered.Receipt), WorkOutcome.Finished),
            ChannelAnswer.HandedOver => (new RecordAttempted(work.Attempt, work.Channel), WorkOutcome.Finished),
            ChannelAnswer.Nowhere nowhere =>
                (new RecordFailed(work.Attempt, work.Channel, nowhere.Reason), new WorkOutcome.Hopeless(nowhere.Reason)),
            ChannelAnswer.NotNow notNow when leased.IsLastAttempt =>
                (new RecordFailed(work.Attempt, work.Channel, notNow.Reason), new WorkOutcome.Hopeless(notNow.Reason)),
            ChannelAnswer.NotNow notNow => (null, new WorkOutcome.Failed(notNow.Reason, notNow.RetryAfter)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (command is not null)
        {
            await records.SayAsync(work.Notice, command, leased.Key, history, CancellationToken.None);
        }

        if (answer is ChannelAnswer.Delivered)
        {
            await NudgeAsync(work, cancellationToken);
        }

        return outcome;
    }

    /// <summary>The officers see the case in their list as well; the nudge is all there is to send.</summary>
    private async Task<WorkOutcome> TellAsync(TellOfficer work, CancellationToken cancellationToken) =>
        nudge is not null
        && recipients.InCharge(work.Area, areas)?.Nudge is { } address
        && await nudge(address, work.Attempt, cancellationToken) is { } reason
            ? new WorkOutcome.Failed(reason)
            : WorkOutcome.Finished;

    /// <summary>Beside what was delivered, and no part of it: whether it arrives changes nothing for the case.</summary>
    private async Task NudgeAsync(Deliver work, CancellationToken cancellationToken)
    {
        if (nudge is not null
            && recipients.Find(work.Recipient)?.Nudge is { } address
            && await nudge(address, work.Attempt, cancellationToken) is { } reason)
        {
            LogNotNudged(logger, work.Attempt, reason);
        }
    }

    private static NoticeTerms TermsOf(IReadOnlyList<Recorded<DomainEvent>> history) =>
        history.Reverse()
            .Select(happened => happened.Event switch
            {
                NoticeOpened opened => opened.Terms,
                NoticeReopened reopened => reopened.Terms,
                _ => null,
            })
            .First(terms => terms is not null)!;

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} was delivered, but its recipient was not nudged: {Reason}")]
    private static partial void LogNotNudged(ILogger logger, Guid attempt, string reason);
}
