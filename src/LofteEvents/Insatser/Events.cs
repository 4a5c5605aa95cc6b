namespace LofteEvents.Insatser;

/// <summary>What can happen to a targeted police operation; stream <c>insats/{id}</c>.</summary>
public abstract record InsatsEvent : DomainEvent
{
    private protected InsatsEvent()
    {
    }
}

/// <summary>What an insats is about, planned or carried out.</summary>
public abstract record InsatsFacts : InsatsEvent
{
    private protected InsatsFacts()
    {
    }

    /// <summary>
    /// Kebab-case, such as <c>youth-narcotics</c>. Any kind is taken in; a definition selects those that it declares.
    /// </summary>
    public required string Kind { get; init; }

    public string? Title { get; init; }

    /// <summary>The unit that organises it, such as <c>norrmalm</c>.</summary>
    public string? Organiser { get; init; }

    public required Place Place { get; init; }

    /// <summary>It counts on the Stockholm date of this time.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The duration is <c>To − From</c>.</summary>
    public required DateTimeOffset To { get; init; }

    public IReadOnlyList<Party>? Parties { get; init; }

    public string? TargetGroup { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Person-hours.</summary>
    public decimal? Hours { get; init; }

    /// <summary>Id of the insats that this one is a part of, where one insats consists of several parts.</summary>
    public string? PartOf { get; init; }
}

/// <summary>Stored as <c>insats.planned.v1</c>.</summary>
public sealed record InsatsPlanned : InsatsFacts;

/// <summary>The facts of an insats that took place. Those of the newest report are in force.</summary>
public abstract record InsatsReport : InsatsFacts
{
    private protected InsatsReport()
    {
    }

    public int? MinorsEncountered { get; init; }

    /// <summary>Named counts, such as <c>checks</c> and <c>reports</c>.</summary>
    public IReadOnlyDictionary<string, long>? Results { get; init; }

    public string? CaseNumber { get; init; }
}

/// <summary>Stored as <c>insats.carried-out.v1</c>.</summary>
public sealed record InsatsCarriedOut : InsatsReport;

/// <summary>Stored as <c>insats.corrected.v1</c>: the full replacement facts, and why.</summary>
public sealed record InsatsCorrected : InsatsReport
{
    public required string Reason { get; init; }
}

/// <summary>Stored as <c>insats.cancelled.v1</c>: a planned insats that will not take place.</summary>
public sealed record InsatsCancelled(string Reason) : InsatsEvent;

/// <summary>Stored as <c>insats.voided.v1</c>: it was no insats; it no longer counts.</summary>
public sealed record InsatsVoided(string Reason) : InsatsEvent;

/// <summary>
/// What is known of a young person who was met: nothing but an opaque id tells who it is. It happened at the event's own time,
/// which is the time of the deed that ages and rules of law are counted at.
/// </summary>
public abstract record YouthFacts : InsatsEvent
{
    private protected YouthFacts()
    {
    }

    /// <summary>Chosen by the publisher, never derived from a personal number.</summary>
    public required Guid Person { get; init; }

    /// <summary>In whole years, at the deed.</summary>
    public required int AgeAtDeed { get; init; }

    public required Suspicion Suspicion { get; init; }

    /// <summary>What the suspicion is of.</summary>
    public string? Offence { get; init; }

    /// <summary>Whether prison can follow; null where nobody said.</summary>
    public bool? PrisonPossible { get; init; }

    /// <summary>Apprehended, arrested or detained.</summary>
    public bool? DeprivedOfLiberty { get; init; }

    /// <summary>Null where no test was made.</summary>
    public DrugTest? DrugTest { get; init; }

    public bool? MediationOffered { get; init; }

    /// <summary>An inquiry by 31 § of the Young Offenders Act (1964:167), of someone under 15.</summary>
    public bool? InquiryUnder15 { get; init; }

    /// <summary>Code by Statistics Sweden, four digits; null where it is unknown.</summary>
    public string? HomeMunicipality { get; init; }
}

/// <summary>Stored as <c>insats.youth-encountered.v1</c>.</summary>
public sealed record YouthEncountered : YouthFacts;

/// <summary>Stored as <c>insats.youth-corrected.v1</c>: the full replacement facts, and why.</summary>
public sealed record YouthCorrected : YouthFacts
{
    /// <summary>The id that the person was reported under before, where it was another person's; null where it stays.</summary>
    public Guid? Replaces { get; init; }

    public required string Reason { get; init; }
}

/// <summary>How strongly someone is suspected; in JSON in kebab-case.</summary>
public enum Suspicion
{
    /// <summary>No suspicion that the law counts.</summary>
    None,

    /// <summary>Skäligen misstänkt.</summary>
    Reasonable,

    /// <summary>På sannolika skäl misstänkt.</summary>
    Probable,
}

/// <summary>What a drug test said; in JSON in kebab-case.</summary>
public enum DrugTest
{
    Negative,
    Positive,
}
