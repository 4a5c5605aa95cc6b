namespace LofteEvents.Notices;

/// <summary>
/// What can happen to a notice, a case with a clock; stream <c>notice/{id}</c>. Only commands of officers and recipients, and
/// workers, say it. No event holds personal data beyond an opaque id.
/// </summary>
public abstract record NoticeEvent : DomainEvent
{
    private protected NoticeEvent()
    {
    }
}

/// <summary>Stored as <c>notice.opened.v1</c>: someone must be told.</summary>
public sealed record NoticeOpened(NoticeTerms Terms) : NoticeEvent;

/// <summary>Stored as <c>notice.decided.v1</c>: a named officer's individual assessment.</summary>
/// <param name="By">The officer: the token's <c>sub</c>.</param>
/// <param name="Ground">One that the law gives, where it is not sent: see <see cref="NoticeTerms"/>.</param>
/// <param name="Until">When a postponement lapses; it must then be sent at once.</param>
/// <param name="Reason">The officer's own words, without personal data.</param>
public sealed record NoticeDecided(
    NoticeAction Action, string By, string? Ground = null, DateTimeOffset? Until = null, string? Reason = null) : NoticeEvent;

/// <summary>Stored as <c>notice.attempted.v1</c>: someone tried to tell it, by machine or in person.</summary>
/// <param name="Attempt">The same in every event and message of one attempt.</param>
/// <param name="Channel">See <see cref="NoticeChannels"/>; <c>officer</c> where the officer in charge is told of the case
/// itself.</param>
/// <param name="By">The officer who tried; null for a machine.</param>
/// <param name="Outcome">How an officer's own attempt went; null for a machine's, whose outcome is an event of its own.</param>
/// <param name="Note">The officer's own words, without personal data, or what the officer in charge is told.</param>
public sealed record NoticeAttempted(
    Guid Attempt, string Channel, string? By = null, AttemptOutcome? Outcome = null, string? Note = null) : NoticeEvent;

/// <summary>Stored as <c>notice.delivered.v1</c>: it is with its recipient.</summary>
/// <param name="Receipt">What the channel gave as a receipt: an id or a status, never a text about anybody.</param>
public sealed record NoticeDelivered(Guid Attempt, string Channel, string? Receipt = null) : NoticeEvent;

/// <summary>Stored as <c>notice.failed.v1</c>: this channel is given up, and the next one is taken.</summary>
public sealed record NoticeFailed(Guid Attempt, string Channel, string Reason) : NoticeEvent;

/// <summary>Stored as <c>notice.acknowledged.v1</c>: the recipient says that it was received.</summary>
/// <param name="By">Who said so: the token's <c>sub</c>.</param>
public sealed record NoticeAcknowledged(string By) : NoticeEvent;

/// <summary>Stored as <c>notice.reopened.v1</c>: what was settled is a question again.</summary>
/// <param name="Terms">The new terms; null where those of before stand.</param>
/// <param name="Cause">The version of the insats' stream that made it so; null where a clock did.</param>
public sealed record NoticeReopened(ReopenReason Why, NoticeTerms? Terms = null, long? Cause = null) : NoticeEvent;

/// <summary>Stored as <c>notice.closed.v1</c>: nothing more is owed.</summary>
/// <param name="Cause">The version of the insats' stream that made it so; null where the case itself came to its end.</param>
public sealed record NoticeClosed(CloseReason Why, long? Cause = null) : NoticeEvent;

