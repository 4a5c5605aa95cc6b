namespace LofteEvents.Forums;

/// <summary>What must hold of a meeting's facts beyond their schema, and when two reports say the same.</summary>
internal static class MeetingCheck
{
    public static IReadOnlyList<Refusal> Faults(MeetingReport said, DecisionContext context)
    {
        var faults = new List<Refusal>();
        if (context.IsAhead(said.At))
        {
            faults.Add(new Refusal(
                "forum.in-the-future",
                $"A meeting that begins at {said.At.Told()} cannot have been held yet; report it afterwards, or correct the "
                + "time.",
                "/at"));
        }

        if (said.Place is { } place && context.Areas.Unknown(place.Area, "/place/area") is { } unknown)
            faults.Add(unknown);

        return faults;
    }

    public static bool AreSame(MeetingReport one, MeetingReport other) =>
        (one.Meeting, one.At, one.Place) == (other.Meeting, other.At, other.Place)
        && SameItems.InAnyOrder(one.Parties, other.Parties)
        && SameItems.InOrder(one.Topics, other.Topics)
        && SameItems.InOrder(one.LedTo, other.LedTo)
        && SameItems.InAnyOrder(one.Tags, other.Tags);
}
