using static LofteEvents.Decision<LofteEvents.Evaluations.EvaluationEvent>;

namespace LofteEvents.Evaluations;

/// <summary>An evaluation is opened once, for a day that has come.</summary>
internal static class OpenEvaluation
{
    public static Decision<EvaluationEvent> Decide(Evaluation state, EvaluationOpened said, DecisionContext context) =>
        state switch
        {
            Evaluation.Open open when open.Opened == said => Nothing,
            Evaluation.Final final when final.Opened == said => Nothing,
            Evaluation.NotOpened(var id) when EvaluationId.Number(id, said.Lofte) is null => Refuse(
                "evaluation.other-lofte",
                $"An evaluation of '{said.Lofte}' belongs in the stream {EvaluationId.Stream(said.Lofte, 1)}, or with the next "
                    + $"free number up to {EvaluationId.Most}, and not in evaluation/{id}; correct the subject or the promise.",
                "/lofte"),
            Evaluation.NotOpened => context.IsAhead(said.On)
                ? Refuse(
                    "evaluation.in-the-future",
                    $"The day {said.On:O} has not come yet, so nobody can judge it; open the evaluation then, or correct "
                        + "the day.",
                    "/on")
                : Accept(said),
            _ => Refuse(
                "evaluation.already-opened",
                "This evaluation is opened already, for another day or occasion; open the next one under the next number."),
        };
}
