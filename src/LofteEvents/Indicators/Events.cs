namespace LofteEvents.Indicators;

/// <summary>What is known of a measured level of safety or crime; stream <c>indicator/{id}</c>.</summary>
public abstract record IndicatorEvent : DomainEvent
{
    private protected IndicatorEvent()
    {
    }
}

/// <summary>Stored as <c>indicator.measured.v1</c>. It counts on the Stockholm date of <paramref name="At"/>.</summary>
/// <param name="Measurement">The measurement's id within its indicator, chosen by the publisher, such as
/// <c>2018-autumn</c>.</param>
/// <param name="Unit">What the value counts, such as <c>percent</c> or <c>reports</c>.</param>
/// <param name="Source">Where the value is published, such as <c>Nationella trygghetsundersökningen 2018</c>.</param>
/// <param name="Respondents">How many answered, where people were asked.</param>
public sealed record IndicatorMeasured(
    string Measurement,
    DateTimeOffset At,
    decimal Value,
    string Unit,
    string Source,
    Place? Place = null,
    long? Respondents = null) : IndicatorEvent;

/// <summary>Stored as <c>indicator.voided.v1</c>: the measurement was wrong; it no longer counts.</summary>
public sealed record IndicatorVoided(string Measurement, string Reason) : IndicatorEvent;
