using LofteEvents.Loften;

namespace LofteEvents.Server.Loften;

/// <summary>A promise as it reads on a day: the answer of <c>/loften/{id}</c>.</summary>
/// <param name="Term">As it now stands, prolonged or cut short by an end.</param>
/// <param name="SignedTerm">As it was signed.</param>
/// <param name="Changes">What changed it since it was given, in order.</param>
/// <param name="Status">Address of how it stands.</param>
internal sealed record LofteAnswer(
    string Id,
    string Title,
    string Area,
    string? AreaName,
    Term Term,
    Term SignedTerm,
    IReadOnlyList<string> Owners,
    IReadOnlyList<string> Languages,
    SignedSource? Source,
    string Text,
    IReadOnlyList<string> Problems,
    IReadOnlyList<string> Aims,
    IReadOnlyList<DeclaredKind> Kinds,
    IReadOnlyList<Commitment> Commitments,
    EvaluationWindow? Evaluation,
    IReadOnlyList<FeedbackPromise> Feedback,
    IReadOnlyList<GivenFeedback> FeedbackGiven,
    IReadOnlyList<LofteChange> Changes,
    DateOnly On,
    DateTimeOffset? AsOf,
    long Position,
    string Status)
{
    private static readonly IReadOnlyList<string> s_swedish = ["sv"];

    /// <param name="definition">The one in force on the day.</param>
    public static LofteAnswer Of(LofteDefinition definition, JudgedStatus judged, Areas areas)
    {
        var status = judged.Snapshot.Status;
        return new LofteAnswer(
            status.Id,
            definition.Title,
            definition.Area,
            areas.TryFind(definition.Area, out var area) ? area.Name : null,
            status.Term,
            status.SignedTerm,
            definition.Owners,
            definition.Languages ?? s_swedish,
            definition.Source,
            definition.Text,
            definition.Problems,
            definition.Aims,
            definition.Kinds,
            definition.Commitments,
            definition.Evaluation,
            definition.Feedback ?? [],
            status.FeedbackGiven,
            status.Changes,
            judged.Answer.On,
            judged.Answer.AsOf,
            judged.Answer.Position,
            $"/api/v1/loften/{status.Id}/status");
    }
}
