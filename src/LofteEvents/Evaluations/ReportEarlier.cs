using LofteEvents.Loften;
using static LofteEvents.Evaluations.ReportDocument;

namespace LofteEvents.Evaluations;

/// <summary>The evaluations that somebody opened and answers for, and what has changed since.</summary>
internal static class ReportEarlier
{
    public static IReadOnlyList<Block> Of(PublishedEvaluation evaluation) => evaluation.Earlier.Count == 0
        ? [new Paragraph(ParagraphKind.Missing, "Ingen utvärdering är öppnad eller fastställd: bedömningarna är uträknade.")]
        : [.. evaluation.Earlier.Select(earlier => Evaluation(evaluation.Report, earlier))];

    private static Group Evaluation(EvaluationReport report, EarlierEvaluation earlier) =>
        new(GroupKind.Commitment, earlier.Stream.Replace('/', '-'),
        [
            new Heading(
                3, $"{ReportWords.Occasion(earlier.Occasion)} nr {earlier.Number}, för den {ReportWords.Day(earlier.On)}"),
            .. earlier.Finalized is { } finalized
                ? Finalized(report, earlier, finalized)
                : [new Paragraph(ParagraphKind.Missing, $"Öppnad den {ReportWords.Day(earlier.OpenedOn)}, inte fastställd.")],
        ]);

    private static IEnumerable<Block> Finalized(EvaluationReport report, EarlierEvaluation earlier, FinalVerdicts finalized)
    {
        yield return new DetailList(
        [
            ("Fastställd", Text($"{ReportWords.Time(finalized.RecordedAt)} ({ReportWords.Event(finalized.Position)})")),
            ("Av", Text(finalized.Reviewer)),
            ("Rapporterade samma konto också", Text(finalized.ReviewerAlsoReported switch
            {
                true => "ja: den som bedömer har också rapporterat",
                false => "nej: andra har rapporterat",
                null => ReportWords.NoData,
            })),
            ("Vilar på", Text($"händelserna till och med nr {ReportWords.Number(finalized.RestsOn)}")),
            ("Kontrollsumma", Text(finalized.Digest + (finalized.DigestHolds
                ? " (stämmer med loggen)" : " (STÄMMER INTE med vad loggen ger)"))),
            ("Löftets tid", Text(earlier.ClosesTerm ? "slut: bedömningen är slutlig" : "pågick: bedömningen var preliminär")),
        ]);
        if (finalized.Summary is { } summary)
            yield return new Paragraph(ParagraphKind.Plain, summary);

        yield return new Table(
            "Fastställda bedömningar, bredvid dem som räkneregeln gav.",
            [new("Åtagande", 34), new("Fastställt", 16), new("Uträknat", 16), new("Skäl", 34)],
            [
                .. finalized.Verdicts.Select(verdict => new Row(
                [
                    Text(NameOf(report, verdict.Commitment)),
                    [new Span(ReportWords.Verdict(verdict.Verdict), Kind: SpanKind.Strong)],
                    OrMissing(verdict.Computed is { } computed ? ReportWords.Verdict(computed) : null),
                    Text(string.Join(' ', verdict.Reasons)),
                ])),
            ]);
        yield return new Heading(4, "Skillnader sedan dess");
        if (finalized.Differences.Count == 0)
        {
            yield return new Paragraph(ParagraphKind.Plain, "Inget som har rapporterats senare ändrar något för den dagen.");
            yield break;
        }

        yield return new Bullets([.. finalized.Differences.Select(difference => Difference(report, difference))]);
    }

    private static IReadOnlyList<Span> Difference(EvaluationReport report, EvaluationDifference difference)
    {
        var because = difference.Corrections.Count == 0 ? "" : " Rättelser: " + string.Join("; ", difference.Corrections
            .Select(one => $"{one.Reason ?? ReportWords.NoData} ({ReportWords.Event(one.Position)})")) + ".";
        return
        [
            new Span($"{NameOf(report, difference.Commitment)}: "),
            new Span($"{What(difference.What)} var {Shown(difference, difference.Then)}, är nu "
                + $"{Shown(difference, difference.Now)}.", Kind: SpanKind.Strong),
            new Span(because + (difference.ReportedLate.Count == 0 ? "" : " Rapporterat senare: "
                + string.Join(", ", difference.ReportedLate.Select(ReportWords.Event)) + ".")),
        ];
    }

    private static string Shown(EvaluationDifference difference, string value) =>
        difference.What is DifferenceWhat.Verdict
            ? $"«{ReportWords.Verdict(Enum.GetValues<Verdict>().First(verdict => KebabName.Of(verdict) == value))}»"
            : value;

    private static string What(DifferenceWhat what) => what switch
    {
        DifferenceWhat.Verdict => "bedömningen",
        DifferenceWhat.Target => "det lovade antalet",
        DifferenceWhat.Done => "det gjorda",
        DifferenceWhat.Events => "antalet händelser som räknas",
        _ => "arbetade timmar",
    };

    private static string NameOf(EvaluationReport report, string commitment) =>
        report.Commitments.FirstOrDefault(one => one.Id == commitment)?.Text ?? commitment;
}
