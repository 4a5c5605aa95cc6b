using static LofteEvents.Decision<LofteEvents.Evaluations.EvaluationEvent>;

namespace LofteEvents.Evaluations;

/// <summary>
/// Verdicts are set once. What is corrected later shows as a difference against them, and the next evaluation judges anew. That
/// the digest is the report's own is not for a stream's decision to know: whoever reads the evaluation is told.
/// </summary>
internal static class FinalizeEvaluation
{
    public static Decision<EvaluationEvent> Decide(Evaluation state, EvaluationFinalized said) => state switch
    {
        Evaluation.NotOpened => Refuse(
            "evaluation.not-opened",
            "This evaluation is not opened, so nothing says which day it judges; open it with evaluation.opened.v1 first."),
        Evaluation.Final final => AreSame(final.Finalized, said)
            ? Nothing
            : Refuse(
                "evaluation.already-finalized",
                "This evaluation is finalised and changes no more; open the next one under the next number."),
        _ => Twice(said) is { } index
            ? Refuse(
                "evaluation.commitment-twice",
                $"The commitment '{said.Verdicts[index].Commitment}' has two verdicts; keep one of them.",
                $"/verdicts/{index}/commitment")
            : Accept(said),
    };

    private static int? Twice(EvaluationFinalized said)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < said.Verdicts.Count; i++)
        {
            if (!seen.Add(said.Verdicts[i].Commitment))
                return i;
        }

        return null;
    }

    private static bool AreSame(EvaluationFinalized one, EvaluationFinalized other) =>
        (one.Position, one.Digest, one.Reviewer, one.Summary, one.Tree)
            == (other.Position, other.Digest, other.Reviewer, other.Summary, other.Tree)
        && one.Verdicts.Count == other.Verdicts.Count
        && one.Verdicts.Zip(other.Verdicts).All(pair =>
            (pair.First.Commitment, pair.First.Verdict) == (pair.Second.Commitment, pair.Second.Verdict)
            && SameItems.InOrder(pair.First.Reasons, pair.Second.Reasons));
}
