using System.Globalization;
using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>The figures of an evaluation as tables. An empty cell means that there is no data.</summary>
internal static class EvaluationCsv
{
    public static byte[] Commitments(IReadOnlyList<PublishedEvaluation> evaluations) => CsvText.Of(
        [
            "lofte", "bedomd_dag", "position", "atagande", "text", "bedomning", "preliminar", "enhet", "lovat", "gjort",
            "aterstar", "uppfyllt_den", "handelser", "planerade", "genomforda_av_planerade", "installda", "timmar", "utan_timmar",
            "rattelser", "hinder",
        ],
        from evaluation in evaluations
        from commitment in evaluation.Report.Commitments
        select Row(evaluation.Report,
        [
            commitment.Id,
            CsvText.Words(commitment.Text),
            KebabName.Of(commitment.Verdict),
            commitment.Preliminary ? "ja" : "nej",
            KebabName.Of(commitment.Judged.Unit),
            Number(commitment.Judged.Target),
            Number(commitment.Judged.Done),
            Number(commitment.Judged.Remaining),
            commitment.MetOn is { } met ? Days.Of(met) : null,
            Number(commitment.Events),
            Number(commitment.Plans.Planned),
            Number(commitment.Plans.Delivered),
            Number(commitment.Plans.CancelledTotal),
            commitment.Hours.Hours is { } hours ? Number(hours) : null,
            Number(commitment.Hours.Without),
            Number(commitment.CorrectionsTotal),
            CsvText.Words(commitment.Hindrances.Count == 0 ? null : commitment.Hindrances[^1].Reason),
        ]));

    public static byte[] Events(PublishedEvaluation evaluation) => CsvText.Of(
        [
            "lofte", "bedomd_dag", "position", "atagande", "dag", "handelse_nr", "strom", "slag", "rubrik", "plats", "omrade",
            "timmar", "unga_som_patraffades", "rattad", "inrapporterad",
        ],
        from commitment in evaluation.Report.Commitments
        from one in commitment.Evidence
        select Row(evaluation.Report,
        [
            commitment.Id,
            Days.Of(one.Day),
            Number(one.Position),
            one.Stream,
            one.Kind ?? KebabName.Of(one.Type),
            CsvText.Words(one.Title),
            CsvText.Words(one.Place),
            one.Area,
            one.Hours is { } hours ? Number(hours) : null,
            one.MinorsEncountered is { } minors ? minors.IsFew ? ShownNumber.Few : Number(minors.Value) : null,
            one.Corrected ? "ja" : "nej",
            one.RecordedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ]));

    public static byte[] Months(PublishedEvaluation evaluation) => CsvText.Of(
        ["lofte", "bedomd_dag", "position", "atagande", "manad", "till_och_med", "handelser", "gjort", "jamn_takt", "enhet"],
        from commitment in evaluation.Report.Commitments
        from month in commitment.Months
        select Row(evaluation.Report,
        [
            commitment.Id,
            month.Month,
            Days.Of(month.To),
            Number(month.Counted),
            Number(month.Done),
            Number(month.Expected),
            KebabName.Of(commitment.Judged.Unit),
        ]));

    private static IReadOnlyList<string?> Row(EvaluationReport report, IReadOnlyList<string?> cells) =>
        [report.Lofte.Id, Days.Of(report.At.On), Number(report.At.Position), .. cells];

    /// <summary>With a decimal comma and nothing between the thousands, which a spreadsheet puts there itself.</summary>
    private static string Number(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture).Replace('.', ',');
}
