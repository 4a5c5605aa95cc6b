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
