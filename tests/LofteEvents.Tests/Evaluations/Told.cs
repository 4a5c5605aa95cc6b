using LofteEvents.Evaluations;
using LofteEvents.Forums;
using LofteEvents.Loften;
using LofteEvents.Tests.Loften;

namespace LofteEvents.Tests.Evaluations;

/// <summary>Evaluates a story as an engine does, without one.</summary>
internal static class Told
{
    public static (LofteDefinition Definition, EvaluationReport Report) Report(Story story, Areas areas, DateOnly on)
    {
        var last = story.History[^1];
        var fold = EvaluationFold.Begin(
            [.. story.History.Where(happened => happened.Event is LofteEvent)],
            new EvaluationPoint(last.Position, last.RecordedAt, on))!;
        foreach (var fact in ReportedFacts.Of(story.History.Select(happened => (happened, (string?)"test")), areas))
            fold.Add(fact);

        var forums = fold.Forums.ToDictionary(
            forum => forum,
            forum => (IReadOnlyList<Recorded<DomainEvent>>)[.. story.History.Where(happened => happened.Stream == forum)]);
        var shown = story.History
            .Where(happened => fold.Shown.Contains(happened.Position))
            .ToDictionary(happened => happened.Position, happened => new ShownSaying(
                happened.Event,
                story.History.FirstOrDefault(one => one.Stream == happened.Stream)?.Event is ForumEstablished forum
                    ? forum.Name : null));
        return (fold.Definition, fold.Report(forums, shown, areas, notices: null));
    }

    public static PublishedEvaluation Published(Story story, Areas areas, DateOnly on) =>
        PublishedEvaluation.Of(Report(story, areas, on).Report, [], tree: null);
}
