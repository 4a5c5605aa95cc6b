namespace LofteEvents.Forums;

/// <summary>The refusals that several decisions share.</summary>
internal static class ForumRefusals
{
    public static Decision<ForumEvent> Unknown { get; } = Decision<ForumEvent>.Refuse(
        "forum.unknown",
        "This forum is not established; say that it is with forum.established.v1, or check the subject's id.");

    public static Decision<ForumEvent> MeetingUnknown(string meeting) => Decision<ForumEvent>.Refuse(
        "forum.meeting-unknown",
        $"This forum has no meeting '{meeting}'; report it with forum.meeting-held.v1 first, or check the id.",
        "/meeting");

    public static Decision<ForumEvent> MeetingVoided(string meeting) => Decision<ForumEvent>.Refuse(
        "forum.meeting-voided",
        $"The meeting '{meeting}' of this forum was voided for good; "
            + "if one took place after all, report it under an id of its own.",
        "/meeting");
}
