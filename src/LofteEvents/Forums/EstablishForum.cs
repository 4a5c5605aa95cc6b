using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Forums.ForumEvent>;

namespace LofteEvents.Forums;

/// <summary>A forum is established once.</summary>
internal static class EstablishForum
{
    public static Decision<ForumEvent> Decide(Forum state, ForumEstablished said, DecisionContext context) => state switch
    {
        Forum.Unknown => context.Areas.Unknown(said.Place.Area, "/place/area") is { } unknown ? Refuse(unknown) : Accept(said),
        Forum.Established forum when AreSame(forum.Said, said) => Nothing,
        Forum.Established => Refuse(
            "forum.already-established",
            "This forum is already established, with other facts; establish another one under an id of its own."),
        _ => throw new UnreachableException(),
    };

    private static bool AreSame(ForumEstablished one, ForumEstablished other) =>
        (one.Name, one.Place, one.Purpose) == (other.Name, other.Place, other.Purpose)
        && SameItems.InAnyOrder(one.Parties, other.Parties);
}
