using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Forums.ForumEvent>;

namespace LofteEvents.Forums;

/// <summary>A meeting is reported once; what was wrong in the report is corrected.</summary>
internal static class HoldMeeting
{
    public static Decision<ForumEvent> Decide(Forum state, MeetingHeld said, DecisionContext context) => state switch
    {
        Forum.Unknown => ForumRefusals.Unknown,
        Forum.Established forum => Decide(forum.Find(said.Meeting), said, context),
        _ => throw new UnreachableException(),
    };

    private static Decision<ForumEvent> Decide(Meeting? meeting, MeetingHeld said, DecisionContext context) => meeting switch
    {
        null => MeetingCheck.Faults(said, context) is { Count: > 0 } faults ? Refuse(faults) : Accept(said),
        Meeting.Held held when MeetingCheck.AreSame(held.InForce, said) || MeetingCheck.AreSame(held.First, said) => Nothing,
        Meeting.Held => Refuse(
            "forum.meeting-already-held",
            $"The meeting '{said.Meeting}' is already reported, with other facts; "
                + "say what is right with forum.meeting-corrected.v1.",
            "/meeting"),
        Meeting.Voided => ForumRefusals.MeetingVoided(said.Meeting),
        _ => throw new UnreachableException(),
    };
}
