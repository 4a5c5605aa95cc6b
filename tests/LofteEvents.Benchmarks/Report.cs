using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LofteEvents.Benchmarks;

internal static class Report
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Text(IReadOnlyList<Row> rows, IEnumerable<string> left)
    {
        var text = new StringBuilder();
        text.AppendLine("ratio to its reference, over the paired rounds:    min  median     max    goal");
        foreach (var row in rows)
        {
            var sign = row.IsCost ? "≤" : "≥";
            var goal = row.Goal is { } wanted ? string.Create(CultureInfo.InvariantCulture, $"{sign} {wanted:0.##}") : "–";
            var verdict = row.Reached switch { true => "reached", false => "MISSED", null => "" };
            text.Append($"{row.What} : {row.Reference}".PadRight(48))
                .Append(CultureInfo.InvariantCulture, $"{row.Min,7:0.00}{row.Median,8:0.00}{row.Max,8:0.00}{goal,8}  {verdict}")
                .Append(CultureInfo.InvariantCulture, $"\n    {row.Remarks}\n");
        }

        foreach (var what in left)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"only --full measures: {what}");
        }

        return text.ToString();
    }

    public static string Json(IReadOnlyList<Row> rows) =>
        JsonSerializer.Serialize(
            new
            {
                rows = rows.Select(row => new
                {
                    what = row.What,
                    reference = row.Reference,
                    ratioMin = Math.Round(row.Min, 3),
                    ratioMedian = Math.Round(row.Median, 3),
                    ratioMax = Math.Round(row.Max, 3),
                    goal = row.Goal,
                    reached = row.Reached,
                    remarks = row.Remarks,
                }),
            },
            Indented);
}
