using LofteEvents.Insatser;
using static LofteEvents.Tests.Spec;

namespace LofteEvents.Tests.Insatser;

public class Young_people_met_in_an_insats
{
    private static readonly InsatsCarriedOut Report = Sample.InsatsCarriedOut;
    private static readonly YouthEncountered Met = (YouthEncountered)Sample.Of("insats.youth-encountered.v1");
    private static readonly YouthCorrected OtherPerson = (YouthCorrected)Sample.Of("insats.youth-corrected.v1");
    private static readonly YouthCorrected Older = OtherPerson with { Person = Met.Person, Replaces = null, AgeAtDeed = 17 };

    [Fact]
    public void Are_reported_as_soon_as_the_insats_is_planned()
    {
        Given(Sample.InsatsPlanned).When(Met).ThenRecorded();
        Given(Report).When(Met).ThenRecorded();
        Given(Sample.InsatsPlanned, Met, Report).When(Met).ThenNothing();
        Given().When(Met).ThenRefused("insats.unknown");
    }

    [Fact]
    public void Are_reported_once()
    {
        Given(Report, Met).When(Met with { }).ThenNothing();
        Given(Report, Met, Older).When(Met).ThenNothing();
        Given(Report, Met).When(Met with { AgeAtDeed = 17 }).ThenRefused("insats.youth-already-recorded", "/person");
    }

    [Fact]
    public void Are_corrected_with_their_full_facts()
    {
        Given(Report, Met).When(Older).ThenRecorded();
        Given(Report, Met, Older).When(Older with { Reason = "Ett annat skäl." }).ThenNothing();
        Given(Report).When(Older).ThenRefused("insats.youth-unknown", "/person");
        Given(Report).When(OtherPerson).ThenRefused("insats.youth-unknown", "/replaces");
    }

    [Fact]
    public void Can_turn_out_to_be_somebody_else_once()
    {
        Given(Report, Met).When(OtherPerson).ThenRecorded();
        Given(Report, Met, OtherPerson).When(OtherPerson with { Reason = "Igen." }).ThenNothing();
        Given(Report, Met, OtherPerson).When(Older).ThenRefused("insats.youth-replaced", "/person");
        Given(Report, Met, Met with { Person = OtherPerson.Person }).When(OtherPerson)
            .ThenRefused("insats.youth-already-recorded", "/person");
    }

    [Fact]
    public void Show_that_the_insats_took_place() =>
        Given(Sample.InsatsPlanned, Met).When(Sample.InsatsCancelled).ThenRefused("insats.youth-met");

    [Fact]
    public void Are_not_reported_of_an_insats_that_was_none()
    {
        Given(Report, Sample.InsatsVoided).When(Met).ThenRefused("insats.already-voided");
        Given(Report, Met, Sample.InsatsVoided).When(Older).ThenRefused("insats.already-voided");
        Given(Sample.InsatsPlanned, Sample.InsatsCancelled).When(Met).ThenRefused("insats.cancelled");
    }
}
