using System.Text.Json.Serialization;

namespace LofteEvents.Loften;

/// <summary>
/// What can be counted about one thing that happened, as the newest report of it says. A correction replaces it by another
/// version of the same key, a voiding removes it; versions are never changed, so what was known at a position can be asked again.
/// </summary>
public sealed record CountedFact
{
    /// <summary>The stream that it was reported in; with <see cref="Item"/> the key.</summary>
    public required string Stream { get; init; }

    /// <summary>
    /// Which thing of the stream: <c>insats</c>, <c>plan</c>, <c>forum</c>, <c>request</c>, or <c>meeting:</c>, <c>activity:</c>,
    /// <c>measurement:</c> before an id.
    /// </summary>
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
    [JsonConverter(typeof(ExactNumber))]
    public decimal? Hours { get; init; }

    /// <summary>Id of the insats that it is a part of.</summary>
    public string? PartOf { get; init; }

    /// <summary>What a request is about, where an event called for it: the <see cref="Reference"/> of that.</summary>
    public string? About { get; init; }

    /// <summary>When a request was answered; nothing while it waits.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>How a request was answered: <c>met</c> or <c>waived</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>The value of a measurement.</summary>
    [JsonConverter(typeof(ExactNumber))]
    public decimal? Value { get; init; }

    /// <summary>What the value counts, and where it is published.</summary>
    public string? Unit { get; init; }

    public string? Source { get; init; }

    /// <summary>When it happened, by its publisher.</summary>
    public required DateTimeOffset HappenedAt { get; init; }

    /// <summary>When this version of it was learnt.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>How other events name it: its stream, and of a forum which meeting or activity.</summary>
    internal string Reference => Type is FactType.ForumMeeting or FactType.ForumActivity ? $"{Stream}#{Item}" : Stream;

    /// <summary>What a planned thing will count as once it is done; nothing for what is no plan.</summary>
    internal FactType? PlanOf => Type switch
    {
        FactType.PlannedInsats => FactType.Insats,
        FactType.AgreedActivity => FactType.ForumActivity,
        _ => null,
    };
}
