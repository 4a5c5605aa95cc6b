using LofteEvents.Forums;

namespace LofteEvents.Loften;

/// <summary>What can be counted about a forum: its meetings, and the activities that it agreed on.</summary>
internal static class ForumFact
{
    public const string Item = "forum";

    public static string Meeting(string id) => "meeting:" + id;

    public static string Activity(string id) => "activity:" + id;

    public static IReadOnlyList<FactChange> Changes(
        IReadOnlyList<CountedFact> current, Recorded<DomainEvent> happened, Areas areas) => happened.Event switch
    {
        ForumEstablished said => Facts.Replaced(current.Find(Item), Established(said, happened, areas)),
        MeetingReport said =>
            Facts.Replaced(current.Find(Meeting(said.Meeting)), Held(said, current.Find(Item), happened, areas)),
        MeetingVoided said => Facts.Replaced(current.Find(Meeting(said.Meeting)), null),
        ActivityAgreed said => Facts.Replaced(current.Find(Activity(said.Activity)), Agreed(said, current.Find(Item), happened)),
        ActivityCompleted said => Facts.Replaced(
            current.Find(Activity(said.Activity)), Completed(said, current.Find(Activity(said.Activity)), happened)),
        _ => [],
    };

    private static CountedFact Established(ForumEstablished said, Recorded<DomainEvent> happened, Areas areas) =>
        At(happened.HappenedAt, Item, FactType.Forum, happened) with
        {
            Areas = areas.Outwards(said.Place.Area),
            Place = said.Place.Name,
            Parties = said.Parties ?? [],
        };

    /// <summary>A meeting that names no place was where its forum is.</summary>
    private static CountedFact Held(MeetingReport said, CountedFact? forum, Recorded<DomainEvent> happened, Areas areas) =>
        At(said.At, Meeting(said.Meeting), FactType.ForumMeeting, happened) with
        {
            Areas = said.Place is { } place ? areas.Outwards(place.Area) : forum?.Areas ?? [],
            Place = said.Place is null ? forum?.Place : said.Place.Name,
            Parties = said.Parties,
            Tags = said.Tags ?? [],
        };

    private static CountedFact Agreed(ActivityAgreed said, CountedFact? forum, Recorded<DomainEvent> happened) =>
        At(happened.HappenedAt, Activity(said.Activity), FactType.AgreedActivity, happened) with
        {
            Areas = forum?.Areas ?? [],
            Place = forum?.Place,
            Parties = said.ProposedBy is { } proposer
                ? [new Party(said.Responsible, "responsible"), new Party(proposer, "proposer")]
                : [new Party(said.Responsible, "responsible")],
        };

    private static CountedFact Completed(ActivityCompleted said, CountedFact? agreed, Recorded<DomainEvent> happened) =>
        At(said.At, Activity(said.Activity), FactType.ForumActivity, happened) with
        {
            Areas = agreed?.Areas ?? [],
            Place = agreed?.Place,
            Parties = agreed?.Parties ?? [],
        };

    private static CountedFact At(DateTimeOffset at, string item, FactType type, Recorded<DomainEvent> happened) => new()
    {
        Stream = happened.Stream,
        Item = item,
        Position = happened.Position,
        Type = type,
        From = at,
        To = at,
        Day = Stockholm.DayOf(at),
        HappenedAt = happened.HappenedAt,
        RecordedAt = happened.RecordedAt,
    };
}
