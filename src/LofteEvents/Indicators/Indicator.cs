using System.Collections.Immutable;
using System.Diagnostics;

namespace LofteEvents.Indicators;

/// <summary>The measurements of one indicator, by their ids: what its decisions need to know, and no more.</summary>
internal sealed record Indicator(ImmutableDictionary<string, Measurement> Measurements)
{
    public static Indicator Initial { get; } = new(ImmutableDictionary<string, Measurement>.Empty);

    /// <summary>What the values count; null before the first measurement in force.</summary>
    internal string? Unit =>
        Measurements.Values.OfType<Measurement.Made>().Select(measurement => measurement.Said.Unit).FirstOrDefault();

    public static Indicator Evolve(Indicator state, DomainEvent happened) => happened switch
    {
        IndicatorMeasured said => state.With(said.Measurement, new Measurement.Made(said)),
        IndicatorVoided said => state.With(said.Measurement, new Measurement.Voided(said.Reason)),
        _ => state,
    };

    public static Decision<IndicatorEvent> Decide(Indicator state, IndicatorEvent said, DecisionContext context) => said switch
    {
        IndicatorMeasured measured => MeasureIndicator.Decide(state, measured, context),
        IndicatorVoided voided => VoidMeasurement.Decide(state, voided),
        _ => throw new UnreachableException($"No decision for {said.GetType().Name}."),
    };

    internal Measurement? Find(string measurement) => Measurements.GetValueOrDefault(measurement);

    private Indicator With(string id, Measurement measurement) => new(Measurements.SetItem(id, measurement));
}

/// <summary>Where one measurement stands.</summary>
internal abstract record Measurement
{
    private Measurement()
    {
    }

    public sealed record Made(IndicatorMeasured Said) : Measurement;

    public sealed record Voided(string Reason) : Measurement;
}
