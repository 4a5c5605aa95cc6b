using System.Globalization;
using LofteEvents.Loften;

namespace LofteEvents.Evaluations;

/// <summary>Lays a document out on pages.</summary>
internal sealed class PdfDocument
{
    private const string Brand = "0.047 0.208 0.337";
    private readonly PdfPages _pages = new();

    public static byte[] File(Document document)
    {
        var pdf = new PdfDocument();
        pdf._pages.NewPage();
        pdf.Write(document.Blocks);
        pdf.Footers(document.Title);
        return PdfFile.Of(pdf._pages, document.Title);
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
                Write(heading);
                break;
            case Paragraph paragraph:
                Lines("P", paragraph.Spans, 0, paragraph.Kind is ParagraphKind.Ingress ? 12 : 10,
                    soft: paragraph.Kind is not ParagraphKind.Plain);
                _pages.Down(500);
                break;
            case DetailList facts:
                Write(facts);
                break;
            case Bullets bullets:
                foreach (var item in bullets.Items)
                    Bullet(item);
                _pages.Down(500);
                break;
            case Table table:
                PdfTable.Write(_pages, table);
                break;
            case Mark mark:
                Lines("P", Marked(mark), 0, 11);
                _pages.Down(400);
                break;
            case Figure figure:
                Lines("P", [new(figure.Number, figure.Href, SpanKind.Strong), new("  " + figure.What)], 0, 14);
                _pages.Down(500);
                break;
            case Picture picture:
                PdfPicture.Write(_pages, picture);
                break;
            case Verbatim verbatim:
                foreach (var line in verbatim.Text.Split('\n'))
                    Lines("P", [new(line.Trim())], 0, 10);
                break;
        }
    }

    private void Write(Group group)
    {
        if (group.Kind is GroupKind.Commitment)
        {
            _pages.Room(14_000);
            _pages.Down(700);
            _pages.Rule(PdfPages.Margin, PdfPages.Width - PdfPages.Margin, _pages.Y, "0.427 0.482 0.529");
            _pages.Down(700);
        }

        if (group.Id is { } id)
            _pages.Mark(id);

        Write(group.Blocks);
    }

    private void Write(Heading heading)
    {
        var (size, above, below) = heading.Level switch
        {
            1 => (22, 0, 800),
            2 => (15, 1_800, 600),
            3 => (12, 500, 400),
            _ => (10, 700, 300),
        };

        // A heading stays with what it stands above.
        _pages.Room(above + (heading.Level < 3 ? 21_000 : 12_000));
        _pages.Down(above);
        if (heading.Level == 2)
            _pages.Outline.Add((heading.Text, _pages.Pages.Count - 1, _pages.Y));

        Lines($"H{heading.Level}", [new(heading.Text)], 0, size, bold: true, colour: Brand);
        _pages.Down(below);
    }

    private void Write(DetailList facts)
    {
        const int NameWidth = 11_500;
        foreach (var (name, value) in facts.Of)
        {
            var lines = PdfLines.Break(value, PdfPages.TextWidth - NameWidth, 10);
            _pages.Room(lines.Count * 1_400);
            var element = _pages.Element("P");
            var names = PdfLines.Break([new(name)], NameWidth - 500, 10, soft: true);
            var (top, rows) = (_pages.Y, Math.Max(lines.Count, names.Count));
            for (var i = 0; i < rows; i++)
            {
                if (i < names.Count)
                    _pages.Text(element, PdfPages.Margin, top + (i * 1_400), 10, names[i]);
                if (i < lines.Count)
                    _pages.Text(element, PdfPages.Margin + NameWidth, top + (i * 1_400), 10, lines[i]);
            }

            _pages.Down(rows * 1_400);
        }

        _pages.Down(600);
    }

    private void Bullet(IReadOnlyList<Span> item)
    {
        _pages.Room(1_400);
        _pages.Text(_pages.Element("P"), PdfPages.Margin + 200, _pages.Y, 10, PdfLines.Break([new("•")], 1_000, 10)[0]);
        Lines("P", item, 1_400, 10);
        _pages.Down(200);
    }

    private void Lines(
        string type, IReadOnlyList<Span> spans, int indent, int size, bool bold = false, bool soft = false, string? colour = null)
    {
        var element = _pages.Element(type);
        var height = size * 140;
        foreach (var line in PdfLines.Break(spans, PdfPages.TextWidth - indent, size, bold, soft))
        {
            _pages.Room(height);
            var runs = colour is null ? line : [.. line.Select(run => run with { Colour = colour })];
            _pages.Text(element, PdfPages.Margin + indent, _pages.Y, size, runs);
            _pages.Down(height);
        }
    }

    private static IReadOnlyList<Span> Marked(Mark mark) =>
    [
        new("Bedömning: "),
        new(ReportWords.Verdict(mark.Verdict), Kind: SpanKind.Strong),
        .. mark.Preliminary ? [new Span(" (preliminärt)", Kind: SpanKind.Soft)] : Array.Empty<Span>(),
    ];

    private void Footers(string title)
    {
        foreach (var (i, page) in _pages.Pages.Index())
        {
            var words = string.Create(CultureInfo.InvariantCulture, $"{title} · sida {i + 1} av {_pages.Pages.Count}");
            page.Add("/Artifact BMC");
            page.Add($"BT 0.271 0.325 0.373 rg /F1 8 Tf {PdfPages.Points(PdfPages.Margin)} 34.00 Td "
                + $"{PdfFont.Literal(words)} Tj ET");
            page.Add("EMC");
        }
    }
}
