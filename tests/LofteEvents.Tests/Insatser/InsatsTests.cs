using LofteEvents.Insatser;
using static LofteEvents.Tests.Spec;

namespace LofteEvents.Tests.Insatser;

public class An_insats
{
    private static readonly InsatsPlanned Planned = Sample.InsatsPlanned;
    private static readonly InsatsCarriedOut CarriedOut = Sample.InsatsCarriedOut;
    private static readonly InsatsCorrected Corrected = Sample.InsatsCorrected;
    private static readonly InsatsCancelled Cancelled = Sample.InsatsCancelled;
    private static readonly InsatsVoided Voided = Sample.InsatsVoided;

    [Fact]
    public void Can_be_planned() => Given().When(Planned).ThenRecorded();

    [Fact]
    public void Is_planned_once() => Given(Planned).When(Planned).ThenNothing();

    [Fact]
    public void Is_not_planned_anew_with_other_facts() =>
        Given(Planned).When(Planned with { Hours = 12 }).ThenRefused("insats.already-planned");

    [Fact]
    public void Whose_plan_comes_again_after_it_took_place_is_known() => Given(Planned, CarriedOut).When(Planned).ThenNothing();

    [Fact]
    public void Whose_plan_comes_after_it_took_place_is_not_planned() =>
        Given(CarriedOut).When(Planned).ThenRefused("insats.already-carried-out");

    [Fact]
    public void Needs_no_plan() => Given().When(CarriedOut).ThenRecorded();

    [Fact]
    public void May_turn_out_otherwise_than_planned() =>
        Given(Planned).When(CarriedOut with { Place = new Place("sodermalm"), Hours = 3 }).ThenRecorded();

    [Fact]
    public void Reported_again_with_the_same_facts_is_known() => Given(CarriedOut).When(CarriedOut with { }).ThenNothing();

    [Fact]
    public void Reported_with_times_in_another_offset_is_the_same()
    {
        var inUtc = CarriedOut with { From = CarriedOut.From.ToUniversalTime(), To = CarriedOut.To.ToUniversalTime() };
        Given(CarriedOut).When(inUtc).ThenNothing();
    }

    [Fact]
    public void Reported_with_its_parties_and_tags_in_another_order_is_the_same()
    {
        var one = CarriedOut with { Tags = ["riktad", "utsatt-plats"], Parties = [new("polis", "lead"), new("kommun")] };
        var other = one with { Tags = ["utsatt-plats", "riktad"], Parties = [new("kommun"), new("polis", "lead")] };
        Given(one).When(other).ThenNothing();
    }

    [Theory]
    [MemberData(nameof(OtherFacts))]
    public void Reported_again_with_another_fact_is_refused_and_corrected(
        string fact, Func<InsatsCarriedOut, InsatsCarriedOut> change)
    {
        fact.ShouldNotBeEmpty();
        Given(CarriedOut).When(change(CarriedOut)).ThenRefused("insats.already-carried-out");
        Given(CarriedOut).When(Correcting(change(CarriedOut))).ThenRecorded();
    }

    public static TheoryData<string, Func<InsatsCarriedOut, InsatsCarriedOut>> OtherFacts => new()
    {
        { "kind", report => report with { Kind = "traffic" } },
        { "title", report => report with { Title = null } },
        { "organiser", report => report with { Organiser = "sodermalm" } },
        { "area", report => report with { Place = report.Place with { Area = "sodermalm" } } },
        { "place", report => report with { Place = report.Place with { Name = "Plattan" } } },
        { "from", report => report with { From = report.From.AddMinutes(1) } },
        { "to", report => report with { To = report.To.AddMinutes(-1) } },
        { "parties", report => report with { Parties = [] } },
        { "role", report => report with { Parties = [new("polis")] } },
        { "target group", report => report with { TargetGroup = null } },
        { "tags", report => report with { Tags = ["riktad", "utsatt-plats"] } },
        { "minors", report => report with { MinorsEncountered = 0 } },
        { "hours", report => report with { Hours = 42.5m } },
        { "part of", report => report with { PartOf = null } },
        { "a result", report => report with { Results = new Dictionary<string, long> { ["checks"] = 36, ["reports"] = 4 } } },
        { "one result less", report => report with { Results = new Dictionary<string, long> { ["checks"] = 35 } } },
        { "no results", report => report with { Results = null } },
        { "case number", report => report with { CaseNumber = "5000-K000001-18" } },
    };

