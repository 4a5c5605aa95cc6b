namespace LofteEvents.Insatser;

/// <summary>What can happen to a targeted police operation; stream <c>insats/{id}</c>.</summary>
public abstract record InsatsEvent : DomainEvent
{
    private protected InsatsEvent()
    {
    }
}

/// <summary>Stored as <c>insats.planned.v1</c>.</summary>
/// <param name="Kind">Kebab-case, such as <c>youth-narcotics</c>.</param>
public sealed record InsatsPlanned(
    string Kind,
    string Title,
    string Organiser,
    Place Place,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<Party>? Parties = null,
    string? TargetGroup = null,
    IReadOnlyList<string>? Tags = null,
    decimal? Hours = null) : InsatsEvent;

/// <summary>Stored as <c>insats.carried-out.v1</c>. It counts on the Stockholm date of <paramref name="From"/>.</summary>
/// <param name="Kind">Kebab-case, such as <c>youth-narcotics</c>.</param>
/// <param name="Hours">Person-hours; the duration is <c>To − From</c>.</param>
/// <param name="Results">Named counts, such as <c>checks</c> and <c>reports</c>.</param>
public sealed record InsatsCarriedOut(
    string Kind,
    string Title,
    string Organiser,
    Place Place,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<Party>? Parties = null,
    string? TargetGroup = null,
    IReadOnlyList<string>? Tags = null,
    int? MinorsEncountered = null,
    decimal? Hours = null,
    IReadOnlyDictionary<string, long>? Results = null,
    string? CaseNumber = null) : InsatsEvent;

/// <summary>Stored as <c>insats.cancelled.v1</c>: a planned insats that will not take place.</summary>
public sealed record InsatsCancelled(string Reason) : InsatsEvent;

/// <summary>Stored as <c>insats.corrected.v1</c>: full replacement facts, and why.</summary>
public sealed record InsatsCorrected(InsatsCarriedOut Facts, string Reason) : InsatsEvent;

/// <summary>Stored as <c>insats.voided.v1</c>: it was no insats; it no longer counts.</summary>
public sealed record InsatsVoided(string Reason) : InsatsEvent;

/// <param name="Area">Id of an area of the deployment.</param>
/// <param name="Name">The place as people call it.</param>
public sealed record Place(string Area, string? Name = null);

/// <param name="Role">What the party did: <c>lead</c>, <c>participant</c> …</param>
public sealed record Party(string Name, string? Role = null);
