using LofteEvents.Loften;
using static LofteEvents.Evaluations.ReportDocument;

namespace LofteEvents.Evaluations;

/// <summary>The events behind a commitment's figures, and what was corrected among them.</summary>
internal static class ReportEvidence
{
    public static IEnumerable<Block> Of(EvaluationReport report, EvaluatedCommitment commitment, ReportLinks links)
    {
        yield return new Group(GroupKind.Section, $"{commitment.Id}-underlag",
        [
            new Heading(4, "Underlag: det som räknas"),
            .. Evidence(report, commitment, links),
        ]);
        if (commitment.CorrectionsTotal > 0)
        {
            yield return new Heading(4, "Rättelser");
            yield return new Bullets([.. commitment.Corrections.Select(correction => Correction(commitment, correction))]);
        }
    }

    private static IEnumerable<Block> Evidence(EvaluationReport report, EvaluatedCommitment commitment, ReportLinks links)
    {
        if (commitment.Events == 0)
        {
            yield return new Paragraph(ParagraphKind.Missing, "Inget är inrapporterat som räknas.");
        }
        else
        {
            yield return new Table(
                commitment.Evidence.Count < commitment.Events
                    ? $"De {ReportWords.Number(commitment.Evidence.Count)} senaste av {ReportWords.Number(commitment.Events)}."
                    : "Numret är händelsens plats i loggen.",
                [new("Dag", 18), new("Händelse", 36), new("Plats", 26), new("Timmar", 10, true), new("Nr", 10, true)],
                [.. commitment.Evidence.Select(evidence => Row(commitment, evidence))]);
        }

        var address = links.EventsOf(report, commitment.Id);
        yield return new Paragraph(ParagraphKind.About,
        [
            new Span("Alla händelser, också de som inte räknas och varför: "),
            new Span(address, links.Site is null ? null : address),
        ]);
    }

    private static Row Row(EvaluatedCommitment commitment, EvaluatedEvent evidence) => new(
        [
            Text(ReportWords.Day(evidence.Day)),
            [
                new Span(evidence.Title ?? evidence.Kind ?? evidence.Stream),
                .. Details(evidence).Select(detail => new Span(" · " + detail, Kind: SpanKind.Soft)),
            ],
            OrMissing(evidence.Place ?? evidence.AreaName ?? evidence.Area),
            evidence.Type is FactType.Insats
                ? OrMissing(evidence.Hours is { } hours ? ReportWords.Number(hours) : null)
                : Text("–"),
            Text(ReportWords.Number(evidence.Position)),
        ],
        Anchor(commitment, evidence.Position));

    private static IEnumerable<string> Details(EvaluatedEvent evidence)
    {
        if (evidence.MinorsEncountered is { } minors)
            yield return $"unga som påträffades: {ReportWords.Number(minors)}";
        if (evidence.Corrected)
            yield return "rättad uppgift";
    }

    private static IReadOnlyList<Span> Correction(EvaluatedCommitment commitment, EvaluatedCorrection correction) =>
    [
        new Span((correction.CountedBefore, correction.CountsAfter) switch
        {
            (true, true) => "Rättad, räknas fortfarande. ",
            (true, false) => "Ströks eller rättades, räknas inte längre. ",
            _ => "Rättad, räknas nu. ",
        }, Kind: SpanKind.Strong),
        new Span($"{correction.Reason ?? ReportWords.NoData} "),
        new Span($"(ägde rum {ReportWords.Day(correction.Day)}; inrapporterad {ReportWords.Time(correction.RecordedAt)}; "),
        new Span(
            $"{ReportWords.Event(correction.Position)}",
            correction.CountsAfter && commitment.Evidence.Any(one => one.Position == correction.Position)
                ? "#" + Anchor(commitment, correction.Position) : null),
        new Span(correction.Corrects is { } corrects ? $", gäller nr {ReportWords.Number(corrects)})" : ")"),
    ];

    private static string Anchor(EvaluatedCommitment commitment, long position) => $"{commitment.Id}-handelse-{position}";
}