    [Fact]
    public void Whose_first_report_comes_again_after_a_correction_is_known() =>
        Given(CarriedOut, Corrected).When(CarriedOut).ThenNothing();

    [Fact]
    public void Whose_corrected_facts_are_reported_is_known() =>
        Given(CarriedOut, Corrected).When(CarriedOut with { MinorsEncountered = Corrected.MinorsEncountered }).ThenNothing();

    [Fact]
    public void Can_be_corrected_back() => Given(CarriedOut, Corrected).When(Correcting(CarriedOut)).ThenRecorded();

    [Fact]
    public void Corrected_to_the_same_facts_stays_as_it_is() => Given(CarriedOut).When(Correcting(CarriedOut)).ThenNothing();

    [Fact]
    public void Corrected_for_another_reason_to_the_same_facts_stays_as_it_is() =>
        Given(CarriedOut, Corrected).When(Corrected with { Reason = "Ett annat skäl." }).ThenNothing();

    [Fact]
    public void That_was_not_carried_out_has_nothing_to_correct()
    {
        Given().When(Corrected).ThenRefused("insats.not-carried-out");
        Given(Planned).When(Corrected).ThenRefused("insats.not-carried-out");
        Given(Planned, Cancelled).When(Corrected).ThenRefused("insats.cancelled");
        Given(CarriedOut, Voided).When(Corrected).ThenRefused("insats.already-voided");
    }

    [Fact]
    public void That_is_planned_can_be_cancelled() => Given(Planned).When(Cancelled).ThenRecorded();

    [Fact]
    public void Is_cancelled_once() => Given(Planned, Cancelled).When(Cancelled).ThenNothing();

    [Fact]
    public void Cancelled_for_another_reason_is_refused_so_that_no_reason_is_lost() =>
        Given(Planned, Cancelled).When(new InsatsCancelled("Ett annat skäl.")).ThenRefused("insats.cancelled");

    [Fact]
    public void That_was_never_planned_cannot_be_cancelled() => Given().When(Cancelled).ThenRefused("insats.not-planned");

    [Fact]
    public void That_was_carried_out_cannot_be_cancelled() =>
        Given(Planned, CarriedOut).When(Cancelled).ThenRefused("insats.already-carried-out");

    [Fact]
    public void That_was_cancelled_does_not_take_place() =>
        Given(Planned, Cancelled).When(CarriedOut).ThenRefused("insats.cancelled");

    [Fact]
    public void That_was_cancelled_is_not_planned_anew() =>
        Given(Planned, Cancelled).When(Planned with { Hours = 1 }).ThenRefused("insats.cancelled");

    [Fact]
    public void Can_be_voided_also_after_a_correction()
    {
        Given(CarriedOut).When(Voided).ThenRecorded();
        Given(Planned, CarriedOut, Corrected).When(Voided).ThenRecorded();
    }

    [Fact]
    public void Is_voided_once() => Given(CarriedOut, Voided).When(Voided).ThenNothing();

    [Fact]
    public void Voided_for_another_reason_is_refused_so_that_no_reason_is_lost() =>
        Given(CarriedOut, Voided).When(new InsatsVoided("Ett annat skäl.")).ThenRefused("insats.already-voided");

