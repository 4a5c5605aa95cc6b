namespace LofteEvents.Evaluations;

/// <summary>Lays a table out; its head stands again on every page that it goes on to.</summary>
internal static class PdfTable
{
    private const int Size = 9;
    private const int LineHeight = 1_200;
    private const int Padding = 350;
    private const string Line = "0.835 0.867 0.890";
    private const string Strong = "0.427 0.482 0.529";

    public static void Write(PdfPages pages, Table table)
    {
        var whole = pages.Element("Table");
        var caption = PdfLines.Break([new(table.Caption)], PdfPages.TextWidth, Size, soft: true);
        pages.Room((caption.Count * LineHeight) + 5_000);
        var element = pages.Element("Caption", whole);
        foreach (var line in caption)
        {
            pages.Text(element, PdfPages.Margin, pages.Y, Size, line);
            pages.Down(LineHeight);
        }

        pages.Down(200);
        Head(pages, table, whole);
        foreach (var row in table.Rows)
            Body(pages, table, row, whole);

        pages.Down(800);
    }

    private static void Head(PdfPages pages, Table table, PdfElement whole)
    {
        var cells = table.Columns.Select(column =>
            PdfLines.Break([new(column.Name)], WidthOf(column), Size, bold: true, soft: true)).ToList();
        Row(pages, table, cells, pages.Element("TR", whole), "TH", Strong);
    }

    private static void Body(PdfPages pages, Table table, Row row, PdfElement whole)
    {
        var cells = row.Cells.Zip(table.Columns, (cell, column) => PdfLines.Break(cell, WidthOf(column), Size)).ToList();
        var height = (cells.Max(cell => cell.Count) * LineHeight) + (2 * Padding);
        if (!pages.HasRoom(height))
        {
            pages.NewPage();
            Head(pages, table, whole);
        }

        if (row.Id is { } id)
            pages.Mark(id);

        Row(pages, table, cells, pages.Element("TR", whole), "TD", Line);
    }

    private static void Row(
        PdfPages pages, Table table, IReadOnlyList<List<List<PdfRun>>> cells, PdfElement row, string type, string rule)
    {
        var x = PdfPages.Margin;
        foreach (var (cell, column) in cells.Zip(table.Columns))
        {
            var element = pages.Element(type, row);
            var top = pages.Y + Padding;
            foreach (var line in cell)
            {
                pages.Text(element, column.IsNumber ? x + WidthOf(column) : x, top, Size, line, column.IsNumber);
                top += LineHeight;
            }

            x += column.Share * PdfPages.TextWidth / 100;
        }

        pages.Down((cells.Max(cell => cell.Count) * LineHeight) + (2 * Padding));
        pages.Rule(PdfPages.Margin, PdfPages.Width - PdfPages.Margin, pages.Y, rule);
    }

    /// <summary>With room to the next column.</summary>
    private static int WidthOf(Column column) => (column.Share * PdfPages.TextWidth / 100) - 700;
}
