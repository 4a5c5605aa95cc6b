using System.Diagnostics;
using static LofteEvents.Decision<LofteEvents.Indicators.IndicatorEvent>;

namespace LofteEvents.Indicators;

/// <summary>A measurement is made once; all of an indicator are in one unit, so that they can be compared.</summary>
internal static class MeasureIndicator
{
    public static Decision<IndicatorEvent> Decide(Indicator state, IndicatorMeasured said, DecisionContext context) =>
        state.Find(said.Measurement) switch
        {
            null => Faults(state, said, context) is { Count: > 0 } faults ? Refuse(faults) : Accept(said),
            Measurement.Made made when made.Said == said => Nothing,
            Measurement.Made => Refuse(
                "indicator.already-measured",
                $"The measurement '{said.Measurement}' is already recorded, with other facts; "
                    + "void it with indicator.voided.v1 and measure under an id of its own.",
                "/measurement"),
            Measurement.Voided => IndicatorRefusals.Voided(said.Measurement),
            _ => throw new UnreachableException(),
        };

    private static List<Refusal> Faults(Indicator state, IndicatorMeasured said, DecisionContext context)
    {
        var faults = new List<Refusal>();
        if (context.IsAhead(said.At))
        {
            faults.Add(new Refusal(
                "indicator.in-the-future",
                $"Nothing can have been measured at {said.At.Told()} yet; report it afterwards, or correct the time.",
                "/at"));
        }

        if (state.Unit is { } unit && unit != said.Unit)
        {
            faults.Add(new Refusal(
                "indicator.other-unit",
                $"This indicator is measured in '{unit}', not in '{said.Unit}'; "
                    + "convert the value, or give it an indicator of its own.",
                "/unit"));
        }

        if (said.Place is { } place && context.Areas.Unknown(place.Area, "/place/area") is { } unknown)
            faults.Add(unknown);

        return faults;
    }
}
