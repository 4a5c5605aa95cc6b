namespace LofteEvents.Loften;

/// <summary>
/// One event counts for two commitments only where the definition says so: commitments that one event could serve are refused
/// unless one declares it in <c>sharesEventsWith</c>. What is only evidence for an assessment decides nothing, so it may be
/// shared.
/// </summary>
internal static class DoubleCounting
{
    public static IEnumerable<Refusal> Check(LofteDefinition definition, Areas areas)
    {
        var commitments = definition.Commitments;
        for (var i = 0; i < commitments.Count; i++)
        {
            foreach (var fault in Declared(commitments, i))
                yield return fault;

            for (var j = 0; j < i; j++)
            {
                if (Shares(commitments[i], commitments[j]) || !CanShare(commitments[i].Rule, commitments[j].Rule, areas))
                    continue;

                yield return new(
                    "definition.double-counting",
                    $"One event could count for both '{commitments[j].Id}' and '{commitments[i].Id}'; make their rules tell "
                    + "them apart, "
                    + $"or declare it with sharesEventsWith in '{commitments[i].Id}'.",
                    $"/commitments/{i}/rule");
            }
        }
    }

    private static IEnumerable<Refusal> Declared(IReadOnlyList<Commitment> commitments, int i)
    {
        var declared = commitments[i].SharesEventsWith ?? [];
        for (var k = 0; k < declared.Count; k++)
        {
            if (declared[k] == commitments[i].Id || commitments.All(other => other.Id != declared[k]))
            {
                yield return new(
                    "definition.shares-with-unknown",
                    $"'{commitments[i].Id}' says that it shares events with '{declared[k]}', which is no other commitment of "
                    + "this promise; "
                    + "correct the id, or take it out.",
                    $"/commitments/{i}/sharesEventsWith/{k}");
            }
        }
    }

    private static bool Shares(Commitment one, Commitment other) =>
        one.Id == other.Id
        || (one.SharesEventsWith?.Contains(other.Id) ?? false)
        || (other.SharesEventsWith?.Contains(one.Id) ?? false);

    internal static bool CanShare(Rule one, Rule other, Areas areas) =>
        one.Deciding.Any(first => other.Deciding.Any(second => CanShare(first, second, areas)));

    /// <summary>Whether some event could meet both. Where it cannot be told, it could.</summary>
    internal static bool CanShare(Reach one, Reach other, Areas areas) =>
        one.Select.Type == other.Select.Type
        && Meet(one.Select.Kinds, other.Select.Kinds)
        && Meet(one.KindsOfParts, other.Select.Kinds) && Meet(one.Select.Kinds, other.KindsOfParts)
        && Meet(one.KindsOfParts, other.KindsOfParts)
        && Meet(one.Select.Places, other.Select.Places)
        && Meet(one.Select.Forums, other.Select.Forums)
        && Meet(one.Select.TargetGroups, other.Select.TargetGroups)
        && Meet(one.PlacesOfParts, other.Select.Places) && Meet(one.Select.Places, other.PlacesOfParts)
        && Meet(one.PlacesOfParts, other.PlacesOfParts)
        && Meet(one.ForumsOfParts, other.Select.Forums) && Meet(one.Select.Forums, other.ForumsOfParts)
        && Meet(one.ForumsOfParts, other.ForumsOfParts)
        && MeetInside(one.Select.Areas, other.Select.Areas, areas)
        && MeetInside(one.AreasOfParts, other.Select.Areas, areas) && MeetInside(one.Select.Areas, other.AreasOfParts, areas)
        && MeetInside(one.AreasOfParts, other.AreasOfParts, areas)
        && !Excludes(one.Select, other.Select) && !Excludes(other.Select, one.Select)
        && MeetInTime(one.Select.TimeOfDay, other.Select.TimeOfDay);

    private static bool Meet(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null || other is null || one.Intersect(other).Any();

    private static bool MeetInside(IReadOnlyList<string>? one, IReadOnlyList<string>? other, Areas areas) =>
        one is null || other is null
        || one.Any(
            first => other.Any(second => first == second || areas.Contains(first, second) || areas.Contains(second, first)));

    private static bool Excludes(Selector one, Selector other) => one.Tags?.Intersect(other.WithoutTags ?? []).Any() ?? false;

    /// <summary>Only a demand on when an event begins keeps two windows apart.</summary>
    internal static bool MeetInTime(ClockWindow? one, ClockWindow? other) =>
        one is not { Match: ClockMatch.Starts or ClockMatch.Within }
        || other is not { Match: ClockMatch.Starts or ClockMatch.Within }
        || one.Holds(other.From)
        || other.Holds(one.From);
}
