namespace LofteEvents.Indicators;

/// <summary>The refusals that several decisions share.</summary>
internal static class IndicatorRefusals
{
    public static Decision<IndicatorEvent> Voided(string measurement) => Decision<IndicatorEvent>.Refuse(
        "indicator.already-voided",
        $"The measurement '{measurement}' was voided for good; measure anew under an id of its own.",
        "/measurement");
}
