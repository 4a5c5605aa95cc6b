using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Forums.ForumEvent>;

namespace LofteEvents.Forums;

/// <summary>An activity is agreed on once, at a meeting that was held.</summary>
internal static class AgreeActivity
{
    public static Decision<ForumEvent> Decide(Forum state, ActivityAgreed said) => state switch
    {
        Forum.Unknown => ForumRefusals.Unknown,
        Forum.Established forum when forum.FindActivity(said.Activity) is { } activity =>
            activity.Agreed == said ? Nothing : AlreadyAgreed(said),
        Forum.Established forum => forum.Find(said.Meeting) switch
        {
            null => ForumRefusals.MeetingUnknown(said.Meeting),
            Meeting.Held => Accept(said),
            Meeting.Voided => ForumRefusals.MeetingVoided(said.Meeting),
            _ => throw new UnreachableException(),
        },
        _ => throw new UnreachableException(),
    };

    private static Decision<ForumEvent> AlreadyAgreed(ActivityAgreed said) => Refuse(
        "forum.activity-already-agreed",
        $"The activity '{said.Activity}' is already agreed on, with other facts; give the new one an id of its own.",
        "/activity");
}
