using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Forums.ForumEvent>;

namespace LofteEvents.Forums;

/// <summary>What was agreed on is done once.</summary>
internal static class CompleteActivity
{
    public static Decision<ForumEvent> Decide(Forum state, ActivityCompleted said, DecisionContext context) => state switch
    {
        Forum.Unknown => ForumRefusals.Unknown,
        Forum.Established forum => Decide(forum.FindActivity(said.Activity), said, context),
        _ => throw new UnreachableException(),
    };

    private static Decision<ForumEvent> Decide(
        Activity? activity, ActivityCompleted said, DecisionContext context) => activity switch
    {
        null => Refuse(
            "forum.activity-unknown",
            $"This forum has agreed on no activity '{said.Activity}'; "
                + "report that with forum.activity-agreed.v1 first, or check the id.",
            "/activity"),
        { Completed: null } when context.IsAhead(said.At) => Refuse(
            "forum.in-the-future",
            $"An activity cannot have been completed at {said.At.Told()} yet; report it afterwards, or correct the time.",
            "/at"),
        { Completed: null } => Accept(said),
        { Completed: { } completed } when completed == said => Nothing,
        _ => Refuse(
            "forum.activity-already-completed",
            $"The activity '{said.Activity}' is already completed, with other facts; check the id.",
            "/activity"),
    };
}
