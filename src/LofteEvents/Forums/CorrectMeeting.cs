using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Forums.ForumEvent>;

namespace LofteEvents.Forums;

/// <summary>A correction replaces every fact of a meeting's report; one that changes no fact is nothing.</summary>
internal static class CorrectMeeting
{
    public static Decision<ForumEvent> Decide(Forum state, MeetingCorrected said, DecisionContext context) => state switch
    {
        Forum.Unknown => ForumRefusals.Unknown,
        Forum.Established forum => Decide(forum.Find(said.Meeting), said, context),
        _ => throw new UnreachableException(),
    };

    private static Decision<ForumEvent> Decide(Meeting? meeting, MeetingCorrected said, DecisionContext context) => meeting switch
    {
        null => ForumRefusals.MeetingUnknown(said.Meeting),
        Meeting.Held held when MeetingCheck.AreSame(held.InForce, said) => Nothing,
        Meeting.Held => MeetingCheck.Faults(said, context) is { Count: > 0 } faults ? Refuse(faults) : Accept(said),
        Meeting.Voided => ForumRefusals.MeetingVoided(said.Meeting),
        _ => throw new UnreachableException(),
    };
}
