using LofteEvents.Loften;
using static LofteEvents.Tests.Spec;

namespace LofteEvents.Tests.Loften;

public class A_promise
{
    private static readonly LofteGiven Promise = Sample.LofteGiven;
    private static readonly LofteAmended Amended = Sample.LofteAmended;
    private static readonly LofteProlonged Prolonged = Sample.LofteProlonged;
    private static readonly LofteEnded Ended = Sample.LofteEnded;
    private static readonly CommitmentHindered Hindered = Sample.CommitmentHindered;
    private static readonly CommitmentAssessed Assessed = Sample.CommitmentAssessed;
    private static readonly DeliverableCompleted Completed = Sample.DeliverableCompleted;
    private static readonly FeedbackGiven Feedback = Sample.FeedbackGiven;

    [Fact]
    public void Is_given_once()
    {
        Given().When(Promise).ThenRecorded();
        Given(Promise).When(Sample.LofteGiven).ThenNothing();
        Given(Promise, Amended).When(Promise).ThenNothing();
        Given(Promise).When(OtherPromise.Changed(definition => definition with { Title = "Ett annat löfte" }))
            .ThenRefused("lofte.already-given");
    }

    [Fact]
    public void Is_given_in_the_stream_of_its_id() =>
        Given().When(OtherPromise.Changed(definition => definition with { Id = "norrmalm-2019" }))
            .ThenRefused("lofte.other-id", "/id");

    [Fact]
    public void Is_given_by_a_definition_that_can_be_judged() =>
        Given().When(OtherPromise.Changed(definition => definition with { Area = "atlantis", Id = "atlantis-2018" }))
            .ThenRefusedWith("lofte.other-id", "area.unknown");

    [Theory]
    [MemberData(nameof(AllButGiven))]
    public void That_is_not_given_can_do_nothing(string name) => Given().When(Sample.Of(name)).ThenRefused("lofte.unknown");

    public static TheoryData<string> AllButGiven =>
        [.. EventCatalogue.All.Where(type => type.StreamPrefix == "lofte").Select(type => type.Name).Skip(1)];

    [Fact]
    public void Is_amended_visibly()
    {
        Given(Promise).When(Amended).ThenRecorded();
        Given(Promise, Amended).When(Amended with { }).ThenNothing();
        Given(Promise).When(Amended with { Definition = Promise.Definition }).ThenNothing();
    }

    [Fact]
    public void Is_amended_from_later_and_later_days()
    {
        var again = Amended with { Definition = Amended.Definition with { Title = "Ett ändrat löfte" } };
        Given(Promise, Amended).When(again with { EffectiveFrom = Amended.EffectiveFrom.AddDays(1) }).ThenRecorded();
        Given(Promise, Amended).When(again).ThenRefused("amendment.not-later", "/effectiveFrom");
    }

    [Fact]
    public void Is_amended_within_its_term()
    {
        Given(Promise).When(Amended with { EffectiveFrom = new(2018, 1, 1) }).ThenRecorded();
        Given(Promise).When(Amended with { EffectiveFrom = new(2018, 12, 31) }).ThenRecorded();
        Given(Promise).When(Amended with { EffectiveFrom = new(2017, 12, 31) })
            .ThenRefused("amendment.outside-term", "/effectiveFrom");
        Given(Promise).When(Amended with { EffectiveFrom = new(2019, 1, 1) })
            .ThenRefused("amendment.outside-term", "/effectiveFrom");
        Given(Promise, Prolonged).When(Amended with { EffectiveFrom = new(2019, 1, 1) }).ThenRecorded();
    }

    [Fact]
    public void Is_amended_by_a_definition_that_can_be_judged() =>
        Given(Promise).When(Amended with { Definition = Amended.Definition with { Area = "atlantis" } })
            .ThenRefused("area.unknown", "/definition/area");

    [Fact]
    public void That_ended_changes_no_more()
    {
        Given(Promise, Ended).When(Amended).ThenRefused("lofte.already-ended");
        Given(Promise, Ended).When(Prolonged).ThenRefused("lofte.already-ended");
    }

    [Fact]
    public void Is_prolonged_to_later_and_later_days()
    {
        Given(Promise).When(Prolonged).ThenRecorded();
        Given(Promise, Prolonged).When(Prolonged with { }).ThenNothing();
        Given(Promise, Prolonged).When(Prolonged with { Reason = "Ett annat skäl." })
            .ThenRefused("lofte.prolonged-not-later", "/to");
        Given(Promise, Prolonged).When(Prolonged with { To = Prolonged.To.AddDays(1) }).ThenRecorded();
        Given(Promise).When(Prolonged with { To = new(2018, 12, 31) }).ThenRefused("lofte.prolonged-not-later", "/to");
    }

