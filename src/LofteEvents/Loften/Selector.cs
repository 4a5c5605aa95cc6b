namespace LofteEvents.Loften;

/// <summary>Which events count: every condition that is named must hold. A condition that is left out lets everything through.</summary>
public sealed record Selector
{
    public required FactType Type { get; init; }

    /// <summary>One of these kinds, each declared by the promise.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>All of these tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>None of these tags.</summary>
    public IReadOnlyList<string>? WithoutTags { get; init; }

    /// <summary>In one of these areas or in what lies inside it.</summary>
    public IReadOnlyList<string>? Areas { get; init; }

    /// <summary>At one of these places, by the name that the events give.</summary>
    public IReadOnlyList<string>? Places { get; init; }

    /// <summary>In one of these forums, by stream: <c>forum/ungdomar</c>.</summary>
    public IReadOnlyList<string>? Forums { get; init; }

    /// <summary>Directed at one of these groups.</summary>
    public IReadOnlyList<string>? TargetGroups { get; init; }

    /// <summary>Every one of these took part.</summary>
    public IReadOnlyList<PartyCondition>? Parties { get; init; }

    public ClockWindow? TimeOfDay { get; init; }
}

/// <summary>What kind of thing happened.</summary>
public enum FactType
{
    /// <summary>An insats that was carried out.</summary>
    Insats,

    /// <summary>A meeting of a forum.</summary>
    ForumMeeting,

    /// <summary>An activity that a forum agreed on and that is completed.</summary>
    ForumActivity,

    /// <summary>An insats that is planned and neither carried out nor cancelled. It never counts; it is shown beside what is delivered.</summary>
    PlannedInsats,
}

/// <param name="Role">What it must have done, such as <c>lead</c>; nothing: any role.</param>
public sealed record PartyCondition(string Name, string? Role = null);

/// <summary>
/// A time of day by the clocks of Stockholm. A window whose end is not after its start goes past midnight; one from 00:00 to 00:00 is the
/// whole day.
/// </summary>
/// <param name="From">Inclusive, as <c>18:00:00</c> or <c>18:00</c>.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Match">How an event must lie in relation to the window; <see cref="ClockMatch.Starts"/> where nothing is said.</param>
public sealed record ClockWindow(TimeOnly From, TimeOnly To, ClockMatch Match = ClockMatch.Starts);

public enum ClockMatch
{
    /// <summary>It begins inside the window.</summary>
    Starts,

    /// <summary>Some part of it lies inside the window.</summary>
    Overlaps,

    /// <summary>All of it lies inside the window.</summary>
    Within,

    /// <summary>It lasts through the whole window.</summary>
    Covers,
}
