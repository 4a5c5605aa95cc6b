using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>Puts a report into words, for citizens to read and complete for the record.</summary>
internal static class ReportDocument
{
    public static Document Of(PublishedEvaluation evaluation, ReportLinks links)
    {
        var report = evaluation.Report;
        var title = $"Utvärdering: {report.Lofte.Title}";
        return new Document(
            title,
            $"Vad som blev av löftet, bedömt den {ReportWords.Day(report.At.On)}.",
            [
                Lead(report, title),
                Section("i-korthet", "I korthet", Summary(report)),
                Section("problem", "Problemen bakom löftet", Problems(report)),
                Section("ataganden", "Åtagande för åtagande", Commitments(report, links)),
                .. Forums(report),
                Section("underrattelser", "Underrättelser", ReportNotices.Of(report.Notices)),
                Section("effekt", "Vad det ska leda till", ReportEffect.Of(report)),
                Section("aterkoppling", "Återkoppling", ReportFeedback.Of(report)),
                .. Changes(report),
                Section("utvarderingar", "Utvärderingar", ReportEarlier.Of(evaluation)),
                Section("saknas", "Uppgifter som saknas", ReportMissing.Of(report)),
                Section("grund", "Så är utvärderingen gjord", ReportBasis.Of(evaluation)),
                Section("lydelse", "Löftets lydelse", 
                    [new Verbatim("Läs hela löftet så som det publicerades", report.Lofte.Text)]),
            ]);
    }

    internal static Group Section(string id, string heading, IReadOnlyList<Block> blocks) =>
        new(GroupKind.Section, id, [new Heading(2, heading), .. blocks]);

    internal static IReadOnlyList<Span> Text(string text) => [new Span(text)];

    internal static IReadOnlyList<Span> Missing { get; } = [new Span(ReportWords.NoData, Kind: SpanKind.Missing)];

    internal static IReadOnlyList<Span> OrMissing(string? text) => text is null ? Missing : Text(text);

    private static Group Lead(EvaluationReport report, string title)
    {
        var lofte = report.Lofte;
        var blocks = new List<Block>
        {
            new Paragraph(ParagraphKind.Kicker, $"{lofte.AreaName} · {ReportWords.Period(lofte.Term)}"),
            new Heading(1, title),
            new Paragraph(ParagraphKind.Ingress, Ingress(report)),
            new DetailList(
            [
                ("Gäller", Text(ReportWords.Period(lofte.Term))),
                ("Löftet ges av", Text(string.Join(", ", lofte.Owners.Select(ReportWords.Party)))),
                ("Bedömd dag", Text(ReportWords.Day(report.At.On))),
                ("Utvärderas", OrMissing(lofte.Evaluation is { } window
                    ? ReportWords.Period(new Term(window.From, window.To)) : null)),
                ("Källa", OrMissing(lofte.Source?.Published)),
                ("Vilar på", Text(report.At.RecordedAt is { } recorded
                    ? $"händelserna till och med nr {ReportWords.Number(report.At.Position)}, "
                        + $"inrapporterad {ReportWords.Time(recorded)}"
                    : "en tom logg")),
            ]),
        };
        return new Group(GroupKind.Lead, null, blocks);
    }

    private static string Ingress(EvaluationReport report) => report.Phase switch
    {
        Phase.Before => "Löftets tid har inte börjat.",
        Phase.During => "Löftets tid är inte slut, så bedömningarna är preliminära. "
            + "Nästa utvärdering, efter löftets tid, avslutar.",
        _ => "Löftets tid är slut.",
    };

    private static IReadOnlyList<Block> Summary(EvaluationReport report) =>
    [
        new Table(
            "Vart och ett av åtagandena, med vad som lovades och vad som räknas som gjort.",
            [new("Åtagande", 52), new("Lovat", 12, true), new("Gjort", 12, true), new("Bedömning", 24)],
            [
                .. report.Commitments.Select(commitment => new Row(
                [
                    [new Span(commitment.Text, "#" + commitment.Id)],
                    Text(Target(commitment)),
                    [new Span(Done(commitment), $"#{commitment.Id}-underlag")],
                    [
                        new Span(ReportWords.Verdict(commitment.Verdict), Kind: SpanKind.Strong),
                        .. commitment.Preliminary ? [new Span(" (preliminärt)", Kind: SpanKind.Soft)] : Array.Empty<Span>(),
                    ],
                ])),
            ]),
        new Paragraph(
            ParagraphKind.About,
            "Här räknas vad som har gjorts. Det säger inget om hur tryggt det har blivit; det följs upp för sig, längre ned."),
    ];

