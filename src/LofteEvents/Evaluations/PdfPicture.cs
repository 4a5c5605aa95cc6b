namespace LofteEvents.Evaluations;

/// <summary>Draws a pace on a page, as <see cref="HtmlPicture"/> does in HTML.</summary>
internal static class PdfPicture
{
    private const string Soft = "0.427 0.482 0.529";
    private const string Line = "0.835 0.867 0.890";
    private const string Done = "0.043 0.310 0.522";
    private const string Target = "0.078 0.376 0.227";

    /// <summary>Hundredths of a point for a tenth of the picture's unit.</summary>
    private const int Scale = PdfPages.TextWidth / (PacePicture.Width * 10);

    public static void Write(PdfPages pages, Picture picture)
    {
        var height = PacePicture.Height * 10 * Scale;
        pages.Room(height + 2_000);
        var (pace, top) = (picture.Pace, pages.Y);
        var figure = pages.Element("Figure", alternative: picture.Words);
        pages.Begin(figure);
        foreach (var (y, _) in pace.Steps)
            Lines(pages, top, [new(PacePicture.Left * 10, y, ""), new(PacePicture.Right * 10, y, "")], Line, "0.6 w [] 0 d");

        Lines(pages, top, [new(PacePicture.Left * 10, pace.TargetY, ""), new(PacePicture.Right * 10, pace.TargetY, "")],
            Target, "1.2 w [5 3] 0 d");
        Lines(pages, top, FromCorner(pace.Even), Soft, "1.2 w [1 3] 0 d");
        Lines(pages, top, FromCorner(pace.Done), Done, "1.8 w [] 0 d");
        foreach (var point in pace.Done)
        {
            pages.Page.Add(
                $"{Done} rg {PdfPages.Points(X(point.X) - 180)} {PdfPages.Points(Y(top, point.Y) - 180)} 3.60 3.60 re f");
        }

        pages.End();
        Words(pages, figure, top, pace);
        pages.Down(height + 200);
        var legend = PdfLines.Break(
            [new("Heldragen linje: gjort. Prickad linje: jämn takt. Streckad linje: lovat.")], PdfPages.TextWidth, 8, soft: true);
        pages.Text(pages.Element("P"), PdfPages.Margin, pages.Y, 8, legend[0]);
        pages.Down(1_600);
    }

    private static void Words(PdfPages pages, PdfElement figure, int top, PacePicture pace)
    {
        foreach (var (y, number) in pace.Steps)
            Word(pages, figure, X((PacePicture.Left - 6) * 10), top + (y * Scale) - 400, number, Soft, atRight: true);

        foreach (var (x, month) in pace.Months)
            Word(pages, figure, X(x) - 600, top + ((PacePicture.Bottom + 6) * 10 * Scale), month, Soft);

        Word(pages, figure, X((PacePicture.Right + 6) * 10), top + (pace.TargetY * Scale) - 400, $"lovat {pace.Target}", Target);
        var last = pace.Done[^1];
        Word(pages, figure, X(last.X + 80), top + (last.Y * Scale) - 1_200, $"gjort {last.Number}", Done);
    }

    private static void Word(PdfPages pages, PdfElement figure, int x, int y, string word, string colour, bool atRight = false) =>
        pages.Text(figure, x, y, 8, [new PdfRun(word, PdfFont.Regular, colour, null)], atRight);

    private static void Lines(PdfPages pages, int top, IReadOnlyList<PacePoint> points, string colour, string style)
    {
        var path = string.Join(' ', points.Select((point, i) =>
            $"{PdfPages.Points(X(point.X))} {PdfPages.Points(Y(top, point.Y))} {(i == 0 ? "m" : "l")}"));
        pages.Page.Add($"q {colour} RG {style} {path} S Q");
    }

    private static IReadOnlyList<PacePoint> FromCorner(IReadOnlyList<PacePoint> points) =>
        [new(PacePicture.Left * 10, PacePicture.Bottom * 10, ""), .. points];

    private static int X(int tenths) => PdfPages.Margin + (tenths * Scale);

    private static int Y(int top, int tenths) => PdfPages.Height - top - (tenths * Scale);
}
