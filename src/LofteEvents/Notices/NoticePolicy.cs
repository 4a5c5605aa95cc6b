using System.Diagnostics;

namespace LofteEvents.Notices;

/// <summary>What the policy knows of one stream: of an insats, or of a case. Fold it with <see cref="NoticePolicy"/>.</summary>
public abstract record NoticeState
{
    private protected NoticeState()
    {
    }
}

/// <summary>
/// Who must be told, and what happens next in a case: pure functions from one stream's history and the next event of it to work.
/// Whoever hosts it follows the log in order, keeps or loads the state of an event's own stream as it was before the event, and
/// writes the position and the work in one transaction.
/// </summary>
public static class NoticePolicy
{
    private const string Insatser = "insats/";
    private const string Notices = "notice/";

    /// <summary>True for streams whose events can make work; all others are passed over.</summary>
    public static bool Concerns(string stream) =>
        stream.StartsWith(Insatser, StringComparison.Ordinal) || stream.StartsWith(Notices, StringComparison.Ordinal);

    /// <param name="stream">One that <see cref="Concerns"/> is true of.</param>
    public static NoticeState Initial(string stream) =>
        stream.StartsWith(Notices, StringComparison.Ordinal)
            ? NoticeCase.Initial(stream[Notices.Length..])
            : InsatsNotices.Initial(stream);

    public static NoticeState Evolve(NoticeState state, Recorded<DomainEvent> happened) => state switch
    {
        InsatsNotices insats => insats.After(happened),
        NoticeCase notice => notice.After(happened),
        _ => throw new UnreachableException(),
    };

    /// <param name="before">The state of the event's stream before the event.</param>
    /// <returns>In the order in which it is to be done within each lane.</returns>
    public static IReadOnlyList<NoticeWork> React(NoticeState before, Recorded<DomainEvent> happened) => before switch
    {
        InsatsNotices insats => Changed(
            insats.CalledFor(LegalGrounds.Shipped), insats.After(happened).CalledFor(LegalGrounds.Shipped), happened.Version),
        NoticeCase notice => NoticeReactions.To(notice, notice.After(happened), happened.Event),
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// The work that a stream still owes, whatever was done of it: for a queue that was lost, or a log that is older than it.
    /// </summary>
    public static IReadOnlyList<NoticeWork> Resume(NoticeState state) => state switch
    {
        InsatsNotices insats =>
            [.. insats.CalledFor(LegalGrounds.Shipped).Select(called => new OpenCase(called.Key, called.Value))],
        NoticeCase notice => NoticeReactions.Owed(notice),
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// Whether a delivery is still to be made: not where the case is told, closed, decided anew, or has gone on to another
    /// channel.
    /// </summary>
    /// <param name="state">Of the case's own stream, as it is now.</param>
    public static bool IsOwed(NoticeState state, Deliver work) =>
        state is NoticeCase { Stage: NoticeStage.Sending or NoticeStage.Unreachable } notice
        && notice.Attempts(work.Attempt)
        && (notice.Stage == NoticeStage.Unreachable || notice.CurrentAttempt == work.Attempt);

    private static List<NoticeWork> Changed(
        IReadOnlyDictionary<string, NoticeNeed> before, IReadOnlyDictionary<string, NoticeNeed> after, long cause)
    {
        var work = new List<NoticeWork>();
        foreach (var id in before.Keys.Where(id => !after.ContainsKey(id)))
            work.Add(new WithdrawCase(id, cause));
        foreach (var (id, need) in after)
        {
            if (!before.TryGetValue(id, out var earlier) || !need.IsTheSameAs(earlier))
                work.Add(new OpenCase(id, need));
        }

        return work;
    }
}
