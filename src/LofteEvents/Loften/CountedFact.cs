namespace LofteEvents.Loften;

/// <summary>
/// What can be counted about one thing that happened, as the newest report of it says. A correction replaces it by another version of the
/// same key, a voiding removes it; versions are never changed, so what was known at a position can be asked again.
/// </summary>
public sealed record CountedFact
{
    /// <summary>The stream that it was reported in; with <see cref="Item"/> the key.</summary>
    public required string Stream { get; init; }

    /// <summary>Which thing of the stream: a meeting's or activity's id, <c>insats</c> or <c>plan</c> for those of an insats.</summary>
    public required string Item { get; init; }

    /// <summary>Position of the event that established this version.</summary>
    public required long Position { get; init; }

    public required FactType Type { get; init; }

    public string? Kind { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The area itself first, then every area that it lies inside, outwards; empty where no area is known.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    public string? Place { get; init; }

    public IReadOnlyList<Party> Parties { get; init; } = [];

    public string? TargetGroup { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>Equal to <see cref="From"/> for what has no duration.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The day it counts on: the Stockholm date of <see cref="From"/>.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Person-hours, where they were reported.</summary>
    public decimal? Hours { get; init; }

    /// <summary>When it happened, by its publisher.</summary>
    public required DateTimeOffset HappenedAt { get; init; }

    /// <summary>When this version of it was learnt.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
