using System.Globalization;
using LofteEvents.Loften;
using static LofteEvents.Evaluations.ReportDocument;

namespace LofteEvents.Evaluations;

/// <summary>One commitment in words: what was promised, what was done and when, and what makes it so.</summary>
internal static class ReportCommitment
{
    private const int MostParts = 40;

    public static Group Of(EvaluationReport report, EvaluatedCommitment commitment, ReportLinks links) =>
        new(GroupKind.Commitment, commitment.Id,
        [
            new Heading(3, commitment.Text),
            new Mark(commitment.Verdict, commitment.Preliminary),
            .. Figures(commitment),
            new DetailList(FactsOf(commitment)),
            .. Judgements(commitment),
            .. Reasons(commitment),
            .. Pace(commitment),
            .. Parts(report, commitment),
            .. ReportEvidence.Of(report, commitment, links),
        ]);

    private static IReadOnlyList<Block> Figures(EvaluatedCommitment commitment)
    {
        var judged = commitment.Judged;
        if (judged.Target == 0 || judged.Unit is Unit.Deliverables)
            return [];

        var hours = judged.Unit is Unit.Minutes;
        var least = commitment.Counts.Exactly ? "exakt" : "minst";
        var (done, target) = hours ? (judged.Done / 60, judged.Target / 60) : (judged.Done, judged.Target);
        var number = judged.Unit is Unit.Parts or Unit.Requests
            ? $"{ReportWords.Number(done)} av {ReportWords.Number(target)}"
            : $"{ReportWords.Number(done)} av {least} {ReportWords.Number(target)}";
        var what = commitment.Question is not null && judged.Unit is Unit.Parts
            ? "delar har underlag för en bedömning"
            : ReportWords.Unit(judged.Unit, commitment.Counts.Type, target);
        return [new Figure(number, what, $"#{commitment.Id}-underlag")];
    }

    private static List<(string, IReadOnlyList<Span>)> FactsOf(EvaluatedCommitment commitment)
    {
        var facts = new List<(string, IReadOnlyList<Span>)>
        {
            ("Uppfyllt den", commitment.MetOn is { } met ? Text(ReportWords.Day(met)) : Text("inte uppfyllt den bedömda dagen")),
        };
        if (commitment.Judged.Deliverable is { } deliverable)
        {
            facts.Add(("Lovat senast", Text(ReportWords.Day(deliverable.By))));
            facts.Add(("Klart den", OrMissing(deliverable.DeliveredOn is { } day ? ReportWords.Day(day) : null)));
        }

        if (commitment.Counts.Type is FactType.Insats or FactType.ForumActivity)
            facts.Add(("Planerat", Text(Planned(commitment.Plans))));
        if (commitment.Counts.Type is FactType.Insats)
        {
            facts.Add(("Arbetade timmar", commitment.Hours.Hours is { } hours
                ? Text(ReportWords.Number(hours) + (commitment.Hours.Without > 0
                    ? $" (uppgift saknas för {ReportWords.Number(commitment.Hours.Without)})" : ""))
                : Missing));
        }

        if (commitment.Judged.Preferred is { Percent: { } percent })
            facts.Add(("I första hand", Text($"{percent} procent av det som räknas")));
        if (commitment.Judged.RuleFrom is { } from)
            facts.Add(("Räkneregeln gäller från", Text(ReportWords.Day(from))));

        return facts;
    }

    private static string Planned(PlannedAndDelivered plans) => plans.Planned == 0
        ? "inget inrapporterat i förväg"
        : $"{ReportWords.Number(plans.Planned)} planerade: {ReportWords.Number(plans.Delivered)} genomförda, "
            + $"{ReportWords.Number(plans.CancelledTotal)} inställda, {ReportWords.Number(plans.Open)} återstår";

    private static IEnumerable<Block> Judgements(EvaluatedCommitment commitment)
    {
        if (commitment.Question is not { } question)
            yield break;

        yield return new Heading(4, "Bedömning");
        yield return new Paragraph(ParagraphKind.Plain, question);
        if (commitment.Assessments.Count == 0)
            yield return new Paragraph(ParagraphKind.Missing, "Ingen har gjort bedömningen ännu: ingen uppgift.");

        foreach (var assessment in commitment.Assessments.Reverse())
        {
            yield return new Paragraph(ParagraphKind.Plain,
            [
                new Span(ReportWords.Assessed(assessment.Outcome), Kind: SpanKind.Strong),
                new Span($" – {assessment.AssessedBy}, den {ReportWords.Day(assessment.On)} "),
                new Span($"({ReportWords.Event(assessment.Position)})", Kind: SpanKind.Soft),
            ]);
            yield return new Bullets([.. assessment.Reasons.Select(Text)]);
        }
    }

