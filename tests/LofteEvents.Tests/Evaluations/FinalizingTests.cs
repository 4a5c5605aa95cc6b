using LofteEvents.Evaluations;
using LofteEvents.Loften;
using static LofteEvents.Tests.Spec;

namespace LofteEvents.Tests.Evaluations;

public sealed class Finalizing_an_evaluation
{
    private static EvaluationOpened Opened => (EvaluationOpened)Sample.Of("evaluation.opened.v1");

    private static EvaluationFinalized Finalized => (EvaluationFinalized)Sample.Of("evaluation.finalized.v1");

    [Fact]
    public void Is_opened_in_the_stream_of_its_promise_and_number() => When(Opened).ThenRecorded();

    [Fact]
    public void Is_not_opened_in_the_stream_of_another_promise() =>
        When(Opened with { Lofte = "sodermalm-2018" }).ThenRefused("evaluation.other-lofte", "/lofte");

    [Fact]
    public void Is_not_opened_for_a_day_that_has_not_come() =>
        When(Opened with { On = new DateOnly(2018, 12, 31) }).ThenRefused("evaluation.in-the-future", "/on");

    [Fact]
    public void Is_opened_once() => Given(Opened).When(Opened).ThenNothing();

    [Fact]
    public void Is_not_opened_again_for_another_occasion() =>
        Given(Opened).When(Opened with { Occasion = EvaluationOccasion.Tertial }).ThenRefused("evaluation.already-opened");

    [Fact]
    public void Comes_after_it_is_opened() => When(Finalized).ThenRefused("evaluation.not-opened");

    [Fact]
    public void Sets_a_verdict_for_each_commitment() => Given(Opened).When(Finalized).ThenRecorded();

    [Fact]
    public void Sets_no_commitments_verdict_twice() =>
        Given(Opened)
            .When(Finalized with
            {
                Verdicts = [Finalized.Verdicts[0], Finalized.Verdicts[0] with { Verdict = Verdict.Fulfilled }],
            })
            .ThenRefused("evaluation.commitment-twice", "/verdicts/1/commitment");

    [Fact]
    public void Said_again_gives_nothing() => Given(Opened, Finalized).When(Finalized).ThenNothing();

    [Fact]
    public void Is_done_once_and_for_all() =>
        Given(Opened, Finalized).When(Finalized with { Position = 400 }).ThenRefused("evaluation.already-finalized");

    [Fact]
    public void Opening_said_again_after_it_gives_nothing() => Given(Opened, Finalized).When(Opened).ThenNothing();
}
