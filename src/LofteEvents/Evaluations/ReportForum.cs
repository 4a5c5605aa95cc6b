using static LofteEvents.Evaluations.ReportDocument;

namespace LofteEvents.Evaluations;

/// <summary>A forum in words: its meetings, who drove it, and what came of it.</summary>
internal static class ReportForum
{
    public static IEnumerable<Block> Of(EvaluatedForum forum, EvaluationReport report)
    {
        var id = forum.Stream.Replace('/', '-');
        yield return new Group(GroupKind.Commitment, id,
        [
            new Heading(3, forum.Name ?? forum.Stream),
            .. forum.Purpose is { } purpose ? [new Paragraph(ParagraphKind.About, purpose)] : Array.Empty<Block>(),
            .. Meetings(forum, report),
            .. Drivers(forum),
            .. Activities(forum),
        ]);
    }

    private static IEnumerable<Block> Meetings(EvaluatedForum forum, EvaluationReport report)
    {
        yield return new Heading(4, "Möten");
        if (forum.MeetingsTotal == 0)
        {
            yield return new Paragraph(ParagraphKind.Missing, "Inget möte är inrapporterat: ingen uppgift.");
            yield break;
        }

        yield return new Table(
            $"{ReportWords.Number(forum.MeetingsTotal)} {ReportWords.Counted(Loften.FactType.ForumMeeting, forum.MeetingsTotal)} "
            + $"till och med {ReportWords.Day(report.At.On)}.",
            [new("Dag", 20), new("Drev", 18), new("Ordförande", 22), new("Ledde till", 30), new("Nr", 10, true)],
            [
                .. forum.Meetings.Select(meeting => new Row(
                    [
                        Text(ReportWords.Day(meeting.Day) + (meeting.Corrected ? " (rättad)" : "")),
                        InRole(meeting, "lead"),
                        InRole(meeting, "chair"),
                        LedTo(forum, meeting),
                        Text(ReportWords.Number(meeting.Position)),
                    ],
                    $"handelse-{meeting.Position}")),
            ]);
    }

    private static IReadOnlyList<Span> InRole(EvaluatedMeeting meeting, string role)
    {
        var names = meeting.Parties.Where(party => party.Role == role).Select(party => ReportWords.Party(party.Name)).ToList();
        return OrMissing(names.Count == 0 ? null : string.Join(", ", names));
    }

    private static IReadOnlyList<Span> LedTo(EvaluatedForum forum, EvaluatedMeeting meeting)
    {
        var agreed = forum.Activities.Where(activity => activity.Meeting == meeting.Meeting).Select(activity => activity.What);
        var all = meeting.LedTo.Concat(agreed).ToList();
        return OrMissing(all.Count == 0 ? null : string.Join(" ", all));
    }

    private static IEnumerable<Block> Drivers(EvaluatedForum forum)
    {
        if (forum.Drivers.Count == 0)
            yield break;

        yield return new Heading(4, "Vem som drev arbetet");
        yield return new Table(
            "Räknat ur mötena och de beslutade aktiviteterna.",
            [
                new("Part", 36), new("Deltog", 16, true), new("Drev", 16, true), new("Ordförande", 16, true),
                new("Föreslog", 16, true),
            ],
            [
                .. forum.Drivers.Select(driver => new Row(
                [
                    Text(ReportWords.Party(driver.Party)),
                    Text(ReportWords.Number(driver.Attended)),
                    Text(ReportWords.Number(driver.Led)),
                    Text(ReportWords.Number(driver.Chaired)),
                    Text(ReportWords.Number(driver.Proposed)),
                ])),
            ]);
    }

    private static IEnumerable<Block> Activities(EvaluatedForum forum)
    {
        yield return new Heading(4, "Vad det ledde till");
        if (forum.Activities.Count == 0)
        {
            yield return new Paragraph(ParagraphKind.Missing, "Ingen aktivitet är beslutad: ingen uppgift.");
            yield break;
        }

        yield return new Table(
            "Aktiviteter som mötena beslutade.",
            [new("Aktivitet", 30), new("Ansvarig", 13), new("Senast", 19), new("Klar", 19), new("Utfall", 19)],
            [
                .. forum.Activities.Select(activity => new Row(
                [
                    [new Span(activity.What), new Span($" (nr {ReportWords.Number(activity.Position)})", Kind: SpanKind.Soft)],
                    Text(ReportWords.Party(activity.Responsible)),
                    OrMissing(activity.Due is { } due ? ReportWords.Day(due) : null),
                    Text((activity.CompletedOn is { } day ? ReportWords.Day(day) : "inte klar")
                        + (activity.Late ? ", försenad" : "")),
                    activity.CompletedOn is null ? Text("–") : OrMissing(activity.Outcome),
                ])),
            ]);
    }
}
