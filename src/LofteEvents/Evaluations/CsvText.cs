using System.Text;

namespace LofteEvents.Evaluations;

/// <summary>
/// A table as a Swedish spreadsheet opens it: semicolons, decimal commas, UTF-8 with a byte order mark, lines that end in CR LF
/// (RFC 4180 §2 otherwise). Days are written yyyy-MM-dd, as the Swedish standard SS-ISO 8601 has them.
/// </summary>
public static class CsvText
{
    private const string FormulaStarts = "=+-@\t\r";

    public static byte[] Of(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder("\uFEFF");
        Line(text, columns);
        foreach (var row in rows)
            Line(text, row);

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Free text, which a spreadsheet must not take for a formula.</summary>
    public static string? Words(string? text) =>
        text is { Length: > 0 } && FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static void Line(StringBuilder text, IReadOnlyList<string?> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0)
                text.Append(';');

            Cell(text, cells[i] ?? "");
        }

        text.Append("\r\n");
    }

    private static void Cell(StringBuilder text, string cell)
    {
        if (cell.AsSpan().IndexOfAny(";\"\r\n") < 0)
            text.Append(cell);
        else
            text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