/// <summary>Who is told, why, by when and how: the terms that a case was opened with are kept, however the law moves.</summary>
/// <param name="Insats">The stream of the insats, such as <c>insats/2018-03-16-sergels-torg</c>.</param>
/// <param name="Person">The opaque id of the young person; null in the notice of the insats itself.</param>
/// <param name="Area">Where it took place; officers of this area decide.</param>
/// <param name="Recipient">Id in the file of recipients; <c>guardian</c> where it is told to guardians.</param>
/// <param name="FellBack">True where the home was unknown, or nobody receives there, so that the place decided.</param>
/// <param name="Channels">In the order in which they are tried.</param>
/// <param name="Minutes">The clock, by the legal table.</param>
/// <param name="Deadline">It is overdue from here on.</param>
/// <param name="FallbackAt">Half of the clock is gone: what is not delivered by then takes the next channel.</param>
/// <param name="PostponeGrounds">The grounds by which the law lets it wait.</param>
/// <param name="WaiveGrounds">The grounds by which the law lets it be.</param>
/// <param name="MustReachAnAdult">True where some adult must be told, whatever is decided of the guardian.</param>
/// <param name="Stated">The version of the insats' stream that last changed what the notice says.</param>
/// <param name="Cause">The version of the insats' stream that opened or reopened the case.</param>
public sealed record NoticeTerms(
    NoticeAbout About,
    string Insats,
    Guid? Person,
    NoticeTo To,
    string Area,
    string? HomeMunicipality,
    string Recipient,
    bool? FellBack,
    IReadOnlyList<string> Channels,
    IReadOnlyList<NoticeGround> Grounds,
    int Minutes,
    DateTimeOffset ClockFrom,
    DateTimeOffset Deadline,
    DateTimeOffset FallbackAt,
    IReadOnlyList<string> PostponeGrounds,
    IReadOnlyList<string> WaiveGrounds,
    bool? MustReachAnAdult,
    long Stated,
    long Cause);

/// <summary>A row of the legal table that a case rests on.</summary>
/// <param name="Id">Such as <c>lul-5-suspected</c>.</param>
/// <param name="Law">Such as <c>LUL 5 §</c>.</param>
/// <param name="From">The day from which the row holds, so that its version is known.</param>
/// <param name="Verified">False where the row was not checked against the statute's text.</param>
public sealed record NoticeGround(string Id, string Law, DateOnly From, bool Verified);

/// <summary>The channels of the product by the names that files and events use.</summary>
public static class NoticeChannels
{
    public const string Webhook = "webhook";
    public const string SecureDigital = "secure-digital";
    public const string Letter = "letter";
    public const string Phone = "phone";
    public const string InPerson = "in-person";

    /// <summary>The officer in charge, who is told of the case itself; no recipient's channel.</summary>
    public const string Officer = "officer";

    /// <summary>Those that a recipient may name.</summary>
    public static IReadOnlyList<string> All { get; } = [Webhook, SecureDigital, Letter, Phone, InPerson];

    /// <summary>True where a person must do it, and records that it was done.</summary>
    public static bool IsByPerson(string channel) => channel is Phone or InPerson;
}

/// <summary>In JSON in kebab-case.</summary>
public enum NoticeAbout
{
    /// <summary>That an insats took place.</summary>
    Insats,

    /// <summary>A young person.</summary>
    Person,
}

/// <summary>In JSON in kebab-case.</summary>
public enum NoticeTo
{
    /// <summary>Social services of a municipality.</summary>
    Socialtjanst,

    /// <summary>The guardian of a young person.</summary>
    Guardian,
}

/// <summary>In JSON in kebab-case.</summary>
public enum NoticeAction
{
    Send,
    Postpone,
    Waive,
}

/// <summary>In JSON in kebab-case.</summary>
public enum AttemptOutcome
{
    /// <summary>The recipient was told.</summary>
    Reached,

    NotReached,

    /// <summary>It was sent and is on its way, as a letter is.</summary>
    Sent,

    /// <summary>This channel leads nowhere.</summary>
    Failed,
}

/// <summary>In JSON in kebab-case.</summary>
public enum ReopenReason
{
    /// <summary>What was reported is corrected, and the case has new terms.</summary>
    Corrected,

    /// <summary>What was reported does not hold any more, and whoever was told is told that.</summary>
    Withdrawn,

    /// <summary>A postponement lapsed: it must be sent at once.</summary>
    PostponementLapsed,
}

/// <summary>In JSON in kebab-case.</summary>
public enum CloseReason
{
    /// <summary>A guardian was told.</summary>
    Told,

    /// <summary>The recipient acknowledged.</summary>
    Acknowledged,

    /// <summary>An officer waived it.</summary>
    Waived,

    /// <summary>It is not called for any more, and nobody was told.</summary>
    Withdrawn,

    /// <summary>It is not called for any more, and whoever was told has been told that.</summary>
    CorrectionTold,
}
