namespace LofteEvents.Requests;

/// <summary>What can happen to something that citizens or others asked for; stream <c>request/{id}</c>.</summary>
public abstract record RequestEvent : DomainEvent
{
    private protected RequestEvent()
    {
    }
}

/// <summary>Stored as <c>request.received.v1</c>. It counts on the Stockholm date of <paramref name="At"/>.</summary>
/// <param name="Kind">Kebab-case, such as <c>trygghetsvandring</c>.</param>
/// <param name="About">The event that called for it, where nobody asked: <c>insats/{id}</c>, <c>request/{id}</c>, or of a forum
/// <c>forum/{id}#meeting:{id}</c> or <c>forum/{id}#activity:{id}</c>.</param>
/// <param name="From">What sort of party asked, kebab-case, such as <c>resident</c> or <c>school</c>: never a person.</param>
public sealed record RequestReceived(
    string Kind,
    DateTimeOffset At,
    Place Place,
    string? Title = null,
    string? From = null,
    string? TargetGroup = null,
    IReadOnlyList<string>? Tags = null,
    string? About = null) : RequestEvent;

/// <summary>Stored as <c>request.answered.v1</c>: the request was met, or lawfully set aside, and so is handled.</summary>
/// <param name="At">When it was answered.</param>
/// <param name="Parties">Who answered.</param>
/// <param name="Insats">Id of the insats that met the request.</param>
/// <param name="Ground">Why it was set aside; only and always where the outcome is <see cref="RequestOutcome.Waived"/>.</param>
public sealed record RequestAnswered(
    DateTimeOffset At,
    RequestOutcome Outcome,
    string? Answer = null,
    IReadOnlyList<Party>? Parties = null,
    string? Insats = null,
    string? Ground = null) : RequestEvent;

/// <summary>Stored as <c>request.voided.v1</c>: there was no such request; it no longer counts.</summary>
public sealed record RequestVoided(string Reason) : RequestEvent;

/// <summary>How a request was handled; in JSON in kebab-case.</summary>
public enum RequestOutcome
{
    /// <summary>What was asked for was done.</summary>
    Met,

    /// <summary>It was lawfully set aside, with a ground.</summary>
    Waived,
}
