using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>Names what nobody has reported, so that no reader takes it for zero.</summary>
internal static class FindMissing
{
    public static IReadOnlyList<MissingData> In(EvaluationReport report) =>
    [
        .. When(report.Lofte.Problems.Count == 0, new(MissingWhat.Problems)),
        .. When(report.Lofte.Aims.Count == 0, new(MissingWhat.Aims)),
        .. When(report.Lofte.Evaluation is null, new(MissingWhat.EvaluationWindow)),
        .. report.Commitments.SelectMany(Of),
        .. When(!HasEffect(report), new(MissingWhat.Effect)),
        .. report.Forums.SelectMany(forum => When(forum.MeetingsTotal == 0, new(MissingWhat.Meetings, forum.Stream))),
        .. report.Forums.SelectMany(WithoutOutcome),
        .. When(report.Notices is null, new(MissingWhat.Notices)),
        .. When(report.FeedbackPromised.Count == 0, new(MissingWhat.Feedback)),
    ];

    private static IEnumerable<MissingData> Of(EvaluatedCommitment commitment)
    {
        if (commitment.Question is not null && commitment.Assessments.Count == 0)
            yield return new(MissingWhat.Assessment, commitment.Id);
        if (commitment.Events == 0 && commitment.Counts.Type is not null)
            yield return new(MissingWhat.Evidence, commitment.Id);
        if (commitment.Counts.Type is FactType.Insats && commitment.Hours.Without > 0)
            yield return new(MissingWhat.Hours, commitment.Id, commitment.Hours.Without);
    }

    private static bool HasEffect(EvaluationReport report) =>
        report.Commitments.Any(commitment => commitment.Judged.Follows?.Any(followed => followed.Latest is not null) ?? false);

    private static IEnumerable<MissingData> WithoutOutcome(EvaluatedForum forum)
    {
        var silent = forum.Activities.Count(activity => activity.CompletedOn is not null && activity.Outcome is null);
        return When(silent > 0, new(MissingWhat.Outcome, forum.Stream, silent));
    }

    private static IEnumerable<MissingData> When(bool isMissing, MissingData missing) => isMissing ? [missing] : [];
}
