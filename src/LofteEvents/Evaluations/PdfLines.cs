namespace LofteEvents.Evaluations;

/// <summary>A stretch of one line that is written alike.</summary>
internal readonly record struct PdfRun(string Text, PdfFont Font, string Colour, string? Href);

/// <summary>Breaks text into lines of a width.</summary>
internal static class PdfLines
{
    private const string Ink = "0.086 0.133 0.173";
    private const string Soft = "0.271 0.325 0.373";
    private const string Link = "0.039 0.333 0.549";

    /// <param name="width">In hundredths of a point.</param>
    /// <returns>At least one line.</returns>
    public static List<List<PdfRun>> Break(IReadOnlyList<Span> spans, int width, int size, bool bold = false, bool soft = false)
    {
        var lines = new List<List<PdfRun>> { new() };
        var used = 0;
        foreach (var (word, style) in spans.SelectMany(span => Words(span, bold, soft)))
        {
            foreach (var piece in Pieces(word, style.Font, width, size))
            {
                var wide = style.Font.Width(piece, size);
                if (used + style.Font.Width(piece.AsSpan().TrimEnd(' '), size) > width && used > 0)
                {
                    lines.Add([]);
                    used = 0;
                }

                if (used == 0 && piece == " ")
                    continue;

                Add(lines[^1], style with { Text = piece });
                used += wide;
            }
        }

        return lines;
    }

    private static void Add(List<PdfRun> line, PdfRun piece)
    {
        if (line.Count > 0 && line[^1] with { Text = "" } == piece with { Text = "" })
            line[^1] = piece with { Text = line[^1].Text + piece.Text };
        else
            line.Add(piece);
    }

    /// <summary>Words with the space behind them.</summary>
    private static IEnumerable<(string Word, PdfRun Style)> Words(Span span, bool bold, bool soft)
    {
        var style = new PdfRun(
            "",
            bold || span.Kind is SpanKind.Strong ? PdfFont.Bold : PdfFont.Regular,
            span.Href is not null ? Link : soft || span.Kind is SpanKind.Soft or SpanKind.Missing ? Soft : Ink,
            span.Href);
        var text = span.Text.Replace('\n', ' ');
        for (var at = 0; at < text.Length;)
        {
            var space = text.IndexOf(' ', at);
            var end = space < 0 ? text.Length : space + 1;
            yield return (text[at..end], style);
            at = end;
        }
    }

    /// <summary>A word that is wider than a line, such as a digest or an address, is broken anywhere.</summary>
    private static IEnumerable<string> Pieces(string word, PdfFont font, int width, int size)
    {
        var from = 0;
        for (var to = 1; to <= word.Length; to++)
        {
            if (to - from > 1 && font.Width(word.AsSpan(from, to - from).TrimEnd(' '), size) > width)
            {
                yield return word[from..(to - 1)];
                from = to - 1;
            }
        }

        yield return word[from..];
    }
}
