using System.Text;

namespace LofteEvents.Cli;

/// <summary>
/// A table for people: heads, a line, rows. The last column takes what width is left and wraps; numbers stand to the right.
/// </summary>
internal sealed class TextTable(params IReadOnlyList<string> heads)
{
    private const string Gap = "  ";
    private const int NarrowestLast = 12;

    private readonly List<IReadOnlyList<Cell>> rows = [];

    public void Add(params IReadOnlyList<Cell> cells) => rows.Add(cells);

    /// <summary>One line each, without a line end and without trailing blanks.</summary>
    public IEnumerable<string> Lines(int width, bool colour)
    {
        var widths = heads
            .Select((head, column) => rows.Select(row => row[column].Text.Length).Append(head.Length).Max())
            .ToArray();
        var before = widths[..^1].Sum() + (Gap.Length * (widths.Length - 1));
        widths[^1] = Math.Min(widths[^1], Math.Max(NarrowestLast, width - before));
        yield return Line(
            [.. heads.Select((head, column) => new Cell(head, IsNumber: IsOfNumbers(column)))], widths, colour: false);
        yield return string.Join(Gap, widths.Select(each => new string('-', each)));
        foreach (var row in rows)
        {
            var wrapped = Wrap(row[^1].Text, widths[^1]).ToList();
            yield return Line([.. row.Take(row.Count - 1), row[^1] with { Text = wrapped[0] }], widths, colour);
            foreach (var rest in wrapped.Skip(1))
            {
                yield return new string(' ', before) + rest;
            }
        }
    }

    /// <summary>Breaks at blanks; a word that is longer than a line stands on one of its own.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }

    private bool IsOfNumbers(int column) => rows.Count > 0 && rows[0][column].IsNumber;

    private static string Line(IReadOnlyList<Cell> cells, int[] widths, bool colour)
    {
        var line = new StringBuilder();
        for (var column = 0; column < cells.Count; column++)
        {
            var cell = cells[column];
            var blanks = new string(' ', Math.Max(0, widths[column] - cell.Text.Length));
            line.Append(column > 0 ? Gap : "")
                .Append(cell.IsNumber ? blanks : "")
                .Append(Tones.Paint(cell.Text, cell.Tone, colour))
                .Append(cell.IsNumber ? "" : blanks);
        }

        return line.ToString().TrimEnd();
    }
}

internal readonly record struct Cell(string Text, Tone Tone = Tone.Plain, bool IsNumber = false)
{
    public static implicit operator Cell(string text) => new(text);

    public static Cell Number(string text) => new(text, IsNumber: true);
}

/// <summary>What a text means, where colour may say it too. The words say it without.</summary>
internal enum Tone
{
    Plain,
    Good,
    Doubtful,
    Bad,
}

internal static class Tones
{
    public static string Paint(string text, Tone tone, bool colour) => (colour, tone) switch
    {
        (false, _) or (_, Tone.Plain) => text,
        (_, Tone.Good) => $"\e[32m{text}\e[0m",
        (_, Tone.Doubtful) => $"\e[33m{text}\e[0m",
        _ => $"\e[31m{text}\e[0m",
    };
}
