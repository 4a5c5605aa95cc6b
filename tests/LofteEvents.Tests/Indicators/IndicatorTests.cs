using LofteEvents.Indicators;
using static LofteEvents.Tests.Spec;

namespace LofteEvents.Tests.Indicators;

public class An_indicator
{
    private static readonly IndicatorMeasured Measured = Sample.IndicatorMeasured;
    private static readonly IndicatorMeasured Earlier =
        Measured with { Measurement = "2017-autumn", At = Measured.At.AddYears(-1) };
    private static readonly IndicatorVoided Voided = Sample.IndicatorVoided;

    [Fact]
    public void Is_measured_as_often_as_anyone_likes()
    {
        Given().When(Measured).ThenRecorded();
        Given(Measured).When(Earlier).ThenRecorded();
    }

    [Fact]
    public void Has_each_measurement_once()
    {
        Given(Measured).When(Measured with { Place = Measured.Place! with { } }).ThenNothing();
        Given(Measured).When(Measured with { Value = 63 }).ThenRefused("indicator.already-measured", "/measurement");
    }

    [Fact]
    public void Is_the_same_value_however_many_zeros_it_is_written_with() =>
        Given(Measured with { Value = 62.5m }).When(Measured with { Value = 62.50m }).ThenNothing();

    [Fact]
    public void Is_measured_in_one_unit()
    {
        Given(Earlier).When(Measured with { Unit = "reports" }).ThenRefused("indicator.other-unit", "/unit");
        Given(Measured, Voided).When(Earlier with { Unit = "reports" }).ThenRecorded();
    }

    [Fact]
    public void Is_measured_before_it_is_reported_and_for_an_area_of_the_deployment()
    {
        Given().At(Measured.At.AddMinutes(-6)).When(Measured).ThenRefused("indicator.in-the-future", "/at");
        Given().When(Measured with { Place = new("atlantis") }).ThenRefused("area.unknown", "/place/area");
        Given().When(Measured with { Place = null }).ThenRecorded();
    }

    [Fact]
    public void Loses_a_measurement_once_and_for_good()
    {
        Given(Measured).When(Voided).ThenRecorded();
        Given().When(Voided).ThenRefused("indicator.measurement-unknown", "/measurement");
        Given(Measured, Voided).When(Voided with { }).ThenNothing();
        Given(Measured, Voided).When(Voided with { Reason = "Ett annat skäl." })
            .ThenRefused("indicator.already-voided", "/measurement");
        Given(Measured, Voided).When(Measured).ThenRefused("indicator.already-voided", "/measurement");
    }
}
