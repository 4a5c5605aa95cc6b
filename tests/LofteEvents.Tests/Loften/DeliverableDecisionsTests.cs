using LofteEvents.Loften;
using static LofteEvents.Tests.Spec;

namespace LofteEvents.Tests.Loften;

public class A_deliverable
{
    private static readonly LofteGiven Promise = Sample.LofteGiven;
    private static readonly DeliverableCompleted Completed = Sample.DeliverableCompleted;
    private static readonly DeliverablePostponed Postponed = Sample.DeliverablePostponed;
    private static readonly DeliverableVoided Voided = Sample.DeliverableVoided;

    [Fact]
    public void Is_completed_once()
    {
        Given(Promise).When(Completed).ThenRecorded();
        Given(Promise, Completed).When(Completed with { }).ThenNothing();
        Given(Promise, Completed).When(Completed with { Outcome = null })
            .ThenRefused("deliverable.already-completed", "/commitment");
        Given(Promise).When(Completed with { Commitment = "trafik" }).ThenRefused("deliverable.not-promised", "/commitment");
        Given(Promise).When(Completed with { Commitment = "natverket" }).ThenRefused("commitment.unknown", "/commitment");
        Given(Promise).At(Sample.Now.AddYears(-1)).When(Completed).ThenRefused("deliverable.in-the-future", "/on");
    }

    [Fact]
    public void May_be_one_part_of_a_line() =>
        Given(OtherPromise.WithCombined("trafik", "trafiksakerhetsrad")).When(Completed with { Commitment = "bada" })
            .ThenRecorded();

    [Fact]
    public void Is_postponed_to_later_and_later_days()
    {
        var again = Postponed with { To = Postponed.To.AddDays(1) };
        Given(Promise).When(Postponed).ThenRecorded();
        Given(Promise).When(Postponed with { To = new(2018, 6, 30) }).ThenRefused("deliverable.not-later", "/to");
        Given(Promise).When(Postponed with { To = new(2019, 10, 31) }).ThenRecorded();
        Given(Promise, Postponed).When(Postponed with { }).ThenNothing();
        Given(Promise, Postponed).When(again).ThenRecorded();
        Given(Promise, again).When(Postponed).ThenRefused("deliverable.not-later", "/to");
        Given(Promise, Completed).When(Postponed).ThenRefused("deliverable.already-completed", "/commitment");
        Given(Promise, Postponed).When(Completed).ThenRecorded();
        Given(Promise).When(Postponed with { Commitment = "trafik" }).ThenRefused("deliverable.not-promised", "/commitment");
        Given(Promise).When(Postponed with { Commitment = "natverket" }).ThenRefused("commitment.unknown", "/commitment");
    }

    [Fact]
    public void Without_a_deadline_of_its_own_is_postponed_beyond_the_term()
    {
        var rule = Promise.Definition.Commitments.Select(commitment => commitment.Rule).OfType<DeliverableRule>().Single();
        var promise = OtherPromise.WithRule("trafiksakerhetsrad", rule with { By = null });
        Given(promise).When(Postponed with { To = new(2018, 12, 31) }).ThenRefused("deliverable.not-later", "/to");
        Given(promise).When(Postponed with { To = new(2019, 1, 1) }).ThenRecorded();
    }

    [Fact]
    public void That_was_not_completed_after_all_is_voided()
    {
        Given(Promise).When(Voided).ThenRefused("deliverable.not-completed", "/commitment");
        Given(Promise, Completed).When(Voided).ThenRecorded();
        Given(Promise, Completed, Voided).When(Voided with { }).ThenNothing();
        Given(Promise, Completed, Voided).When(Voided with { Reason = "Ett annat skäl." })
            .ThenRefused("deliverable.not-completed", "/commitment");
        Given(Promise, Completed, Voided).When(Completed).ThenRecorded();
        Given(Promise, Completed, Voided).When(Completed with { On = new(2018, 11, 1) }).ThenRecorded();
        Given(Promise, Completed, Voided, Completed with { On = new(2018, 11, 1) }).When(Voided).ThenRecorded();
        Given(Promise, Completed, Voided).When(Postponed).ThenRecorded();
        Given(Promise).When(Voided with { Commitment = "trafik" }).ThenRefused("deliverable.not-promised", "/commitment");
        Given(Promise).When(Voided with { Commitment = "natverket" }).ThenRefused("commitment.unknown", "/commitment");
    }
}
