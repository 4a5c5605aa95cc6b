using System.Collections.Immutable;
using System.Diagnostics;

namespace LofteEvents.Forums;

/// <summary>Where a forum stands: what its decisions need to know, and no more.</summary>
internal abstract record Forum
{
    private Forum()
    {
    }

    public static Forum Initial { get; } = new Unknown();

    /// <summary>Nothing is recorded of it.</summary>
    public sealed record Unknown : Forum;

    /// <param name="Meetings">By the meeting's id.</param>
    /// <param name="Activities">By the activity's id.</param>
    public sealed record Established(
        ForumEstablished Said,
        ImmutableDictionary<string, Meeting> Meetings,
        ImmutableDictionary<string, Activity> Activities) : Forum
    {
        internal Meeting? Find(string meeting) => Meetings.GetValueOrDefault(meeting);

        internal Activity? FindActivity(string activity) => Activities.GetValueOrDefault(activity);

        internal Established With(string id, Meeting meeting) => this with { Meetings = Meetings.SetItem(id, meeting) };

        internal Established With(string id, Activity activity) => this with { Activities = Activities.SetItem(id, activity) };
    }

    public static Forum Evolve(Forum state, DomainEvent happened) => (state, happened) switch
    {
        (_, ForumEstablished said) => new Established(
            said, ImmutableDictionary<string, Meeting>.Empty, ImmutableDictionary<string, Activity>.Empty),
        (Established forum, MeetingHeld said) => forum.With(said.Meeting, new Meeting.Held(said, said)),
        (Established forum, MeetingCorrected said) => forum.Find(said.Meeting) is Meeting.Held held
            ? forum.With(said.Meeting, held with { InForce = said })
            : forum,
        (Established forum, MeetingVoided said) => forum.With(said.Meeting, new Meeting.Voided(said.Reason)),
        (Established forum, ActivityAgreed said) => forum.With(said.Activity, new Activity(said, null)),
        (Established forum, ActivityCompleted said) => forum.FindActivity(said.Activity) is { } activity
            ? forum.With(said.Activity, activity with { Completed = said })
            : forum,
        _ => state,
    };

    public static Decision<ForumEvent> Decide(Forum state, ForumEvent said, DecisionContext context) => said switch
    {
        ForumEstablished established => EstablishForum.Decide(state, established, context),
        MeetingHeld held => HoldMeeting.Decide(state, held, context),
        MeetingCorrected corrected => CorrectMeeting.Decide(state, corrected, context),
        MeetingVoided voided => VoidMeeting.Decide(state, voided),
        ActivityAgreed agreed => AgreeActivity.Decide(state, agreed),
        ActivityCompleted completed => CompleteActivity.Decide(state, completed, context),
        _ => throw new UnreachableException($"No decision for {said.GetType().Name}."),
    };
}

/// <summary>Where one meeting of a forum stands.</summary>
internal abstract record Meeting
{
    private Meeting()
    {
    }

    /// <param name="First">What was reported first, so that the same report under another id is known again.</param>
    /// <param name="InForce">The newest report.</param>
    public sealed record Held(MeetingReport First, MeetingReport InForce) : Meeting;

    public sealed record Voided(string Reason) : Meeting;
}

/// <summary>Where an activity that a forum agreed on stands.</summary>
/// <param name="Completed">Null until it is done.</param>
internal sealed record Activity(ActivityAgreed Agreed, ActivityCompleted? Completed);