    [Fact]
    public void Is_not_prolonged_beyond_all_sense()
    {
        Given(Promise).When(Prolonged with { To = new(2027, 12, 31) }).ThenRecorded();
        Given(Promise).When(Prolonged with { To = new(2028, 1, 2) }).ThenRefused("lofte.prolonged-too-far", "/to");
    }

    [Fact]
    public void Ends_early_once_on_a_day_of_its_term()
    {
        Given(Promise).When(Ended).ThenRecorded();
        Given(Promise, Ended).When(Ended with { }).ThenNothing();
        Given(Promise, Ended).When(Ended with { On = Ended.On.AddDays(1) }).ThenRefused("lofte.already-ended");
        Given(Promise).When(Ended with { On = new(2019, 1, 1) }).ThenRefused("lofte.outside-term", "/on");
        Given(Promise, Prolonged).When(Ended with { On = new(2019, 1, 1) }).ThenRecorded();
    }

    [Fact]
    public void Can_be_judged_and_reported_on_after_it_ended()
    {
        Given(Promise, Ended).When(Assessed).ThenRecorded();
        Given(Promise, Ended).When(Hindered).ThenRecorded();
        Given(Promise, Ended).When(Feedback).ThenRecorded();
    }

    [Fact]
    public void Has_its_commitments_hindered_by_decisions_the_newest_in_force()
    {
        var other = Hindered with { Reason = "Ett annat skäl." };
        Given(Promise).When(Hindered).ThenRecorded();
        Given(Promise, Hindered).When(Hindered with { }).ThenNothing();
        Given(Promise, Hindered).When(other).ThenRecorded();
        Given(Promise, Hindered, other).When(Hindered).ThenRecorded();
        Given(Promise, Hindered).When(Hindered with { Commitment = "natverk" }).ThenRecorded();
        Given(Promise).When(Hindered with { Commitment = "natverket" }).ThenRefused("commitment.unknown", "/commitment");
    }

    [Fact]
    public void Has_what_cannot_be_counted_judged_by_a_person_the_newest_judgement_in_force()
    {
        var other = Assessed with { Outcome = Assessment.Partly };
        Given(Promise).When(Assessed).ThenRecorded();
        Given(Promise, Assessed).When(Assessed with { Evidence = [.. Assessed.Evidence!.Reverse()] }).ThenNothing();
        Given(Promise, Assessed).When(other).ThenRecorded();
        Given(Promise, Assessed).When(Assessed with { Reasons = ["Ett annat skäl."] }).ThenRecorded();
        Given(Promise, Assessed, other).When(Assessed).ThenRecorded();
        Given(Promise).When(Assessed with { Commitment = "natverket" }).ThenRefused("commitment.unknown", "/commitment");
    }

    [Fact]
    public void Has_what_is_counted_judged_by_nobody() =>
        Given(Promise).When(Assessed with { Commitment = "trafik" }).ThenRefused("commitment.not-assessed", "/commitment");

    [Fact]
    public void Has_what_is_judged_by_a_person_in_one_part_of_a_line_judged_by_a_person()
    {
        var combined = OtherPromise.WithCombined("trafik", "forum");
        Given(combined).When(Assessed with { Commitment = "bada" }).ThenRecorded();
        Given(combined).When(Completed with { Commitment = "bada" }).ThenRefused("deliverable.not-promised", "/commitment");
    }

    [Fact]
    public void Tells_which_commitments_it_has_when_another_is_named() =>
        Given(Promise).When(Hindered with { Commitment = "natverket" }).Decision.Refusals.Single().Sentence
            .ShouldContain("it has forum, krog-och-foraldrar, natverk, onskemal, patrullering, trafik");

    [Fact]
    public void Hears_of_days_when_they_have_come_in_Stockholm()
    {
        var lateEvening = new DateTimeOffset(Hindered.On.ToDateTime(new TimeOnly(22, 30)), TimeSpan.Zero).AddDays(-1);
        Given(Promise).At(lateEvening).When(Hindered).ThenRecorded();
        Given(Promise).At(lateEvening.AddHours(-1)).When(Hindered).ThenRefused("commitment.in-the-future", "/on");
        Given(Promise).At(Sample.Now.AddYears(-1)).When(Assessed).ThenRefused("commitment.in-the-future", "/on");
        Given(Promise).At(Sample.Now.AddYears(-1)).When(Feedback).ThenRefused("feedback.in-the-future", "/on");
    }

    [Fact]
    public void Reports_back_as_often_as_it_likes_and_the_same_once()
    {
        Given(Promise).When(Feedback).ThenRecorded();
        Given(Promise, Feedback).When(Feedback with { }).ThenNothing();
        Given(Promise, Feedback).When(Feedback with { To = FeedbackAudience.Staff }).ThenRecorded();
        Given(Promise, Feedback, Feedback with { To = FeedbackAudience.Staff }).When(Feedback).ThenNothing();
    }
}
