using System.Text;

namespace LofteEvents.Evaluations;

/// <summary>An evaluation as files: the same evaluation gives the same bytes, on every machine and in every year.</summary>
public static class EvaluationFiles
{
    public const string Json = "utvardering.json";
    public const string Html = "utvardering.html";
    public const string Pdf = "utvardering.pdf";
    public const string Commitments = "ataganden.csv";
    public const string Events = "handelser.csv";
    public const string Months = "takt.csv";

    /// <summary>Every file by its name, in order of name.</summary>
    /// <param name="style">The site's style sheet, for the HTML to carry.</param>
    public static IReadOnlyList<(string Name, byte[] Content)> Of(PublishedEvaluation evaluation, string style) =>
    [
        (Commitments, ToCommitmentsCsv(evaluation)),
        (Events, ToEventsCsv(evaluation)),
        (Months, ToMonthsCsv(evaluation)),
        (Html, ToHtml(evaluation, style)),
        (Json, ToJson(evaluation)),
        (Pdf, ToPdf(evaluation)),
    ];

    public static byte[] ToJson(PublishedEvaluation evaluation) => EvaluationJson.File(evaluation);

    public static byte[] ToHtml(PublishedEvaluation evaluation, string style) =>
        Encoding.UTF8.GetBytes(HtmlDocument.File(ReportDocument.Of(evaluation, ReportLinks.None), style));

    /// <summary>The part of a page on the site that is the evaluation: its links lead to the site's other pages.</summary>
    public static string ToPage(PublishedEvaluation evaluation) =>
        HtmlDocument.Body(ReportDocument.Of(evaluation, new ReportLinks("")));

    public static byte[] ToPdf(PublishedEvaluation evaluation) =>
        PdfDocument.File(ReportDocument.Of(evaluation, ReportLinks.None));

    /// <summary>Several evaluations as one list.</summary>
    public static byte[] ToJson(IReadOnlyList<PublishedEvaluation> evaluations) => EvaluationJson.File(evaluations);

    public static byte[] ToCommitmentsCsv(PublishedEvaluation evaluation) => EvaluationCsv.Commitments([evaluation]);

    /// <summary>Several evaluations as one table.</summary>
    public static byte[] ToCommitmentsCsv(IReadOnlyList<PublishedEvaluation> evaluations) =>
        EvaluationCsv.Commitments(evaluations);

    public static byte[] ToEventsCsv(PublishedEvaluation evaluation) => EvaluationCsv.Events(evaluation);

    public static byte[] ToMonthsCsv(PublishedEvaluation evaluation) => EvaluationCsv.Months(evaluation);
}
