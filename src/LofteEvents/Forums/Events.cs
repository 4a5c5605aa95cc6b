namespace LofteEvents.Forums;

/// <summary>What can happen in a standing meeting of police, municipality and others; stream <c>forum/{id}</c>.</summary>
public abstract record ForumEvent : DomainEvent
{
    private protected ForumEvent()
    {
    }
}

/// <summary>Stored as <c>forum.established.v1</c>.</summary>
/// <param name="Purpose">What the forum meets for, in one sentence.</param>
/// <param name="Parties">The standing members, and in what role.</param>
public sealed record ForumEstablished(
    string Name, Place Place, string? Purpose = null, IReadOnlyList<Party>? Parties = null) : ForumEvent;

/// <summary>The facts of a meeting. Those of the newest report of the same meeting are in force.</summary>
public abstract record MeetingReport : ForumEvent
{
    private protected MeetingReport()
    {
    }

    /// <summary>The meeting's id within its forum, chosen by the publisher, such as <c>2018-02-14</c>.</summary>
    public required string Meeting { get; init; }

    /// <summary>When it began; it counts on the Stockholm date of this time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who attended, and in what role: <c>lead</c> drove the work, <c>chair</c> led the meeting.</summary>
    public required IReadOnlyList<Party> Parties { get; init; }

    public Place? Place { get; init; }

    public IReadOnlyList<string>? Topics { get; init; }

    /// <summary>What the meeting led to, a sentence each. What was agreed to be done is an event of its own.</summary>
    public IReadOnlyList<string>? LedTo { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }
}

/// <summary>Stored as <c>forum.meeting-held.v1</c>.</summary>
public sealed record MeetingHeld : MeetingReport;

/// <summary>Stored as <c>forum.meeting-corrected.v1</c>: the full replacement facts, and why.</summary>
public sealed record MeetingCorrected : MeetingReport
{
    public required string Reason { get; init; }
}

/// <summary>Stored as <c>forum.meeting-voided.v1</c>: there was no such meeting; it no longer counts.</summary>
public sealed record MeetingVoided(string Meeting, string Reason) : ForumEvent;

/// <summary>Stored as <c>forum.activity-agreed.v1</c>: a concrete activity that a meeting led to.</summary>
/// <param name="Activity">The activity's id within its forum, chosen by the publisher.</param>
/// <param name="Meeting">The meeting that agreed on it.</param>
/// <param name="Responsible">The party that is to do it.</param>
/// <param name="ProposedBy">The party that proposed it: who drives the forum's work shows here.</param>
/// <param name="Due">The day by which it is to be done.</param>
public sealed record ActivityAgreed(
    string Activity,
    string Meeting,
    string What,
    string Responsible,
    string? ProposedBy = null,
    DateOnly? Due = null) : ForumEvent;

/// <summary>Stored as <c>forum.activity-completed.v1</c>.</summary>
public sealed record ActivityCompleted(string Activity, DateTimeOffset At, string? Outcome = null) : ForumEvent;
