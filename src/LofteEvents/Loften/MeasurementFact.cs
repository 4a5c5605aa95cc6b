using LofteEvents.Indicators;

namespace LofteEvents.Loften;

/// <summary>A measured value, with its source. It is followed beside a promise and never adds to a count.</summary>
internal static class MeasurementFact
{
    public static string Item(string id) => "measurement:" + id;

    public static IReadOnlyList<FactChange> Changes(
        IReadOnlyList<CountedFact> current, Recorded<DomainEvent> happened, Areas areas) => happened.Event switch
    {
        IndicatorMeasured said => Facts.Replaced(current.Find(Item(said.Measurement)), Measured(said, happened, areas)),
        IndicatorVoided said => Facts.Replaced(current.Find(Item(said.Measurement)), null),
        _ => [],
    };

    private static CountedFact Measured(IndicatorMeasured said, Recorded<DomainEvent> happened, Areas areas) => new()
    {
        Stream = happened.Stream,
        Item = Item(said.Measurement),
        Position = happened.Position,
        Type = FactType.Measurement,
        Areas = said.Place is { } place ? areas.Outwards(place.Area) : [],
        Place = said.Place?.Name,
        From = said.At,
        To = said.At,
        Day = Stockholm.DayOf(said.At),
        Value = said.Value,
        Unit = said.Unit,
        Source = said.Source,
        HappenedAt = happened.HappenedAt,
        RecordedAt = happened.RecordedAt,
    };
}
