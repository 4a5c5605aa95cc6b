using System.Globalization;
using LofteEvents.Evaluations;
using LofteEvents.Server.Loften;

namespace LofteEvents.Server.OpenData;

/// <summary>How promises stand, as a table with a line for each commitment.</summary>
internal static class StatusCsv
{
    private static readonly string[] s_columns =
    [
        "lofte", "bedomd_dag", "position", "atagande", "text", "bedomning", "preliminar", "enhet", "lovat", "gjort", "aterstar",
        "handelser", "planerade",
    ];

    public static byte[] Of(IEnumerable<StatusAnswer> statuses) => CsvText.Of(
        s_columns,
        from status in statuses
        from commitment in status.Commitments
        select (IReadOnlyList<string?>)
        [
            status.Lofte,
            status.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Number(status.Position),
            commitment.Id,
            CsvText.Words(commitment.Text),
            LoftenJson.Name(commitment.Verdict),
            commitment.Preliminary ? "ja" : "nej",
            LoftenJson.Name(commitment.Unit),
            Number(commitment.Target),
            Number(commitment.Done),
            Number(commitment.Remaining),
            Number(commitment.Counted),
            Number(commitment.Planned),
        ]);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
