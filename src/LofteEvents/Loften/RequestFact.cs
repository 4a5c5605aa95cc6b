using LofteEvents.Requests;

namespace LofteEvents.Loften;

/// <summary>What can be counted about a request: that it came, on its day, and once it is answered also when and how.</summary>
internal static class RequestFact
{
    public const string Item = "request";

    public static IReadOnlyList<FactChange> Changes(
        IReadOnlyList<CountedFact> current, Recorded<DomainEvent> happened, Areas areas) =>
        (happened.Event, current.Find(Item)) switch
        {
            (RequestReceived said, var earlier) => Facts.Replaced(earlier, Received(said, happened, areas)),
            (RequestAnswered said, { } received) => Facts.Replaced(received, Answered(said, received, happened)),
            (RequestVoided, var earlier) => Facts.Replaced(earlier, null),
            _ => [],
        };

    private static CountedFact Received(RequestReceived said, Recorded<DomainEvent> happened, Areas areas) => new()
    {
        Stream = happened.Stream,
        Item = Item,
        Position = happened.Position,
        Type = FactType.Request,
        Kind = said.Kind,
        Tags = said.Tags ?? [],
        Areas = areas.Outwards(said.Place.Area),
        Place = said.Place.Name,
        TargetGroup = said.TargetGroup,
        About = said.About,
        From = said.At,
        To = said.At,
        Day = Stockholm.DayOf(said.At),
        HappenedAt = happened.HappenedAt,
        RecordedAt = happened.RecordedAt,
    };

    private static CountedFact Answered(
        RequestAnswered said, CountedFact received, Recorded<DomainEvent> happened) => received with
    {
        Position = happened.Position,
        Parties = said.Parties ?? [],
        AnsweredAt = said.At,
        Outcome = KebabName.Of(said.Outcome),
        RecordedAt = happened.RecordedAt,
    };
}