    internal static string Target(EvaluatedCommitment commitment) => commitment.Judged switch
    {
        _ when commitment.Question is not null => "bedöms",
        { Target: 0 } => "–",
        { Unit: Unit.Minutes } judged => $"minst\u00a0{ReportWords.Number(judged.Target / 60m)}\u00a0timmar",
        { Unit: Unit.Parts } judged => $"{ReportWords.Number(judged.Target)}\u00a0delar",
        var judged => (commitment.Counts.Exactly ? "exakt\u00a0" : "minst\u00a0") + ReportWords.Number(judged.Target),
    };

    internal static string Done(EvaluatedCommitment commitment) => commitment.Judged switch
    {
        _ when commitment.Question is not null =>
            $"{ReportWords.Number(commitment.Events)}\u00a0{ReportWords.Counted(commitment.Counts.Type, commitment.Events)}",
        { Target: 0 } => ReportWords.Number(commitment.Events),
        { Unit: Unit.Minutes } judged => $"{ReportWords.Number(judged.Done / 60m)}\u00a0timmar",
        { Unit: Unit.Parts } judged => $"{ReportWords.Number(judged.Done)}\u00a0delar",
        var judged => ReportWords.Number(judged.Done),
    };

    private static IReadOnlyList<Block> Problems(EvaluationReport report) => report.Lofte.Problems.Count == 0
        ? [new Paragraph(ParagraphKind.Missing, ReportWords.NoData)]
        :
        [
            new Paragraph(ParagraphKind.About, "De problem som man enades om, utan inbördes rangordning."),
            new Bullets([.. report.Lofte.Problems.Select(Text)]),
        ];

    private static IReadOnlyList<Block> Commitments(EvaluationReport report, ReportLinks links) =>
        [.. report.Commitments.Select(commitment => ReportCommitment.Of(report, commitment, links))];

    private static IReadOnlyList<Block> Forums(EvaluationReport report) =>
        report.Forums.Count == 0
            ? []
            : [Section("forum", "Samverkansforum", [.. report.Forums.SelectMany(forum => ReportForum.Of(forum, report))])];

    private static IReadOnlyList<Block> Changes(EvaluationReport report) => report.Changes.Count == 0
        ? []
        :
        [
            Section("andringar", "Ändringar av löftet",
            [
                new Bullets([.. report.Changes.Select(change => Text(
                    $"{Change(change)}{(change.Retroactive ? " (i efterhand)" : "")}: {change.Reason} "
                    + $"({ReportWords.Event(change.Position)}, inrapporterad {ReportWords.Time(change.RecordedAt)})"))]),
            ]),
        ];

    private static string Change(LofteChange change) => change.What switch
    {
        LofteChangeKind.Amended => $"Ändrat från och med {ReportWords.Day(change.On)}",
        LofteChangeKind.Prolonged => $"Förlängt till och med {ReportWords.Day(change.On)}",
        _ => $"Avslutat i förtid den {ReportWords.Day(change.On)}",
    };
}

/// <summary>Where links lead out of the document.</summary>
/// <param name="Site">What addresses begin with: empty on the site itself; null in a file, which knows no site.</param>
internal sealed record ReportLinks(string? Site)
{
    public static ReportLinks None { get; } = new((string?)null);

    /// <summary>The page with every event of a commitment, those that do not count too, as it was known then.</summary>
    public string EventsOf(EvaluationReport report, string commitment) =>
        $"{Site}/loften/{report.Lofte.Id}/atagande/{commitment}?on={Days.Of(report.At.On)}&asOf=%40{report.At.Position}";
}
