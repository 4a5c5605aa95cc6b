using LofteEvents.Insatser;

namespace LofteEvents.Loften;

/// <summary>
/// What can be counted about an insats: its plan until it is carried out or cancelled, then the newest report of it.
/// </summary>
internal static class InsatsFact
{
    public const string Item = "insats";
    public const string Plan = "plan";

    public static IReadOnlyList<FactChange> Changes(
        IReadOnlyList<CountedFact> current, Recorded<DomainEvent> happened, Areas areas) => happened.Event switch
    {
        InsatsPlanned plan => Facts.Replaced(current.Find(Plan), Of(plan, Plan, FactType.PlannedInsats, happened, areas)),
        InsatsCancelled => Facts.Replaced(current.Find(Plan), null),
        InsatsReport report =>
        [
            .. Facts.Replaced(current.Find(Plan), null),
            .. Facts.Replaced(current.Find(Item), Of(report, Item, FactType.Insats, happened, areas)),
        ],
        InsatsVoided => [.. Facts.Replaced(current.Find(Plan), null), .. Facts.Replaced(current.Find(Item), null)],
        _ => [],
    };

    private static CountedFact Of(
        InsatsFacts said, string item, FactType type, Recorded<DomainEvent> happened, Areas areas) => new()
    {
        Stream = happened.Stream,
        Item = item,
        Position = happened.Position,
        Type = type,
        Kind = said.Kind,
        Tags = said.Tags ?? [],
        Areas = areas.Outwards(said.Place.Area),
        Place = said.Place.Name,
        Parties = said.Parties ?? [],
        TargetGroup = said.TargetGroup,
        From = said.From,
        To = said.To,
        Day = Stockholm.DayOf(said.From),
        Hours = said.Hours,
        PartOf = said.PartOf,
        HappenedAt = happened.HappenedAt,
        RecordedAt = happened.RecordedAt,
    };
}
