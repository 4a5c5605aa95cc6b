using System.Text;
using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>
/// Makes HTML of a document, in the classes of the site's own style sheet; it says nothing in styles or scripts of its own, so it
/// can stand in a page that allows none. Lines end in a line feed, whatever the machine's are.
/// </summary>
internal sealed class HtmlDocument
{
    private readonly StringBuilder _html = new();

    /// <summary>What stands between <c>main</c>'s tags.</summary>
    public static string Body(Document document)
    {
        var html = new HtmlDocument();
        var lead = document.Blocks.TakeWhile(block => block is Group { Kind: GroupKind.Lead });
        html.Write(lead);
        html.Line("<div class=\"wide\">");
        html.Write(document.Blocks.Skip(lead.Count()));
        html.Line("</div>");
        return html._html.ToString();
    }

    /// <summary>A file that needs nothing beside it.</summary>
    /// <param name="style">The site's style sheet.</param>
    public static string File(Document document, string style)
    {
        var html = new HtmlDocument();
        html.Line("<!DOCTYPE html>");
        html.Line("<html lang=\"sv\">");
        html.Line("<head>");
        html.Line("<meta charset=\"utf-8\">");
        html.Line($"<title>{Safe(document.Title)}</title>");
        html.Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.Line($"<meta name=\"description\" content=\"{Safe(document.Description)}\">");
        html.Line("<style>");
        html.Line(style.ReplaceLineEndings("\n").TrimEnd());
        html.Line("</style>");
        html.Line("</head>");
        html.Line("<body>");
        html.Line("<main>");
        html._html.Append(Body(document));
        html.Line("</main>");
        html.Line("</body>");
        html.Line("</html>");
        return html._html.ToString();
    }

    private void Write(IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
            Write(block);
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case Group group:
                Write(group);
                break;
            case Heading heading:
                Line($"<h{heading.Level}>{Safe(heading.Text)}</h{heading.Level}>");
                break;
            case Paragraph paragraph:
                Line($"<p{Class(paragraph.Kind)}>{Spans(paragraph.Spans)}</p>");
                break;
            case DetailList facts:
                Line("<dl class=\"facts\">");
                foreach (var (name, value) in facts.Of)
                    Line($"<div><dt>{Safe(name)}</dt><dd>{Spans(value)}</dd></div>");
                Line("</dl>");
                break;
            case Bullets bullets:
                Line("<ul class=\"plain one\">");
                foreach (var item in bullets.Items)
                    Line($"<li>{Spans(item)}</li>");
                Line("</ul>");
                break;
            case Table table:
                Write(table);
                break;
            case Mark mark:
                Write(mark);
                break;
            case Figure figure:
                Line($"<p class=\"figures\"><a href=\"{Safe(figure.Href)}\"><strong>{Safe(figure.Number)}</strong></a>");
                Line($"<span>{Safe(figure.What)}</span></p>");
                break;
            case Picture picture:
                HtmlPicture.Write(_html, picture);
                break;
            case Verbatim verbatim:
                Line($"<details class=\"whole\"><summary>{Safe(verbatim.Summary)}</summary>");
                Line($"<div class=\"verbatim\">{Safe(verbatim.Text)}</div></details>");
                break;
        }
    }

    private void Write(Group group)
    {
        var id = group.Id is null ? "" : $" id=\"{Safe(group.Id)}\"";
        var (open, close) = group.Kind switch
        {
            GroupKind.Lead => ("<div class=\"lead\"><div class=\"wide\">", "</div></div>"),
            GroupKind.Commitment => ($"<article class=\"commitment\"{id}>", "</article>"),
            _ when group.Blocks is [Heading { Level: > 2 }, ..] => ($"<div{id}>", "</div>"),
            _ => ($"<section class=\"block\"{id}>", "</section>"),
        };
        Line(open);
        Write(group.Blocks);
        Line(close);
    }

    private void Write(Table table)
    {
        Line("<div class=\"tablewrap\"><table>");
        Line($"<caption>{Safe(table.Caption)}</caption>");
        Line("<thead><tr>" + string.Concat(table.Columns.Select(column =>
            $"<th scope=\"col\"{Number(column)}>{Safe(column.Name)}</th>")) + "</tr></thead>");
        Line("<tbody>");
        foreach (var row in table.Rows)
        {
            var id = row.Id is null ? "" : $" id=\"{Safe(row.Id)}\"";
            var cells = row.Cells.Zip(table.Columns).Select((cell, i) => i == 0
                ? $"<th scope=\"row\">{Spans(cell.First)}</th>"
                : $"<td{Number(cell.Second)}>{Spans(cell.First)}</td>");
            Line($"<tr{id}>{string.Concat(cells)}</tr>");
        }

        Line("</tbody></table></div>");
    }

    private void Write(Mark mark)
    {
        var badge = VerdictBadge.Of(mark.Verdict);
        Line("<p class=\"badges\">");
        Line($"<span class=\"badge {badge.Class}\">"
            + "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\" fill=\"none\"");
        Line(" stroke=\"currentColor\" stroke-width=\"2.4\" stroke-linecap=\"round\" stroke-linejoin=\"round\">"
            + $"<path d=\"{badge.Path}\" /></svg>");
        Line($"<span>{Safe(ReportWords.Verdict(mark.Verdict))}</span></span>");
        if (mark.Preliminary)
            Line("<span class=\"preliminary\">preliminärt</span>");
        Line("</p>");
    }

    private static string Number(Column column) => column.IsNumber ? " class=\"number\"" : "";

    private static string Spans(IReadOnlyList<Span> spans) => string.Concat(spans.Select(span =>
    {
        var text = span.Kind switch
        {
            SpanKind.Strong => $"<strong>{Safe(span.Text)}</strong>",
            SpanKind.Soft => $"<span class=\"ref\">{Safe(span.Text)}</span>",
            SpanKind.Missing => $"<span class=\"missing\">{Safe(span.Text)}</span>",
            _ => Safe(span.Text),
        };
        return span.Href is null ? text : $"<a href=\"{Safe(span.Href)}\">{text}</a>";
    }));

    private static string Class(ParagraphKind kind) => kind switch
    {
        ParagraphKind.Kicker => " class=\"kicker\"",
        ParagraphKind.Ingress => " class=\"ingress\"",
        ParagraphKind.About => " class=\"about\"",
        ParagraphKind.Note => " class=\"note\"",
        ParagraphKind.Missing => " class=\"missing\"",
        _ => "",
    };

    private void Line(string line) => _html.Append(line).Append('\n');

    /// <summary>Text that HTML takes for text, in an element or between quotes.</summary>
    internal static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '&' => safe.Append("&amp;"),
                '<' => safe.Append("&lt;"),
                '>' => safe.Append("&gt;"),
                '"' => safe.Append("&quot;"),
                '\'' => safe.Append("&#39;"),
                _ => safe.Append(letter),
            };
        }

        return safe.ToString();
    }
}
