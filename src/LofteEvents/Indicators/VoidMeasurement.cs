using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Indicators.IndicatorEvent>;

namespace LofteEvents.Indicators;

/// <summary>A measurement that was wrong is voided, once and for good.</summary>
internal static class VoidMeasurement
{
    public static Decision<IndicatorEvent> Decide(Indicator state, IndicatorVoided said) => state.Find(said.Measurement) switch
    {
        null => Refuse(
            "indicator.measurement-unknown",
            $"This indicator has no measurement '{said.Measurement}'; check the id.",
            "/measurement"),
        Measurement.Made => Accept(said),
        Measurement.Voided voided when voided.Reason == said.Reason => Nothing,
        Measurement.Voided => IndicatorRefusals.Voided(said.Measurement),
        _ => throw new UnreachableException(),
    };
}