    [Fact]
    public void That_was_not_carried_out_cannot_be_voided()
    {
        Given().When(Voided).ThenRefused("insats.not-carried-out");
        Given(Planned).When(Voided).ThenRefused("insats.not-carried-out");
        Given(Planned, Cancelled).When(Voided).ThenRefused("insats.cancelled");
    }

    [Fact]
    public void That_was_voided_stays_so()
    {
        Given(CarriedOut, Voided).When(CarriedOut).ThenRefused("insats.already-voided");
        Given(CarriedOut, Voided).When(Planned).ThenRefused("insats.already-voided");
        Given(CarriedOut, Voided).When(Cancelled).ThenRefused("insats.already-voided");
    }

    [Fact]
    public void Lies_in_an_area_of_the_deployment()
    {
        Given().When(CarriedOut with { Place = new("atlantis") }).ThenRefused("area.unknown", "/place/area");
        Given().When(Planned with { Place = new("atlantis") }).ThenRefused("area.unknown", "/place/area");
        Given(CarriedOut).When(Corrected with { Place = new("atlantis") }).ThenRefused("area.unknown", "/place/area");
    }

    [Fact]
    public void Does_not_end_before_it_starts()
    {
        Given().When(CarriedOut with { To = CarriedOut.From.AddSeconds(-1) }).ThenRefused("insats.ends-before-it-starts", "/to");
        Given().When(Planned with { To = Planned.From.AddSeconds(-1) }).ThenRefused("insats.ends-before-it-starts", "/to");
        Given(CarriedOut).When(Corrected with { To = Corrected.From.AddSeconds(-1) })
            .ThenRefused("insats.ends-before-it-starts", "/to");
    }

    [Fact]
    public void May_be_over_at_once() => Given().When(CarriedOut with { To = CarriedOut.From }).ThenRecorded();

    [Fact]
    public void Is_carried_out_when_it_is_over()
    {
        Given().At(CarriedOut.To.AddMinutes(-6)).When(CarriedOut).ThenRefused("insats.in-the-future", "/to");
        Given().At(CarriedOut.To).When(CarriedOut).ThenRecorded();
        Given(CarriedOut).At(CarriedOut.To).When(Corrected with { To = Corrected.To.AddHours(1) })
            .ThenRefused("insats.in-the-future", "/to");
    }

    [Fact]
    public void Is_over_even_when_its_publishers_clock_is_a_few_minutes_ahead() =>
        Given().At(CarriedOut.To.AddMinutes(-5)).When(CarriedOut).ThenRecorded();

    [Fact]
    public void Is_told_when_it_ends_without_needless_digits()
    {
        var to = new DateTimeOffset(2018, 12, 20, 18, 0, 0, TimeSpan.FromHours(1));
        Given().At(to.AddDays(-1)).When(CarriedOut with { To = to })
            .Decision.Refusals.ShouldHaveSingleItem().Sentence.ShouldContain(" 2018-12-20T18:00:00+01:00 ");
    }

    [Fact]
    public void Can_be_planned_for_the_future() => Given().At(Planned.From.AddYears(-1)).When(Planned).ThenRecorded();

    [Fact]
    public void Hears_of_everything_that_is_wrong_at_once() =>
        Given().At(CarriedOut.To.AddDays(-1)).When(CarriedOut with { Place = new("atlantis") })
            .ThenRefusedWith("area.unknown", "insats.in-the-future");

    private static InsatsCorrected Correcting(InsatsReport report) => new()
    {
        Kind = report.Kind,
        Title = report.Title,
        Organiser = report.Organiser,
        Place = report.Place,
        From = report.From,
        To = report.To,
        Parties = report.Parties,
        TargetGroup = report.TargetGroup,
        Tags = report.Tags,
        MinorsEncountered = report.MinorsEncountered,
        Hours = report.Hours,
        PartOf = report.PartOf,
        Results = report.Results,
        CaseNumber = report.CaseNumber,
        Reason = "Rättad efter genomgång.",
    };
}