    /// <summary>Why it was not done, and what was called off.</summary>
    private static IEnumerable<Block> Reasons(EvaluatedCommitment commitment)
    {
        if (commitment.Judged.Responses is { } responses)
        {
            yield return new Paragraph(ParagraphKind.Plain,
                $"{ReportWords.Number(responses.Received)} önskemål har kommit: {ReportWords.Number(responses.InTime)} besvarade "
                + $"i tid, {ReportWords.Number(responses.Late)} för sent, {ReportWords.Number(responses.Waived)} avskrivna, "
                + $"{ReportWords.Number(responses.Open)} väntar, varav {ReportWords.Number(responses.Overdue)} för länge.");
        }

        if (commitment.Hindrances.Count > 0)
        {
            yield return new Heading(4, "Hinder");
            yield return new Bullets([.. commitment.Hindrances.Select(hindrance => Text(
                $"Enligt beslut av {hindrance.DecidedBy} den {ReportWords.Day(hindrance.On)}: {hindrance.Reason} "
                + $"({ReportWords.Event(hindrance.Position)})"))]);
        }

        if (commitment.Postponements.Count > 0)
        {
            yield return new Heading(4, "Uppskjutet");
            yield return new Bullets([.. commitment.Postponements.Select(postponement => Text(
                $"Till {ReportWords.Day(postponement.To)}: {postponement.Reason} "
                + $"({ReportWords.Event(postponement.Position)})"))]);
        }

        if (commitment.Plans.Cancelled.Count > 0)
        {
            yield return new Heading(4, "Inställt");
            yield return new Bullets([.. commitment.Plans.Cancelled.Select(plan => Text(
                $"Planerat till {ReportWords.Day(plan.Day)}: {plan.Reason ?? ReportWords.NoData} "
                + $"({ReportWords.Event(plan.Position)})"))]);
        }
    }

    private static IEnumerable<Block> Pace(EvaluatedCommitment commitment)
    {
        if (commitment.Months.Count < 2)
            yield break;

        var perUnit = commitment.Judged.Unit is Unit.Minutes ? 60 : 1;
        var unit = commitment.Judged.Unit is Unit.Parts ? "delar" : perUnit == 60 ? "timmar" : "stycken";
        var last = commitment.Months[^1];
        yield return new Heading(4, "Takten genom tiden");
        yield return new Picture(
            PacePicture.Of(commitment.Months, commitment.Judged.Target, perUnit),
            $"Till och med {ReportWords.Day(last.To)} är {ReportWords.Number(last.Done / perUnit)} gjort. En jämn takt hade gett "
            + $"{ReportWords.Number(last.Expected / perUnit)}. Lovat är "
            + $"{ReportWords.Number(commitment.Judged.Target / perUnit)}. Samma tal står i tabellen.");
        yield return new Table(
            $"Månad för månad, räknat i {unit}. Jämn takt är löftets mål fördelat lika på dagarna.",
            [
                new("Till och med", 34), new("Händelser i månaden", 22, true), new("Gjort hittills", 22, true),
                new("Jämn takt", 22, true),
            ],
            [
                .. commitment.Months.Select(month => new Row(
                [
                    Text(ReportWords.Day(month.To)),
                    month.Counted == 0 ? Text("0") : [new Span(ReportWords.Number(month.Counted), $"#{commitment.Id}-underlag")],
                    Text(ReportWords.Number(month.Done / perUnit)),
                    Text(ReportWords.Number(month.Expected / perUnit)),
                ])),
            ]);
    }

    private static IEnumerable<Block> Parts(EvaluationReport report, EvaluatedCommitment commitment)
    {
        foreach (var one in commitment.Judged.Of ?? [])
        {
            yield return new Paragraph(ParagraphKind.Plain,
            [
                new Span(one.Text.Length > 0 ? one.Text : one.Id),
                new Span(": " + ReportWords.Verdict(one.Verdict), Kind: SpanKind.Strong),
                new Span(one.Target > 0 ? $" ({ReportWords.Number(one.Done)} av {ReportWords.Number(one.Target)})" : ""),
            ]);
        }

        if (commitment.Judged.Parts is not { Count: > 0 } parts)
            yield break;

        var listed = parts.OrderBy(Urgency).Take(MostParts).OrderBy(part => part.From).ToList();
        yield return new Heading(4, "Del för del");
        yield return new Table(
            listed.Count < parts.Count
                ? $"{listed.Count} av {ReportWords.Number(parts.Count)} delar, de missade först utvalda; alla står i datafilen."
                : "Varje del som löftet delas i.",
            [new("Del", 50), new("Gjort", 25, true), new("Läge", 25)],
            [
                .. listed.Select(part => new Row(
                [
                    Text(NameOf(report, part.Key)),
                    Text($"{ReportWords.Number(part.Done)} av {ReportWords.Number(part.Target)}"),
                    Text(ReportWords.State(part.State)),
                ])),
            ]);
    }

    private static int Urgency(JudgedPart part) => part.State switch
    {
        PartState.Missed or PartState.Exceeded => 0,
        PartState.Open => 1,
        _ => 2,
    };

    private static string NameOf(EvaluationReport report, string key) =>
        report.Forums.FirstOrDefault(forum => forum.Stream == key)?.Name
        ?? (DateOnly.TryParseExact(key, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? ReportWords.Day(day)
            : key);
}
