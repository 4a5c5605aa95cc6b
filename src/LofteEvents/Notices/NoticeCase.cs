using System.Collections.Immutable;

namespace LofteEvents.Notices;

/// <summary>Where a case stands; in JSON in kebab-case.</summary>
public enum NoticeStage
{
    /// <summary>Nothing is recorded of it.</summary>
    Unopened,

    /// <summary>An officer must decide.</summary>
    ToDecide,

    /// <summary>An officer let it wait.</summary>
    Postponed,

    /// <summary>It is on its way, or an officer must tell it.</summary>
    Sending,

    /// <summary>Every channel is given up.</summary>
    Unreachable,

    /// <summary>It is with the recipient.</summary>
    Delivered,

    Closed,
}

/// <summary>A case as its decisions and the policy see it.</summary>
/// <param name="Round">Rises with every opening, reopening and lapse: attempts of one round are not those of another.</param>
/// <param name="ChannelIndex">Which of the terms' channels is tried.</param>
/// <param name="WasTold">True where somebody was told something that has not been corrected since.</param>
/// <param name="IsCorrection">True where what is sent says that what was told before does not hold.</param>
/// <param name="FallbackAt">When the channel that is tried is given up, were it not delivered.</param>
/// <param name="Deadline">From when it is overdue.</param>
/// <param name="Cause">The newest version of the insats' stream that the case has heard of.</param>
/// <param name="Tried">Every attempt, by its id.</param>
internal sealed record NoticeCase(
    string Id,
    NoticeStage Stage,
    NoticeTerms? Terms,
    int Round,
    int ChannelIndex,
    bool WasTold,
    bool IsCorrection,
    DateTimeOffset FallbackAt,
    DateTimeOffset Deadline,
    NoticeDecided? Decision,
    CloseReason? Closed,
    long Cause,
    ImmutableDictionary<Guid, TriedOnce> Tried,
    (DateTimeOffset At, NoticeAttempted Said)? LastByPerson) : NoticeState
{
    public static NoticeCase Initial(string id) => new(
        id, NoticeStage.Unopened, null, 0, 0, false, false, default, default, null, null, 0,
        ImmutableDictionary<Guid, TriedOnce>.Empty, null);

    /// <summary>The channel that is tried; null where none is left.</summary>
    public string? Channel => Terms is not null && ChannelIndex < Terms.Channels.Count ? Terms.Channels[ChannelIndex] : null;

    public Guid CurrentAttempt => AttemptOf(ChannelIndex);

    /// <summary>True where the law sends it, and no officer.</summary>
    public bool IsAutomatic => IsCorrection || Terms?.About == NoticeAbout.Insats;

    /// <summary>True for a delivery of this round.</summary>
    public bool Attempts(Guid attempt) =>
        Enumerable.Range(0, Terms?.Channels.Count ?? 0).Any(index => AttemptOf(index) == attempt);

    /// <summary>The id under which officers in charge are told something: once a round, or once a way of telling it.</summary>
    public Guid AttemptFor(OfficerNews news) => EventId.From(
        "urn:lofte:attempt", $"{Id}\n{Round}\n{news}\n{(news == OfficerNews.ToTell ? ChannelIndex : 0)}");

    public bool WasTried(Guid attempt) => Tried.ContainsKey(attempt);

    public NoticeCase After(Recorded<DomainEvent> happened) => happened.Event switch
    {
        NoticeOpened said => Asked(said.Terms, said.Terms.Cause),
        NoticeReopened { Why: ReopenReason.Corrected, Terms: { } terms } said => Asked(terms, said.Cause ?? terms.Cause),
        NoticeReopened { Why: ReopenReason.Withdrawn } said =>
            (this with { IsCorrection = true, Closed = null, Cause = said.Cause ?? Cause }).AtOnce(happened.RecordedAt),
        NoticeReopened { Why: ReopenReason.PostponementLapsed } => AtOnce(happened.RecordedAt),
        NoticeDecided { Action: NoticeAction.Send } said => (this with { Decision = said }).Released(happened.RecordedAt),
        NoticeDecided { Action: NoticeAction.Postpone } said => this with { Decision = said, Stage = NoticeStage.Postponed },
        NoticeDecided said => this with { Decision = said },
        NoticeAttempted said => Trying(said, happened.RecordedAt),
        NoticeDelivered said => Delivered(said),
        NoticeFailed said => Failed(said),
        NoticeAcknowledged => this with { Stage = NoticeStage.Delivered, WasTold = !IsCorrection },
        NoticeClosed said => this with { Stage = NoticeStage.Closed, Closed = said.Why, Cause = said.Cause ?? Cause },
        _ => this,
    };

    private Guid AttemptOf(int index) => EventId.From("urn:lofte:attempt", $"{Id}\n{Round}\n{index}");

    private NoticeCase Asked(NoticeTerms terms, long cause)
    {
        var asked = this with
        {
            Terms = terms,
            Cause = cause,
            Stage = NoticeStage.ToDecide,
            Round = Round + 1,
            ChannelIndex = 0,
            IsCorrection = false,
            FallbackAt = terms.FallbackAt,
            Deadline = terms.Deadline,
            Decision = null,
            Closed = null,
        };
        return terms.About == NoticeAbout.Insats ? asked with { Stage = NoticeStage.Sending } : asked;
    }

    /// <summary>A channel that is first tried when half of the clock is gone is given half of a clock of its own.</summary>
    private NoticeCase Released(DateTimeOffset at) => this with
    {
        Stage = NoticeStage.Sending,
        ChannelIndex = 0,
        FallbackAt = FallbackAt > at ? FallbackAt : at.AddMinutes((Terms?.Minutes ?? 0) / 2.0),
    };

    /// <summary>What must be sent at once has the clock of that word again.</summary>
    private NoticeCase AtOnce(DateTimeOffset at)
    {
        var minutes = Terms?.Minutes ?? 0;
        return this with
        {
            Stage = NoticeStage.Sending,
            Round = Round + 1,
            ChannelIndex = 0,
            FallbackAt = at.AddMinutes(minutes / 2.0),
            Deadline = at.AddMinutes(minutes),
        };
    }

    private NoticeCase Trying(NoticeAttempted said, DateTimeOffset at) => this with
    {
        Tried = Tried.ContainsKey(said.Attempt) ? Tried : Tried.SetItem(said.Attempt, new TriedOnce(false)),
        LastByPerson = said.By is null ? LastByPerson : (at, said),
    };

    /// <summary>A delivery of an earlier round says only that somebody was told.</summary>
    private NoticeCase Delivered(NoticeDelivered said)
    {
        var told = this with
        {
            Tried = Tried.SetItem(said.Attempt, new TriedOnce(true)),
            WasTold = !IsCorrection,
        };
        return Stage is NoticeStage.Sending or NoticeStage.Unreachable && IsOfThisRound(said.Attempt)
            ? told with { Stage = NoticeStage.Delivered }
            : told with { WasTold = true };
    }

    private NoticeCase Failed(NoticeFailed said)
    {
        var failed = this with
        {
            Tried = Tried.ContainsKey(said.Attempt) ? Tried : Tried.SetItem(said.Attempt, new TriedOnce(false)),
        };
        if (Stage != NoticeStage.Sending || said.Attempt != CurrentAttempt)
            return failed;

        return ChannelIndex + 1 < (Terms?.Channels.Count ?? 0)
            ? failed with { ChannelIndex = ChannelIndex + 1 }
            : failed with { ChannelIndex = ChannelIndex + 1, Stage = NoticeStage.Unreachable };
    }

    /// <summary>A person's attempt has an id of its own, and is of the round in which it was made.</summary>
    public bool IsOfThisRound(Guid attempt) => Attempts(attempt) || LastByPerson?.Said.Attempt == attempt;
}

/// <param name="WasDelivered">True once the channel said so.</param>
internal sealed record TriedOnce(bool WasDelivered);
