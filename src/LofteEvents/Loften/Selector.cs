namespace LofteEvents.Loften;

/// <summary>
/// Which events count: every condition that is named must hold. A condition that is left out lets everything through.
/// </summary>
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

    /// <summary>Every one of these took part: what is promised jointly.</summary>
    public IReadOnlyList<PartyCondition>? Parties { get; init; }

    /// <summary>At least one of these took part.</summary>
    public IReadOnlyList<PartyCondition>? AnyParty { get; init; }

    public ClockWindow? TimeOfDay { get; init; }

    internal bool Matches(CountedFact fact) => !Unmet(fact).Any();

    /// <summary>Every condition that a fact fails, lazily: whoever only asks whether it matches stops at the first.</summary>
    internal IEnumerable<UnmetCondition> Unmet(CountedFact fact)
    {
        if (fact.Type != Type)
            yield return new("type", [KebabName.Of(Type)], [KebabName.Of(fact.Type)]);
        if (Kinds is not null && (fact.Kind is null || !Kinds.Contains(fact.Kind)))
            yield return new("kind", Kinds, Found(fact.Kind));
        if (Tags is not null && Tags.Except(fact.Tags).Any())
            yield return new("tags", [.. Tags.Except(fact.Tags)], fact.Tags);
        if (WithoutTags is not null && WithoutTags.Intersect(fact.Tags).Any())
            yield return new("without-tags", WithoutTags, [.. WithoutTags.Intersect(fact.Tags)]);
        if (Areas is not null && !Areas.Intersect(fact.Areas).Any())
            yield return new("area", Areas, [.. fact.Areas.Take(1)]);
        if (Places is not null && (fact.Place is null || !Places.Contains(fact.Place)))
            yield return new("place", Places, Found(fact.Place));
        if (Forums is not null && !Forums.Contains(fact.Stream))
            yield return new("forum", Forums, [fact.Stream]);
        if (TargetGroups is not null && (fact.TargetGroup is null || !TargetGroups.Contains(fact.TargetGroup)))
            yield return new("target-group", TargetGroups, Found(fact.TargetGroup));
        if (Parties is not null && !Parties.All(party => party.IsIn(fact.Parties)))
            yield return new("parties", Names(Parties.Where(party => !party.IsIn(fact.Parties))), Names(fact.Parties));
        if (AnyParty is not null && !AnyParty.Any(party => party.IsIn(fact.Parties)))
            yield return new("any-party", Names(AnyParty), Names(fact.Parties));
        if (TimeOfDay is not null && TimeOfDay.DayOf(fact.From, fact.To) is null)
            yield return new("time-of-day", [$"{TimeOfDay.From:HH:mm}", $"{TimeOfDay.To:HH:mm}"], Clock(fact));
    }

    private static string[] Found(string? value) => value is null ? [] : [value];

    private static string[] Names(IEnumerable<PartyCondition> parties) =>
        [.. parties.Select(party => party.Role is null ? party.Name : $"{party.Name} ({party.Role})")];

    private static string[] Names(IEnumerable<Party> parties) =>
        Names(parties.Select(party => new PartyCondition(party.Name, party.Role)));

    private static string[] Clock(CountedFact fact) =>
        [$"{Stockholm.Local(fact.From):HH:mm}", $"{Stockholm.Local(fact.To):HH:mm}"];
}

/// <param name="Role">What it must have done, such as <c>lead</c>; nothing: any role.</param>
public sealed record PartyCondition(string Name, string? Role = null)
{
    internal bool IsIn(IReadOnlyList<Party> parties) =>
        parties.Any(party => party.Name == Name && (Role is null || party.Role == Role));
}

/// <summary>A condition that a fact does not meet, as data; whoever shows it makes the sentence.</summary>
/// <param name="Code">Stable; one of <see cref="Codes"/>.</param>
/// <param name="Demanded">What the rule demands, or what is missing of it.</param>
/// <param name="Found">What the event says; empty where it says nothing.</param>
public sealed record UnmetCondition(string Code, IReadOnlyList<string> Demanded, IReadOnlyList<string> Found)
{
    /// <summary>Every code there is; whoever words them words all.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        "type", "kind", "tags", "without-tags", "area", "place", "forum", "target-group", "parties", "any-party", "time-of-day",
        "before-term", "after-term", "before-commitment", "after-judged-day", "outside-set", "outside-parts",
        "outside-occurrence", "outside-period", "no-duration", "answers-nothing", "assessed-only", "deliverable-only", "voided",
    ];
}
