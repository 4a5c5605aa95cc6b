using LofteEvents.Loften;
using static LofteEvents.Evaluations.ReportDocument;

namespace LofteEvents.Evaluations;

internal static class ReportNotices
{
    public static IReadOnlyList<Block> Of(EvaluatedNotices? notices) => notices is null
        ? [new Paragraph(ParagraphKind.Missing, "Hur många som underrättades och hur fort det gick: ingen uppgift.")]
        :
        [
            new Paragraph(ParagraphKind.About, "Små tal visas inte, så att ingen kan pekas ut."),
            new DetailList(
            [
                ("Öppnade ärenden", Text(ReportWords.Number(notices.Opened))),
                ("Framme hos mottagaren", Text(ReportWords.Number(notices.Delivered))),
                ("Avstod, med skäl", Text(ReportWords.Number(notices.Waived))),
                ("Väntar", Text(ReportWords.Number(notices.Open))),
                ("För sent", Text(ReportWords.Number(notices.Overdue))),
                ("Mediantid", OrMissing(notices.MedianMinutes is { } minutes ? $"{ReportWords.Number(minutes)} minuter" : null)),
            ]),
        ];
}

internal static class ReportEffect
{
    public static IReadOnlyList<Block> Of(EvaluationReport report) =>
    [
        new Paragraph(
            ParagraphKind.About,
            "Målen för insatserna, som löftet anger dem. Antalet insatser visar inte om målen är nådda."),
        report.Lofte.Aims.Count == 0
            ? new Paragraph(ParagraphKind.Missing, ReportWords.NoData)
            : new Bullets([.. report.Lofte.Aims.Select(Text)]),
        new Heading(3, "Uppmätt effekt"),
        .. Measured(report),
    ];

    private static IEnumerable<Block> Measured(EvaluationReport report)
    {
        var followed = report.Commitments.SelectMany(commitment => commitment.Judged.Follows ?? []).ToList();
        if (followed.Count == 0)
        {
            yield return new Paragraph(ParagraphKind.Missing, "Löftet följer inget mått på effekt: ingen uppgift.");
            yield break;
        }

        yield return new Table(
            "Mått som följs vid sidan om. De avgör aldrig om ett åtagande är uppfyllt.",
            [new("Mått", 30), new("Utgångsläge", 20), new("Senast mätt", 20), new("Förändring", 10, true), new("Källa", 20)],
            [
                .. followed.Select(one => new Row(
                [
                    Text(one.Indicator),
                    OrMissing(one.Baseline is { } baseline ? ReportWords.Number(baseline.Value) : null),
                    OrMissing(one.Latest is { } latest
                        ? $"{ReportWords.Number(latest.Value)} {latest.Unit}, {ReportWords.Day(latest.Day)}" : null),
                    OrMissing(one.Change is { } change ? ReportWords.Number(change) : null),
                    OrMissing(one.Latest?.Source),
                ])),
            ]);
    }
}

internal static class ReportFeedback
{
    public static IReadOnlyList<Block> Of(EvaluationReport report) =>
    [
        report.FeedbackPromised.Count == 0
            ? new Paragraph(ParagraphKind.Missing, "Ingen återkoppling är utlovad till en viss dag: ingen uppgift.")
            : new Bullets([.. report.FeedbackPromised.Select(Promised)]),
        .. Given(report),
    ];

    private static IReadOnlyList<Span> Promised(JudgedFeedback promised) =>
    [
        new Span($"Till {ReportWords.Audience(promised.To)}, utlovad senast {ReportWords.Day(promised.By)}: "),
        new Span(
            (promised.GivenOn, promised.Overdue) switch
            {
                ({ } day, true) => $"gavs den {ReportWords.Day(day)}, för sent",
                ({ } day, false) => $"gavs den {ReportWords.Day(day)}",
                (null, true) => "försenad: har inte getts",
                _ => "har inte getts ännu",
            },
            Kind: SpanKind.Strong),
    ];

