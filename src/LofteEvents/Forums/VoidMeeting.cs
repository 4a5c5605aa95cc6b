using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Forums.ForumEvent>;

namespace LofteEvents.Forums;

/// <summary>A meeting that was reported and never took place is voided, once and for good.</summary>
internal static class VoidMeeting
{
    public static Decision<ForumEvent> Decide(Forum state, MeetingVoided said) => state switch
    {
        Forum.Unknown => ForumRefusals.Unknown,
        Forum.Established forum => Decide(forum.Find(said.Meeting), said),
        _ => throw new UnreachableException(),
    };

    private static Decision<ForumEvent> Decide(Meeting? meeting, MeetingVoided said) => meeting switch
    {
        null => ForumRefusals.MeetingUnknown(said.Meeting),
        Meeting.Held => Accept(said),
        Meeting.Voided voided when voided.Reason == said.Reason => Nothing,
        Meeting.Voided => ForumRefusals.MeetingVoided(said.Meeting),
        _ => throw new UnreachableException(),
    };
}
