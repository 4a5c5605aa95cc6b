using System.Text;

namespace LofteEvents.Cli.Publishing;

/// <summary>One record of a CSV file as RFC 4180 §2 writes it. https://www.rfc-editor.org/rfc/rfc4180</summary>
internal static class CsvRecord
{
    /// <summary>A record goes on over a line end while a quoted cell is open.</summary>
    public static bool IsOpen(StringBuilder record)
    {
        var quotes = 0;
        foreach (var chunk in record.GetChunks())
        {
            quotes += chunk.Span.Count('"');
        }

        return quotes % 2 == 1;
    }

    /// <returns>Null where quotes stand inside a bare cell, or something behind a closing quote.</returns>
    public static string[]? Cells(string record, char delimiter)
    {
        var cells = new List<string>();
        for (var at = 0; ;)
        {
            var isQuoted = at < record.Length && record[at] == '"';
            var end = isQuoted ? EndOfQuoted(record, at) : EndOfBare(record, at, delimiter);
            if (end < 0 || (end < record.Length && record[end] != delimiter))
            {
                return null;
            }

            var cell = record[at..end];
            if (isQuoted)
            {
                cell = cell[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal);
            }
            else if (cell.Contains('"', StringComparison.Ordinal))
            {
                return null;
            }

            cells.Add(cell);
            if (end == record.Length)
            {
                return [.. cells];
            }

            at = end + 1;
        }
    }

    private static int EndOfBare(string record, int start, char delimiter) =>
        record.IndexOf(delimiter, start) is var found && found >= 0 ? found : record.Length;

    /// <summary>The index behind the closing quote; a doubled quote is a quote in the text. -1 where it is not closed.</summary>
    private static int EndOfQuoted(string record, int start)
    {
        for (var at = start + 1; at < record.Length; at++)
        {
            if (record[at] != '"')
            {
                continue;
            }

            if (at + 1 == record.Length || record[at + 1] != '"')
            {
                return at + 1;
            }

            at++;
        }

        return -1;
    }
}