    private static IEnumerable<Block> Given(EvaluationReport report)
    {
        if (report.FeedbackGiven.Count == 0)
        {
            yield return new Paragraph(ParagraphKind.Missing, "Given återkoppling: ingen uppgift.");
            yield break;
        }

        yield return new Table(
            "Återkoppling som har getts.",
            [new("Dag", 18), new("Till", 26), new("Hur", 18), new("Vad", 30), new("Nr", 8, true)],
            [
                .. report.FeedbackGiven.Select(given => new Row(
                [
                    Text(ReportWords.Day(given.On)),
                    Text(ReportWords.Audience(given.To)),
                    Text(given.Channel),
                    Text(given.What),
                    Text(ReportWords.Number(given.Position)),
                ])),
            ]);
    }
}

internal static class ReportMissing
{
    public static IReadOnlyList<Block> Of(EvaluationReport report) => report.Missing.Count == 0
        ? [new Paragraph(ParagraphKind.Plain, "Inget som utvärderingen frågar efter saknas.")]
        :
        [
            new Paragraph(ParagraphKind.About, "Det som ingen har rapporterat visas som saknat, aldrig som noll."),
            new Bullets([.. report.Missing.Select(missing => Text(Sentence(report, missing)))]),
        ];

    private static string Sentence(EvaluationReport report, MissingData missing)
    {
        var of = missing.Commitment is null ? "" : $" ({NameOf(report, missing.Commitment)})";
        return missing.What switch
        {
            MissingWhat.Problems => "Problemen bakom löftet är inte publicerade.",
            MissingWhat.Aims => "Löftets mål är inte publicerade.",
            MissingWhat.Effect => "Ingen effekt är mätt: om det har blivit tryggare går inte att säga ur det här underlaget.",
            MissingWhat.Notices => "Underrättelser till socialtjänst och vårdnadshavare är inte med i underlaget.",
            MissingWhat.Assessment => $"Ingen har gjort den bedömning som åtagandet kräver{of}.",
            MissingWhat.Evidence => $"Inget är inrapporterat som räknas{of}.",
            MissingWhat.Hours => $"Arbetade timmar saknas för {ReportWords.Number(missing.Number ?? 0)} händelser{of}.",
            MissingWhat.Meetings => $"Inget möte är inrapporterat{of}.",
            MissingWhat.Outcome => $"{ReportWords.Number(missing.Number ?? 0)} klara aktiviteter säger inte vad de gav{of}.",
            MissingWhat.Feedback => "Löftet säger inte när medborgarna ska få veta hur det gick.",
            _ => "Löftet säger inte när det ska utvärderas.",
        };
    }

    private static string NameOf(EvaluationReport report, string id) =>
        report.Commitments.FirstOrDefault(commitment => commitment.Id == id)?.Text
        ?? report.Forums.FirstOrDefault(forum => forum.Stream == id)?.Name
        ?? id;
}

internal static class ReportBasis
{
    public static IReadOnlyList<Block> Of(PublishedEvaluation evaluation)
    {
        var at = evaluation.Report.At;
        return
        [
            new Paragraph(
                ParagraphKind.About,
                "Utvärderingen är uträknad ur händelseloggen och ur inget annat. Räkneregeln frystes när löftet gavs. "
                + "Den som gör om den för samma plats i loggen och samma dag får samma svar."),
            new DetailList(
            [
                ("Plats i loggen", Text(ReportWords.Number(at.Position))),
                ("Bedömd dag", Text(Days.Of(at.On))),
                ("Kontrollsumma", Text(evaluation.Digest)),
                ("Loggens träd", evaluation.Tree is { } tree
                    ? Text($"storlek {ReportWords.Number(tree.Size)}, rot {tree.Root}")
                    : [new Span("ingen förseglad kontrollpunkt täcker platsen: ingen uppgift", Kind: SpanKind.Missing)]),
                ("Görs om med", Text(
                    $"lofte evaluate {evaluation.Report.Lofte.Id} --as-of @{at.Position} --on {Days.Of(at.On)} --out MAPP")),
            ]),
        ];
    }
}
